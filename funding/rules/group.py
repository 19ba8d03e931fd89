"""Which requests are summed with one request, so that splitting gains nothing (DESIGN 4, TRUST T1)."""

from calendar import monthrange
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

SAME_PROJECT = "same_project"
SAME_PROCEDURE = "same_procedure"
SUPPLEMENT = "supplement"
SAME_PROGRAMME = "same_programme"
DECLARED = "declared"

COUNTED_WHOLE = frozenset({"submitted", "endorsed", "screened", "deciding", "decided", "deferred", "returned"})


@dataclass(frozen=True, slots=True)
class Member:
    """One request as far as grouping cares. `counts` is its part of the sum in HK$; None: it is not counted."""

    key: int
    project: int
    first_submitted_on: date
    counts: Decimal | None
    procedures: frozenset[int] = field(default=frozenset())
    declared: frozenset[int] = field(default=frozenset())
    programme: int | None = None
    supplements: int | None = None
    apart: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Related:
    """A member that was reached, and the first link that led to it."""

    member: Member
    why: str


def counted_amount(*, status: str, outcome: str, submitted: Decimal, approved: Decimal | None) -> Decimal | None:
    """What a request adds to its group: what it last asked for until its outcome is published, then what was approved.

    Drafts, withdrawn and rejected requests add nothing. `outcome` is that of the published decision.
    """
    if status in COUNTED_WHOLE:
        return submitted
    if status == "published" and outcome == "approved":
        return approved
    if status == "published" and outcome == "recommended":
        return submitted
    return None


def group(start: Member, others: Iterable[Member], *, months: int) -> tuple[Related, ...]:
    """Every other request that belongs with `start`, nearest first.

    Walked over are requests first submitted at most `months` before or after `start`. A request of the same
    project as one that was walked over belongs however old it is, but leads no further.
    """
    waiting = {member.key: member for member in others if member.key != start.key}
    found: list[Related] = []
    walk = deque([start])
    while walk:
        here = walk.popleft()
        for related in list(_neighbours(here, waiting.values())):
            near = within(start.first_submitted_on, related.member.first_submitted_on, months=months)
            if not near and related.why != SAME_PROJECT:
                continue
            del waiting[related.member.key]
            found.append(related)
            if near:
                walk.append(related.member)
    return tuple(found)


def total(start: Decimal, related: Iterable[Related]) -> Decimal:
    """The assessed amount: one's own and that of every counted member of the group."""
    return start + sum((one.member.counts for one in related if one.member.counts is not None), Decimal("0.00"))


def link_between(one: Member, other: Member) -> str:
    """The strongest link between two requests, or nothing. A declared link holds whichever of the two declared it.

    A supplement is linked with what it adds to; requests that declare one programme are linked with each other.
    A finding that two requests are no part of one another cuts every link between the two (DESIGN 4).
    """
    if other.key in one.apart or one.key in other.apart:
        return ""
    if one.project == other.project:
        return SAME_PROJECT
    if one.procedures & other.procedures:
        return SAME_PROCEDURE
    if other.key == one.supplements or one.key == other.supplements:
        return SUPPLEMENT
    if one.programme is not None and one.programme == other.programme:
        return SAME_PROGRAMME
    if other.key in one.declared or one.key in other.declared:
        return DECLARED
    return ""


def within(one: date, other: date, *, months: int) -> bool:
    """At most `months` apart, both ends included, whichever comes first. 31 January and 28 February are one apart."""
    earlier, later = sorted((one, other))
    return later <= shifted(earlier, months) or shifted(later, -months) <= earlier


def shifted(day: date, months: int) -> date:
    """The same day of the month `months` later, or the last day of a month that is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _neighbours(here: Member, candidates: Iterable[Member]) -> Iterator[Related]:
    for member in candidates:
        why = link_between(here, member)
        if why:
            yield Related(member, why)
