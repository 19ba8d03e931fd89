"""Readings added up by year, as their definition says (DESIGN 6): a percentage is of all its cases, never a mean.

A period belongs to the year in which it begins. A year that lacks readings says how many of how many it has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Protocol

from kpis.rules import periods
from kpis.rules.periods import Frequency, YearKind
from kpis.rules.values import Formula, measured


class Counted(Protocol):
    """A standing reading and its parts."""

    @property
    def value(self) -> Decimal | None: ...
    @property
    def numerator(self) -> Decimal | None: ...
    @property
    def denominator(self) -> Decimal | None: ...


class Dated(Counted, Protocol):
    """The same, of one period."""

    @property
    def start(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Year:
    """One year's figure. `value` is None where nothing was counted; `have` of `due` periods have a reading."""

    start: date
    value: Decimal | None
    have: int
    due: int


def by_year(
    readings: Iterable[Dated],
    *,
    formula: Formula | str,
    aggregation: str,
    frequency: Frequency | str,
    year_kind: YearKind | str,
) -> list[Year]:
    """Years with a reading, oldest first."""

    def year_of(reading: Dated) -> date:
        return periods.start_of(reading.start, Frequency.YEARLY, year_kind)

    ordered = sorted(readings, key=lambda reading: reading.start)
    found = []
    for start, group in groupby(ordered, key=year_of):
        rows = list(group)
        value = together(rows, formula=formula, aggregation=aggregation)
        found.append(Year(start, value, len(rows), _periods_in(start, frequency)))
    return found


def together(rows: Sequence[Counted], *, formula: Formula | str, aggregation: str) -> Decimal | None:
    """One figure of several periods. A running total is told by its last period, so it never falls by adding up."""
    if aggregation == "ratio":
        numerator = sum((row.numerator or Decimal(0) for row in rows), Decimal(0))
        denominator = sum((row.denominator or Decimal(0) for row in rows), Decimal(0))
        return measured(formula, numerator=numerator, denominator=denominator).value
    values = [row.value for row in rows if row.value is not None]
    if not values:
        return None
    if aggregation == "last":
        return values[-1]
    total = sum(values, Decimal(0))
    return total if aggregation == "sum" else total / len(values)


def _periods_in(year: date, frequency: Frequency | str) -> int:
    """How many periods begin in the year."""
    end = periods.next_start(year, Frequency.YEARLY)
    first = periods.start_of(year, frequency)
    starts = first if first >= year else periods.next_start(first, frequency)
    return (
        periods.number(periods.start_of(end, frequency), frequency)
        - periods.number(starts, frequency)
        + (periods.start_of(end, frequency) < end)
    )
