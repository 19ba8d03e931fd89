"""What a benefit comes to: readings of whole periods after going live, by one of three formulas (FEATURES F1 to F3).

Amounts are in the unit of the benefit's kind: staff hours, days a case, HK$. Everything is exact until the last step,
which rounds half to even at six decimals, as readings are stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from kpis.rules import periods
from kpis.rules.periods import Frequency, YearKind
from kpis.rules.values import HUNDRED, STORED
from kpis.rules.values import Formula as Parts
from kpis.rules.years import Counted, together

REVIEWS = (6, 12)  # months after going live
TO_REPORT = timedelta(days=30)  # after the last day: time for its readings to come in and be verified


class Formula(StrEnum):
    AMOUNT = "amount"
    PER_CASE = "per_case"
    ALL_CASES = "all_cases"


class Kept(StrEnum):
    """How much of a promise came true."""

    WHOLE = "whole"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Window:
    """The whole periods of a KPI within some months after going live."""

    starts: tuple[date, ...]
    last_day: date

    @property
    def due_on(self) -> date:
        return self.last_day + TO_REPORT


@dataclass(frozen=True, slots=True)
class Measure:
    """How a KPI's readings become a benefit. A disbenefit is what gets worse: its amount is the harm done."""

    formula: Formula | str
    parts: Parts | str
    aggregation: str
    direction: str
    factor: Decimal
    share: Decimal
    is_harm: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """`value` is the figure of all the window's readings together; None where it is not compared with the baseline."""

    amount: Decimal
    value: Decimal | None
    cases: Decimal | None


def fits(formula: Formula | str, kind: str, *, aggregation: str) -> bool:
    """Only what adds up is added up, only what is a figure of each case is compared case by case."""
    match Formula(formula):
        case Formula.AMOUNT:
            return aggregation == "sum" and kind in {"hours", "money"}
        case Formula.PER_CASE:
            return aggregation != "sum" and kind == "days"
        case Formula.ALL_CASES:
            return aggregation == "ratio" and kind in {"hours", "money"}


def window(live_on: date, months: int, frequency: Frequency | str, year_kind: YearKind | str) -> Window | None:
    """From the first whole period after going live; None where no whole period fits, as of a yearly KPI in 6 months."""
    start = periods.start_of(live_on, frequency, year_kind)
    if start < live_on:
        start = periods.next_start(start, frequency)
    end = periods.months_later(start, months)
    starts = []
    while periods.next_start(start, frequency) <= end:
        starts.append(start)
        start = periods.next_start(start, frequency)
    return Window(tuple(starts), periods.last_day(starts[-1], frequency)) if starts else None


def promised_within(promised: Decimal, kind: str, months: int) -> Decimal:
    """The part of a yearly promise that falls into some months; what is promised for each case holds at once."""
    return promised if kind == "days" else (promised * months / 12).quantize(STORED, ROUND_HALF_EVEN)


def realised(measure: Measure, readings: Sequence[Counted], *, baseline: Decimal | None) -> Result:
    """What the readings of a window come to. `baseline` is None only for amounts that are added up as they are."""
    if Formula(measure.formula) is Formula.AMOUNT:
        return Result(_part(sum((row.value or Decimal(0) for row in readings), Decimal(0)), measure), None, None)
    assert baseline is not None
    value = together(readings, formula=measure.parts, aggregation=measure.aggregation)
    cases = sum((row.denominator or Decimal(0) for row in readings), Decimal(0)) if _has_cases(measure) else None
    if Formula(measure.formula) is Formula.PER_CASE:
        return Result(_part(_gain(measure, baseline, value or baseline), measure), value, cases)
    assert cases is not None
    hundred = HUNDRED if Parts(measure.parts) is Parts.PERCENTAGE else Decimal(1)
    counted = sum((row.numerator or Decimal(0) for row in readings), Decimal(0))
    return Result(_part(_gain(measure, baseline * cases / hundred, counted), measure), value, cases)


def kept(amount: Decimal, promised: Decimal) -> Kept:
    if amount >= promised:
        return Kept.WHOLE
    return Kept.PARTLY if amount > 0 else Kept.NOT


def _has_cases(measure: Measure) -> bool:
    return measure.aggregation == "ratio"


def _gain(measure: Measure, before: Decimal, after: Decimal) -> Decimal:
    better = before - after if measure.direction == "down" else after - before
    return -better if measure.is_harm else better


def _part(amount: Decimal, measure: Measure) -> Decimal:
    return (amount * measure.factor * measure.share / HUNDRED).quantize(STORED, ROUND_HALF_EVEN)
