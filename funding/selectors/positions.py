"""Where money stands: by envelope, department and request, as pages, files and the yearly return show it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from core import clock
from funding.models import Commitment, Envelope, Expenditure
from funding.rules import spending
from funding.rules.spending import ZERO

FIGURES = ("opening", "committed", "spent", "carried", "closing")


@dataclass(slots=True)
class Position:
    """One request in one envelope, or a sum of them. Closing is opening and committed less spent and carried over."""

    envelope: str = ""
    department: str = ""
    request: str = ""
    opening: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO
    carried: Decimal = ZERO

    @property
    def closing(self) -> Decimal:
        return self.opening + self.committed - self.spent - self.carried

    def add(self, other: "Position") -> None:
        self.opening += other.opening
        self.committed += other.committed
        self.spent += other.spent
        self.carried += other.carried

    def as_text(self) -> dict[str, str]:
        named = {name: getattr(self, name) for name in ("envelope", "department", "request")}
        return named | {name: f"{getattr(self, name):.2f}" for name in FIGURES}


@dataclass(frozen=True, slots=True)
class YearPosition:
    """Every request with money in the envelopes of one financial year, and the sums of these rows."""

    financial_year: int
    at: date
    rows: list[Position]
    by_envelope: list[Position] = field(default_factory=list)
    by_department: list[Position] = field(default_factory=list)
    total: Position = field(default_factory=Position)


def year_position(financial_year: int) -> YearPosition:
    """The position at the last day of the year, by what is on record now.

    Commitments and payments count by their day. A carry-over belongs to the year it leaves, whenever it
    was approved, for it is about what that year did not spend.
    """
    at = spending.last_day(financial_year)
    rows: dict[tuple[str, str, str], Position] = {}
    committed = Commitment.objects.filter(envelope__financial_year=financial_year)
    until = clock.end_of_day(at)
    for key, amount in _grouped(committed.filter(carry_over=None, committed_at__lt=until)):
        _row(rows, key).committed += amount
    for key, amount in _grouped(committed.filter(carry_over__isnull=False, amount__gt=0)):
        _row(rows, key).opening += amount
    for key, amount in _grouped(committed.filter(carry_over__isnull=False, amount__lt=0)):
        _row(rows, key).carried -= amount
    spent = Expenditure.objects.filter(envelope__financial_year=financial_year, spent_on__lte=at)
    for key, amount in _grouped(spent):
        _row(rows, key).spent += amount
    found = [rows[key] for key in sorted(rows)]
    total = Position()
    for row in found:
        total.add(row)
    return YearPosition(
        financial_year=financial_year,
        at=at,
        rows=found,
        by_envelope=_summed(found, lambda row: Position(envelope=row.envelope)),
        by_department=_summed(found, lambda row: Position(department=row.department)),
        total=total,
    )


def years() -> list[int]:
    """Financial years that have an envelope, newest first."""
    return sorted(set(Envelope.objects.filter(amount__gt=0).values_list("financial_year", flat=True)), reverse=True)


def years_over() -> list[int]:
    """Those that have ended, newest first: their return may be issued."""
    return [year for year in years() if clock.today() > spending.last_day(year)]


def _grouped(rows: "QuerySet[Any]") -> Iterable[tuple[tuple[str, str, str], Decimal]]:
    names = ("envelope__code", "decision__request__department__code", "decision__request__reference")
    for row in rows.order_by().values(*names).annotate(sum=Coalesce(Sum("amount"), ZERO)):
        yield (row[names[0]], row[names[1]], row[names[2]]), row["sum"]


def _row(rows: dict[tuple[str, str, str], Position], key: tuple[str, str, str]) -> Position:
    return rows.setdefault(key, Position(*key))


def _summed(rows: Iterable[Position], of: Callable[[Position], Position]) -> list[Position]:
    found: dict[tuple[str, str], Position] = {}
    for row in rows:
        empty = of(row)
        found.setdefault((empty.envelope, empty.department), empty).add(row)
    return [found[key] for key in sorted(found)]
