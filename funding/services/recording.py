"""Moves of a request and their ledger entries, which are written last because they take the head lock."""

from collections.abc import Mapping
from typing import NamedTuple

from accounts.models import User
from core import clock, ledger
from funding.models import FundingRequest, RequestStep, Round, RoundStatus
from funding.rules import lifecycle
from funding.services import locks


class Entry(NamedTuple):
    """One named act, kept until every row is locked and written."""

    action: str
    subject: ledger.Subject
    facts: Mapping[str, ledger.Fact]


def record(actor: User | None, *entries: Entry) -> None:
    """Write the entries in order; without an actor the schedule acted."""
    for entry in entries:
        ledger.record(entry.action, actor=actor or ledger.SYSTEM, subject=entry.subject, facts=entry.facts)


def move(
    request: FundingRequest, name: str, *, actor: User | None, note: str = "", columns: tuple[str, ...] = ()
) -> None:
    """Make one move of the life cycle: status, holder (unless it stays), version number, and the step that tells.

    `columns` names what the service has set on the request itself.
    """
    now = clock.now()
    before = request.status
    request.status = lifecycle.target(lifecycle.REQUEST, name, before)
    if lifecycle.REQUEST[name][1] != lifecycle.STAYS:
        request.holder_since = now
    request.version += 1
    request.save(update_fields=["status", "holder_since", "version", *columns])
    RequestStep.objects.create(
        request=request,
        move=name,
        from_status=before,
        to_status=request.status,
        person=actor.person if actor else None,
        at=now,
        note=note,
    )


def end_open_round(request: FundingRequest, outcome: str) -> list[Entry]:
    """End the open round of a locked request without a result. Its votes stay as history."""
    open_round = Round.objects.filter(request=request, status=RoundStatus.OPEN).values_list("pk", flat=True).first()
    if open_round is None:
        return []
    round_ = locks.round_row(open_round)
    return [end_round(round_, outcome)]


def end_round(round_: Round, outcome: str) -> Entry:
    """End a locked round; the instant is read after the lock, so that every vote in it is older."""
    round_.status = lifecycle.target(lifecycle.ROUND, "end", round_.status)
    round_.outcome = outcome
    round_.closed_at = clock.database_now()
    round_.save(update_fields=["status", "outcome", "closed_at"])
    return Entry("round.ended", round_, {"request": round_.request.reference, "outcome": str(outcome)})
