"""The what-if bench over the stored requests: reads, never writes; and the notes that keep what it came to."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
import rfc8785

from accounts.models import User
from core import clock, ledger
from core.errors import InvalidInput, Unprocessable
from core.text import is_blank
from funding import facts, policies
from funding.models import Decision, FundingRequest, LinkFinding, RequestStep, RequestVersion, WhatIfNote
from funding.policy_words import FAULTS
from funding.rules import tiers, whatif
from funding.rules.families import families
from funding.rules.group import Member
from funding.rules.tiers import TierLine
from funding.rules.whatif import Assumption, Placed, Step
from funding.services import links
from projects.models import Procedure

WRITES_A_VERSION = ("submit", "revise", "reclassify")


@dataclass(frozen=True, slots=True)
class Run:
    """One replay: the assumption, the ledger position it was read at, and where every request ended."""

    assumed: Assumption
    position: int
    at: datetime
    placed: tuple[Placed, ...]


def run_whatif(*, actor: User, assumed: Assumption) -> Run:
    """Replay every request ever submitted as if it had been filed under the assumption. Stores nothing."""
    policies.can_use_bench(actor).or_raise()
    _judge(assumed)
    submitted = FundingRequest.objects.filter(first_submitted_at__isnull=False)
    rows = list(submitted.select_related("project", "appeal__against"))
    members = links.members(row.pk for row in rows)
    ended = whatif.replay(
        _steps(rows, {one.key: one for one in members}),
        assumed,
        families=families(members),
        without_free_head=facts.without_free_head(rows),
    )
    decided = dict(Decision.objects.order_by("-decided_at").values_list("request", "decided_at"))
    placed = tuple(_placed(row, ended.get(row.pk, row.tier), decided.get(row.pk)) for row in _in_order(rows))
    return Run(assumed, ledger.head().number, clock.now(), placed)


@transaction.atomic
def save_whatif_note(*, actor: User, assumed: Assumption, title: str, remark: str = "") -> WhatIfNote:
    """Run the bench and keep what it came to, under a title. A note is never changed."""
    if is_blank(title):
        message = _("Give the note a title.")
        raise InvalidInput("blank", message, fields={"title": [message]})
    content = rfc8785.dumps(content_of(run_whatif(actor=actor, assumed=assumed)))
    return WhatIfNote.objects.create(
        title=title,
        remark=remark,
        author=actor.person,
        written_at=clock.now(),
        content=content.decode(),
        digest=hashlib.sha256(content).hexdigest(),
    )


def read_note(note: WhatIfNote) -> Run:
    """A note as it was written, to be shown as the bench shows a run."""
    said = json.loads(note.content)
    lines = tuple(
        TierLine(line["tier"], Decimal(line["upper"]) if line["upper"] else None, line["upper_included"])
        for line in said["lines"]
    )
    placed = tuple(Placed(**{**one, "amount": Decimal(one["amount"])}) for one in said["requests"])
    return Run(Assumption(lines, said["linking_months"]), said["position"], note.written_at, placed)


def _judge(assumed: Assumption) -> None:
    code = tiers.fault(assumed.lines)
    if code:
        raise Unprocessable(code, FAULTS[code], fields={"working_group_upper": [FAULTS[code]]})


def _in_order(rows: Iterable[FundingRequest]) -> list[FundingRequest]:
    return sorted(rows, key=lambda row: row.reference)


def _placed(row: FundingRequest, after: str, decided_at: datetime | None) -> Placed:
    first = clock.hong_kong_day(row.first_submitted_at or row.created_at)
    return Placed(
        reference=row.reference,
        title=row.title_en,
        month=f"{first:%Y-%m}",
        amount=row.own_amount,
        before=row.tier,
        after=after,
        days=(clock.hong_kong_day(decided_at) - first).days if decided_at else None,
    )


def _steps(rows: Iterable[FundingRequest], members: dict[int, Member]) -> Iterator[Step]:
    """What happened to the requests, in the order it was recorded, each with the version it made or the outcome."""
    keys = [row.pk for row in rows]
    versions = _versions(keys)
    decisions: dict[int, list[Decision]] = {}
    for decision in Decision.objects.filter(request__in=keys, published_at__isnull=False).order_by("published_at"):
        decisions.setdefault(decision.request_id, []).append(decision)
    names = _Names()
    for step in RequestStep.objects.filter(request__in=keys).order_by("pk"):
        key = step.request_id
        if step.move in WRITES_A_VERSION and versions.get(key):
            version = versions[key].pop(0)
            yield Step(key, step.to_status, own=version.own_amount, links=names.links(members[key], version))
        elif step.move == "publish" and decisions.get(key):
            decision = decisions[key].pop(0)
            yield Step(key, step.to_status, outcome=decision.outcome, approved=decision.amount)
        else:
            yield Step(key, step.to_status)


def _versions(keys: list[int]) -> dict[int, list[RequestVersion]]:
    found: dict[int, list[RequestVersion]] = {}
    for version in RequestVersion.objects.filter(request__in=keys).order_by("number"):
        found.setdefault(version.request_id, []).append(version)
    return found


class _Names:
    """Keys of what frozen versions name by reference, and the requests that a finding joined; read once."""

    def __init__(self) -> None:
        self.procedures = dict(Procedure.objects.values_list("reference", "pk"))
        self.requests = dict(FundingRequest.objects.values_list("reference", "pk"))
        self.joined: dict[int, set[int]] = {}
        joins = LinkFinding.objects.standing().filter(kind=LinkFinding.Kind.JOINS)
        for first, second in joins.values_list("first", "second"):
            self.joined.setdefault(first, set()).add(second)

    def links(self, stored: Member, version: RequestVersion) -> Member:
        """The links that this version declared; findings as they stand today."""
        said: dict[str, Any] = json.loads(version.content)
        procedures = {self.procedures[name] for name in said["procedures"] if name in self.procedures}
        declared = {self.requests[name] for name in said["linked"] if name in self.requests}
        return replace(
            stored,
            procedures=frozenset(procedures),
            declared=frozenset(declared | self.joined.get(stored.key, set())),
        )


def content_of(run: Run) -> dict[str, Any]:
    """The whole of a run as JSON: money as text, so that the bytes have one spelling."""
    return {
        "lines": [
            {
                "tier": line.tier,
                "upper": "" if line.upper is None else str(line.upper),
                "upper_included": line.upper_included,
            }
            for line in run.assumed.lines
        ],
        "linking_months": run.assumed.months,
        "position": run.position,
        "requests": [{**asdict(one), "amount": str(one.amount)} for one in run.placed],
    }
