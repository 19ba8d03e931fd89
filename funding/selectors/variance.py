"""Planned, committed and spent side by side for one decision, by financial year and category."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from core import as_at
from funding import money_facts
from funding.financial_years import financial_year_of
from funding.models import Commitment, CostCategory, Decision, Expenditure, Outcome, VarianceNote
from funding.rules import spending
from funding.rules.spending import ZERO


@dataclass(frozen=True, slots=True)
class VarianceRow:
    """One year and category; an empty category holds commitments that name none. `note` explains these figures."""

    financial_year: int
    category: str
    planned: Decimal
    committed: Decimal
    spent: Decimal
    wants_explanation: bool
    note: VarianceNote | None

    @property
    def label(self) -> Any:
        return CostCategory(self.category).label if self.category else ""

    @property
    def difference(self) -> Decimal:
        return self.spent - self.planned

    @property
    def is_unexplained(self) -> bool:
        return self.wants_explanation and self.note is None


def rows(decision: Decision) -> list[VarianceRow]:
    """Every year and category with a figure, in order."""
    return rows_of([decision])[decision.pk]


def rows_of(decisions: Sequence[Decision]) -> dict[int, list[VarianceRow]]:
    """The same of many decisions, by key; a fixed number of queries, however many they are."""
    planned = money_facts.budgets(decisions)
    committed = _by_line(Commitment.objects.filter(decision__in=decisions))
    spent = _by_line(Expenditure.objects.filter(decision__in=decisions))
    notes = {
        (n.decision_id, n.financial_year, n.category, n.planned, n.spent): n
        for n in VarianceNote.objects.filter(decision__in=decisions)
    }
    percent, this_year = money_facts.terms().variance_percent, financial_year_of(as_at.day())
    found: dict[int, list[VarianceRow]] = {decision.pk: [] for decision in decisions}
    for key, year, category in sorted(planned.keys() | committed.keys() | spent.keys()):
        line = (key, year, category)
        plan, paid = planned.get(line, ZERO), spent.get(line, ZERO)
        wants = bool(category) and spending.wants_explanation(
            planned=plan, spent=paid, percent=percent, year_over=year < this_year
        )
        note = notes.get((*line, plan, paid))
        found[key].append(VarianceRow(year, category, plan, committed.get(line, ZERO), paid, wants, note))
    return found


def unexplained(financial_year: int) -> list[str]:
    """References of requests with a variance of this year that nobody explained, by figures as they stand."""
    decisions = list(
        Decision.objects.filter(
            published_at__isnull=False, outcome=Outcome.APPROVED, commitments__envelope__financial_year=financial_year
        )
        .distinct()
        .select_related("request", "request_version")
        .order_by("request__reference")
    )
    found = rows_of(decisions)
    return [
        decision.request.reference
        for decision in decisions
        if any(row.is_unexplained and row.financial_year == financial_year for row in found[decision.pk])
    ]


def _by_line(found: "QuerySet[Any]") -> dict[money_facts.LineKey, Decimal]:
    values = found.order_by().values("decision", "envelope__financial_year", "category").annotate(sum=Sum("amount"))
    return {(row["decision"], row["envelope__financial_year"], row["category"]): row["sum"] for row in values}
