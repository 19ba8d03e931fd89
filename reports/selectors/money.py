"""Money for reports: what was committed and paid by the report's day, and what was decided in its period."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from core import clock
from funding.financial_years import financial_year_of
from funding.models import Commitment, Decision, Envelope, Expenditure, YearlyReturn
from funding.selectors import positions
from reports.selectors.asking import Question
from reports.selectors.standing import named

Row = dict[str, Any]
ZERO = Decimal("0.00")
PUBLISHED = Q(decision__published_at__isnull=False)  # what followed a published decision is for every signed-in person


def money(question: Question) -> Row:
    """HK$ of the financial year that the report's day lies in. No envelope: None, not 0."""
    year = financial_year_of(question.day)
    until = clock.end_of_day(question.day)
    envelope = Envelope.objects.filter(financial_year=year, amount__gt=0).aggregate(sum=Sum("amount"))["sum"]
    committed = Commitment.objects.filter(PUBLISHED, envelope__financial_year=year, committed_at__lt=until)
    spent = Expenditure.objects.filter(PUBLISHED, envelope__financial_year=year, spent_on__lte=question.day)
    if question.department is not None:
        envelope = None
        committed = committed.filter(decision__request__department=question.department)
        spent = spent.filter(decision__request__department=question.department)
    return {
        "financial_year": year,
        "envelope": _text(envelope),
        "committed": _text(_sum(committed)),
        "spent": _text(_sum(spent)),
    }


def decisions(question: Question) -> list[Row]:
    """Decisions published from the period's first day to the report's day: open to every signed-in person."""
    since = clock.end_of_day(question.period.first - timedelta(days=1))
    rows = Decision.objects.filter(
        published_at__gte=since,
        published_at__lt=min(clock.end_of_day(question.day), question.known_before),
    ).select_related("request__department", "request_version", "round")
    if question.department is not None:
        rows = rows.filter(request__department=question.department)
    return [_decision(row) for row in rows.order_by("published_at", "pk")]


def _decision(row: Decision) -> Row:
    return {
        "reference": row.request.reference,
        "title": named(row.request, "title"),
        "department": row.request.department.code,
        "tier": row.tier,
        "outcome": row.outcome,
        "amount": _text(row.granted),
    }


def _sum(rows: "QuerySet[Any]") -> Decimal:
    return rows.aggregate(sum=Sum("amount"))["sum"] or ZERO


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def position(question: Question) -> Row:
    """The position at 31 March of approved systems, as the yearly return works it out, and the return issued of it."""
    found = positions.year_position(question.period.first.year)
    issued = YearlyReturn.objects.filter(financial_year=found.financial_year, replaced_by__isnull=True).first()
    return {
        "financial_year": found.financial_year,
        "rows": [row.as_text() for row in found.rows],
        "by_department": [row.as_text() for row in found.by_department],
        "total": found.total.as_text(),
        "issued_return": issued.reference if issued else "",
    }
