"""Envelopes with their sums, and the rows behind each sum. Every number is the total of rows shown with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from accounts.models import User
from funding import money_facts
from funding.models import (
    CarryOver,
    Commitment,
    Envelope,
    EnvelopeVote,
    Expenditure,
    FundingRequest,
    Release,
    TwoPerson,
)
from funding.rules.spending import ZERO, overspent
from funding.selectors.money import sum_of


@dataclass(frozen=True, slots=True)
class Year:
    """The envelopes of one financial year and their sum."""

    financial_year: int
    envelopes: Sequence[Envelope]
    allocated: Decimal
    committed: Decimal
    released: Decimal
    spent: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True)
class EnvelopePage:
    """`open_requests` are those whose whole paper this person may read: vouchers of others are not shown."""

    envelope: Envelope
    overspent: Decimal
    votes: Sequence[EnvelopeVote]
    commitments: Sequence[Commitment]
    releases: Sequence[Release]
    spending: Sequence[Expenditure]
    carried: Sequence[CarryOver]
    open_requests: set[int]


def with_sums() -> "QuerySet[Envelope]":
    """Envelopes that hold money, with `committed`, `released`, `spent` and `left` (not committed), in HK$."""
    return (
        Envelope.objects.filter(amount__gt=0)
        .annotate(
            committed=sum_of(Commitment, "envelope"),
            released=sum_of(Release, "envelope"),
            spent=sum_of(Expenditure, "envelope"),
        )
        .annotate(left=F("amount") - F("committed"))
    )


def names() -> dict[str, str]:
    """What every envelope is called in the reader's language, by its code."""
    return {envelope.code: str(envelope) for envelope in Envelope.objects.all()}


def by_year() -> list[Year]:
    """Every year with its envelopes, newest first."""
    found: dict[int, list[Any]] = {}
    for envelope in with_sums().order_by("-financial_year", "code"):
        found.setdefault(envelope.financial_year, []).append(envelope)
    return [_year(year, rows) for year, rows in found.items()]


def waiting() -> "QuerySet[EnvelopeVote]":
    """Votes of money that wait for their second person."""
    return EnvelopeVote.objects.filter(status=TwoPerson.Status.PROPOSED).select_related("envelope", "proposed_by")


def waiting_carry_overs() -> "QuerySet[CarryOver]":
    rows = CarryOver.objects.filter(status=TwoPerson.Status.PROPOSED)
    return rows.select_related("decision__request", "source", "target", "proposed_by")


def envelope_page(user: User, envelope: Any) -> EnvelopePage:
    commitments = list(
        envelope.commitments.select_related(
            "decision__request__department", "carry_over__source", "carry_over__target"
        ).order_by("-committed_at", "-pk")
    )
    spending = list(envelope.expenditures.visible_to(user).select_related("decision__request__department"))
    requests = {row.decision.request_id for row in spending}
    carried = CarryOver.objects.filter(source=envelope) | CarryOver.objects.filter(target=envelope)
    return EnvelopePage(
        envelope=envelope,
        overspent=overspent(spent=envelope.spent, approved=envelope.amount, tolerance=money_facts.terms().tolerance),
        votes=list(envelope.votes.select_related("proposed_by", "approved_by", "withdrawn_by")),
        commitments=commitments,
        releases=list(envelope.releases.select_related("decision__request", "milestone")),
        spending=spending,
        carried=list(carried.select_related("decision__request", "source", "target", "proposed_by", "approved_by")),
        open_requests=open_requests(user, requests),
    )


def open_requests(user: User, keys: Iterable[int]) -> set[int]:
    rows = FundingRequest.objects.visible_to(user).filter(pk__in=set(keys))
    return set(rows.values_list("pk", flat=True))


def _year(year: int, rows: list[Any]) -> Year:
    return Year(
        financial_year=year,
        envelopes=rows,
        allocated=_sum(row.amount for row in rows),
        committed=_sum(row.committed for row in rows),
        released=_sum(row.released for row in rows),
        spent=_sum(row.spent for row in rows),
        left=_sum(row.left for row in rows),
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
