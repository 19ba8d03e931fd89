"""The money of one decision: by envelope, by budget line, and every row behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.models import User
from core import as_at
from funding import money_facts
from funding.models import CarryOver, Decision, Envelope, Expenditure, Outcome, Release, Supplement
from funding.rules.spending import ZERO, overspent
from funding.selectors import envelopes, variance
from funding.selectors.variance import VarianceRow


@dataclass(slots=True)
class Share:
    """What one envelope holds for this decision."""

    envelope: Envelope
    committed: Decimal = ZERO
    released: Decimal = ZERO
    spent: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class DecisionMoney:
    """`family` are the first decision and its published supplements, judged as one sum where there are several.

    `open_requests` says whether its vouchers are shown to this person.
    """

    decision: Decision
    family: Sequence[Decision]
    approved: Decimal
    family_spent: Decimal
    committed: Decimal
    released: Decimal
    spent: Decimal
    left: Decimal
    overspent: Decimal
    shares: Sequence[Share]
    lines: Sequence[VarianceRow]
    spending: Sequence[Expenditure]
    releases: Sequence[Release]
    carried: Sequence[CarryOver]
    supplements: Sequence[Supplement]
    open_requests: set[int]


def decisions() -> Any:
    """Published approvals: their money is for every signed-in person."""
    rows = Decision.objects.filter(published_at__isnull=False, outcome=Outcome.APPROVED)
    if as_at.current():
        rows = rows.filter(published_at__lte=as_at.now())
    return rows.select_related("request__project", "request__department", "request_version")


def decision_money(user: User, decision: Decision) -> DecisionMoney:
    spending = list(decision.expenditures.visible_to(user).select_related("envelope", "recorded_by", "reversed_by"))
    releases = list(decision.releases.visible_to(user).select_related("envelope", "milestone", "released_by"))
    shares = _shares(decision, spending, releases)
    committed = sum((share.committed for share in shares), ZERO)
    family = list(money_facts.family(decision).select_related("request").order_by("pk"))
    spent = sum((share.spent for share in shares), ZERO)
    together = money_facts.total(Expenditure.objects.filter(decision__in=family)) if len(family) > 1 else spent
    sums = {"approved": sum((row.amount for row in family), ZERO), "spent": together}
    visible = envelopes.open_requests(user, [decision.request_id])
    supplements = decision.supplements.select_related("request")
    return DecisionMoney(
        decision=decision,
        family=family if len(family) > 1 else (),
        approved=sums["approved"],
        family_spent=together,
        committed=committed,
        released=sum((share.released for share in shares), ZERO),
        spent=spent,
        left=decision.amount - committed,
        overspent=overspent(**sums, tolerance=money_facts.terms().tolerance),
        shares=shares,
        lines=variance.rows(decision),
        spending=spending,
        releases=releases,
        carried=list(decision.carry_overs.select_related("source", "target", "proposed_by", "approved_by")),
        supplements=[row for row in supplements if envelopes.open_requests(user, [row.request_id])],
        open_requests=visible,
    )


def _shares(decision: Decision, spending: Sequence[Expenditure], releases: Sequence[Release]) -> list[Share]:
    found: dict[int, Share] = {}
    for row in decision.commitments.select_related("envelope").order_by("envelope__financial_year", "envelope__code"):
        found.setdefault(row.envelope_id, Share(row.envelope)).committed += row.amount
    for release in releases:
        found.setdefault(release.envelope_id, Share(release.envelope)).released += release.amount
    for payment in spending:
        found.setdefault(payment.envelope_id, Share(payment.envelope)).spent += payment.amount
    return list(found.values())
