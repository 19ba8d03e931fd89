"""Sums of stored money, and the rule about it in force. Every sum is over rows that a page can show."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
import json
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet, Sum

from core import as_at, clock
from core.policy import found_on
from funding.models import BudgetLine, CostCategory, Decision, Envelope, Expenditure, MoneyPolicy, Outcome, Supplement
from funding.rules import spending
from funding.rules.spending import ZERO, Line
from funding.selectors import conditions

LineKey: TypeAlias = tuple[int, int, str]  # a decision, a financial year (2026 is 2026-27) and a category


@dataclass(frozen=True, slots=True)
class Terms:
    """The rule of a day. Without an approved one nothing is tolerated and every variance is explained."""

    tolerance: Decimal = ZERO
    variance_percent: int = 0


def terms(on: date | None = None) -> Terms:
    found = found_on(MoneyPolicy.objects.all(), on or as_at.day())
    return Terms(found.tolerance, found.variance_percent) if found else Terms()


def total(rows: "QuerySet[Any]") -> Decimal:
    """The sum of `amount`; nothing there is zero."""
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def first_of(decision_id: int) -> int:
    """The decision that a supplement adds to; of every other decision, itself."""
    found = Supplement.objects.filter(request__decisions=decision_id).values_list("decision", flat=True).first()
    return found if found is not None else decision_id


def family(decision: Decision) -> "QuerySet[Decision]":
    """The first decision with every published supplement of it: one sum approved, one sum spent."""
    first = first_of(decision.pk)
    return Decision.objects.filter(
        Q(pk=first) | Q(request__supplements_decision__decision=first),
        published_at__isnull=False,
        outcome=Outcome.APPROVED,
    )


def approved(decision: Decision) -> Decimal:
    """What may be spent: the first decision's amount and what its published supplements added."""
    return total(family(decision))


def overspent(decision: Decision) -> Decimal:
    """How much was spent above what was approved, supplements included, beyond the tolerance of today."""
    found = family(decision)
    spent = total(Expenditure.objects.filter(decision__in=found))
    return spending.overspent(spent=spent, approved=total(found), tolerance=terms().tolerance)


def envelope_overspent(envelope: Envelope) -> Decimal:
    return spending.overspent(
        spent=total(envelope.expenditures.all()), approved=envelope.amount, tolerance=terms().tolerance
    )


def may_release(decision: Decision, envelope: Envelope) -> Decimal:
    return spending.may_release(
        committed=total(decision.commitments.filter(envelope=envelope)),
        released=total(decision.releases.filter(envelope=envelope)),
    )


def may_carry(decision: Decision, envelope: Envelope) -> Decimal:
    return spending.may_carry(
        committed=total(decision.commitments.filter(envelope=envelope)),
        released=total(decision.releases.filter(envelope=envelope)),
        spent=total(decision.expenditures.filter(envelope=envelope)),
        year_over=is_over(envelope),
    )


def is_over(envelope: Envelope) -> bool:
    """Whether the financial year of an envelope has ended."""
    return clock.today() > spending.last_day(envelope.financial_year)


def opening_budget(decision: Decision) -> list[Line]:
    """The lines of the paper that was decided, up to the amount approved. Recurrent lines are outside it."""
    content = json.loads(decision.request_version.content)
    asked = [
        Line(int(line["financial_year"]), line["category"], Decimal(line["amount"]))
        for line in content["lines"]
        if line["category"] != CostCategory.RECURRENT
    ]
    return spending.opening(asked, decision.amount)


def budget(decision: Decision) -> dict[tuple[int, str], Decimal]:
    """Planned money by financial year and category: the opening lines, as moved since."""
    return {(year, category): amount for (_key, year, category), amount in budgets([decision]).items()}


def budgets(decisions: Sequence[Decision]) -> dict[LineKey, Decimal]:
    """The same of many decisions, in one query."""
    moved = defaultdict(list)
    rows = BudgetLine.objects.filter(decision__in=decisions)
    for key, *row in rows.values_list("decision", "financial_year", "category", "amount"):
        moved[key].append(Line(*row))
    found: dict[LineKey, Decimal] = {}
    for decision in decisions:
        for line in moved.get(decision.pk) or opening_budget(decision):
            at = (decision.pk, line.financial_year, line.category)
            found[at] = found.get(at, ZERO) + line.amount
    return found


def open_conditions(decision: Decision) -> int:
    """How many conditions of the decision nobody has discharged yet. Money is released once there is none."""
    return conditions.open_conditions(decision).count()
