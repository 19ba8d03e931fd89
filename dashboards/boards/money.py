"""Where the money of one financial year stands, what waits for it by tier, and what it has led to so far."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, Sum

from accounts.models import User
from core import as_at
from funding.filters import awaiting_decision
from funding.financial_years import financial_year_of
from funding.models import Commitment, Tier
from funding.rules.spending import ZERO
from funding.selectors import envelopes
from funding.selectors.envelopes import Year
from funding.selectors.requests import for_list
from projects.models import Procedure


class Result(StrEnum):
    """What the project that the money is for has come to: the furthest that any of its procedures is today."""

    IN_USE = "in_use"
    CLAIMED = "claimed"
    NOTHING_YET = "nothing_yet"


@dataclass(frozen=True, slots=True)
class Flow:
    """HK$ committed from one envelope to one department's requests whose projects came to one result."""

    envelope: str
    department: str
    safe_code: str
    result: Result
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Waiting:
    """Requests that wait for a decision at one tier, and what they ask for together."""

    tier: Tier
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MoneyBoard:
    """`year` is None where no envelope of that financial year holds money: no sum, which is not a sum of zero."""

    as_at: datetime
    today: date
    financial_year: int
    years: list[int]
    year: Year | None
    waiting: list[Waiting]
    flows: list[Flow]


def board(user: User, financial_year: int | None = None) -> MoneyBoard:
    """The year asked for; else the present one."""
    today = as_at.day()
    years = {year.financial_year: year for year in envelopes.by_year()}
    chosen = financial_year or financial_year_of(today)
    return MoneyBoard(
        as_at=as_at.now(),
        today=today,
        financial_year=chosen,
        years=sorted({chosen, *years}, reverse=True),
        year=years.get(chosen),
        waiting=_waiting(user),
        flows=_flows(user, chosen, today),
    )


def _waiting(user: User) -> list[Waiting]:
    rows = awaiting_decision(for_list(user)).order_by().values("tier")
    found = {row["tier"]: row for row in rows.annotate(count=Count("pk"), amount=Sum("own_amount"))}
    return [
        Waiting(tier, found[tier]["count"] if tier in found else 0, found[tier]["amount"] if tier in found else ZERO)
        for tier in Tier
    ]


def _flows(user: User, financial_year: int, today: date) -> list[Flow]:
    """Published money of requests in the reader's list, largest first; what nets to nothing is left out."""
    committed = Commitment.objects.filter(
        envelope__financial_year=financial_year, decision__request__in=for_list(user).values("pk")
    )
    names = (
        "envelope__code",
        "decision__request__department__code",
        "decision__request__department__safe_code",
        "decision__request__project",
    )
    rows = list(committed.order_by().values_list(*names).annotate(sum=Sum("amount")))
    results = _results(user, {project for *_names, project, _sum in rows if project}, today)
    sums: defaultdict[tuple[str, str, str, Result], Decimal] = defaultdict(lambda: ZERO)
    for envelope, department, safe_code, project, amount in rows:
        sums[envelope, department, safe_code, results.get(project, Result.NOTHING_YET)] += amount
    found = [Flow(*key, amount) for key, amount in sums.items() if amount]
    return sorted(found, key=lambda flow: (-flow.amount, flow.envelope, flow.department, flow.result))


def _results(user: User, projects: set[int], today: date) -> dict[int, Result]:
    """The result of each project that has one."""
    seen = Procedure.objects.visible_to(user)
    in_use, claimed = (
        set(rows.filter(projects__in=projects).values_list("projects", flat=True))
        for rows in (seen.in_use(today), seen.claimed())
    )
    return dict.fromkeys(claimed & projects, Result.CLAIMED) | dict.fromkeys(in_use & projects, Result.IN_USE)


def summed(flows: Sequence[Flow], *, most: int) -> list[Flow]:
    """The same flows with the departments beyond the `most` largest taken together under no code."""
    totals: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for flow in flows:
        totals[flow.department] += flow.amount
    largest = sorted(totals, key=lambda code: (-totals[code], code))
    kept = set(largest if len(largest) <= most + 1 else largest[:most])
    sums: defaultdict[tuple[str, str, Result], Decimal] = defaultdict(lambda: ZERO)
    for flow in flows:
        sums[flow.envelope, flow.department if flow.department in kept else "", flow.result] += flow.amount
    return [Flow(envelope, code, "", result, amount) for (envelope, code, result), amount in sums.items()]
