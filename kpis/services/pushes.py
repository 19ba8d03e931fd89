"""Signed pushes: judged by their signature first, stored once by their id (TRUST T20, T21; issue 5, point 4).

A push is stored while its sender waits, in one transaction with its receipt: no worker and no queue comes
between, so whatever is killed, either all of it is there or none, and the sender simply sends it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
import hashlib
import logging
import secrets
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import clock, ledger, sealing
from core.errors import DomainError, InvalidInput, NotAuthentic, NotVisible, TooLarge, Unavailable, Unprocessable
from kpis import policies
from kpis.collector import pushed
from kpis.models import CollectionRun, PushKey, PushReceipt, RunState, Source
from kpis.rules import batches, signing
from kpis.rules.batches import Batch
from kpis.rules.intake import Sorted
from kpis.rules.refusal import Refused
from kpis.rules.signing import Sending
from kpis.services.intake import insert, weigh
from kpis.services.runs import scope_of
from kpis.wording import push_sentence

NOBODYS = signing.secret_text(secrets.token_bytes(signing.SECRET_BYTES))  # tried where a source has fewer keys
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 20261231))"
NAMED_IN_DETAIL = 40
KINDS: dict[int, type[DomainError]] = {
    batches.NOT_READABLE: InvalidInput,
    batches.NOT_OURS: NotVisible,
    batches.IMPOSSIBLE: Unprocessable,
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Signed:
    """A push whose signature one of its source's live keys made."""

    source: Source
    key: PushKey
    push: Sending


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a push, new or again."""

    status: int
    answer: Mapping[str, Any]
    is_replay: bool
    is_foreign: bool = False  # it named a KPI that is not this source's


def signer(push: Sending | None, *, reference: str) -> Signed:
    """Who sent it, or `NotAuthentic` in the same words and after the same work whatever is wrong.

    An unknown source, a revoked key and a changed byte cannot be told apart: two secrets are opened and
    tried in every case.
    """
    if push is None or not signing.is_in_time(push, now=clock.now()):
        raise _not_signed()
    live = PushKey.objects.live().filter(source__reference=reference, source__kind=Source.Kind.PUSH)
    keys = list(live.select_related("source").order_by("number")[:2])
    sealed = [key.sealed for key in keys] + [sealing.decoy(NOBODYS)] * (2 - len(keys))
    found = signing.signed_with(push, [_opened(text) for text in sealed])
    if found is None or found >= len(keys):
        raise _not_signed()
    return Signed(keys[found].source, keys[found], push)


@transaction.atomic
def receive(*, signed: Signed) -> Outcome:
    """Take what can be taken of a signed push, once for its id; the same id again gets the same receipt.

    Copies that come together wait for one another. A push of which nothing can be taken leaves nothing
    behind, so its sender may mend it and send it under the same id.
    """
    source, push = signed.source, signed.push
    _alone(source, push.push_id)
    digest = hashlib.sha256(push.body).hexdigest()
    known = PushReceipt.objects.filter(source=source, push_id=push.push_id).first()
    if known is not None:
        return _again(known, digest)
    policies.can_push(source).or_raise()
    scope = scope_of(source)
    batch = _batch(push.body, scope.measures)
    stored = weigh(batch.arrivals, limits=scope.limits)
    now = clock.database_now()
    run = _run(source, batch, stored, digest, now)
    insert(stored.rows, now=now, run_id=run.pk)
    status, answer = batches.answer_status(stored), _answer(push.push_id, run, batch, now)
    PushReceipt.objects.create(
        source=source, push_id=push.push_id, body_digest=digest, run=run, status=status, answer=answer, received_at=now
    )
    PushKey.objects.filter(pk=signed.key.pk).exclude(last_used_on=clock.today()).update(last_used_on=clock.today())
    if stored.rows:
        _record(source, run)
    return Outcome(status, answer, is_replay=False, is_foreign=any(one.code == "scope" for one in batch.refused))


def _not_signed() -> NotAuthentic:
    return NotAuthentic("signature.refused", _("This push is not signed with a live key of this source."))


def _opened(sealed: str) -> bytes:
    try:
        return signing.secret_bytes(sealing.unseal(sealed))
    except sealing.CannotOpen as error:
        logger.error("a key of a push source cannot be opened; SEAL_KEYS lacks the key that sealed it")
        raise Unavailable("key.sealed", _("The keys of this source cannot be read right now. Try again.")) from error


def _alone(source: Source, push_id: str) -> None:
    """Copies of one id are taken one after another; released at commit, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"push {source.pk} {push_id}"])


def _again(known: PushReceipt, digest: str) -> Outcome:
    if known.body_digest != digest:
        raise Unprocessable("idempotency.mismatch", _("This id was already sent with another body."))
    return Outcome(batches.NOTHING_NEW, known.answer, is_replay=True)


def _batch(body: bytes, measures: Mapping[str, Any]) -> Batch:
    """The readings that can be taken; refused as a whole when none can."""
    try:
        found = pushed.items(body)
    except pushed.TooMany as refused:
        raise TooLarge(refused.code, push_sentence(refused.code)) from refused
    except Refused as refused:
        raise InvalidInput(refused.code, push_sentence(refused.code)) from refused
    batch = batches.judged(pushed.readings(found, measures, today=clock.today()))
    if not batch.arrivals:
        first = batch.refused[0].code
        fields = {f"readings.{one.index}": [push_sentence(one.code)] for one in batch.refused}
        raise KINDS[batches.refusal_status(first)](first, push_sentence(first), fields=fields)
    return batch


def _run(source: Source, batch: Batch, stored: Sorted, digest: str, now: datetime) -> CollectionRun:
    """The push as a run of its source, done as it comes in."""
    named = [str(one.index) for one in batch.refused[:NAMED_IN_DETAIL]]
    return CollectionRun.objects.create(
        source=source,
        window_start=now,
        is_push=True,
        state=RunState.DONE,
        planned_at=now,
        started_at=now,
        finished_at=now,
        attempts=1,
        accepted=len(stored.rows),
        duplicate=stored.duplicate,
        quarantined=stored.quarantined,
        rejected=len(batch.refused),
        reason=batch.refused[0].code if batch.refused else "",
        detail=f"readings.{', '.join(named)}" if named else "",
        digest=digest,
    )


def _answer(push_id: str, run: CollectionRun, batch: Batch, now: datetime) -> dict[str, Any]:
    return {
        "id": push_id,
        "received_at": now.isoformat(),
        "accepted": run.accepted,
        "quarantined": run.quarantined,
        "duplicate": run.duplicate,
        "refused": [
            {"index": one.index, "code": one.code, "message": str(push_sentence(one.code))} for one in batch.refused
        ],
    }


def _record(source: Source, run: CollectionRun) -> None:
    """A push that stored something is one entry with counts and digest (DESIGN 5)."""
    facts: dict[str, ledger.Fact] = {
        "run": run.pk,
        "accepted": run.accepted,
        "duplicate": run.duplicate,
        "quarantined": run.quarantined,
        "refused": run.rejected,
        "digest": run.digest,
    }
    ledger.record("collection.push", actor=ledger.SYSTEM, subject=source, facts=facts)
