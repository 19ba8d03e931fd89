"""Whether a KPI comes to its target in time: the pace since its baseline against the pace that the target takes.

A pace is a compound annual growth rate: -0.08 is 8% less each year. Progress is the observed pace by the required
one, 1 for just in time, below 0 for moving away; where no target is set it is the observed pace, positive when it
goes the right way. Statistics Canada publishes the progress of its indicators by the same formula.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


class Prospect(StrEnum):
    MET_AT_BASELINE = "met_at_baseline"  # nothing was left to do, so no pace is required
    ON_COURSE = "on_course"
    TOO_SLOW = "too_slow"
    MOVING_AWAY = "moving_away"


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value at the end of a day."""

    value: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class Outlook:
    """`pace` and `required` by year; `expected` is the value on the target's day if the pace stays as it is."""

    pace: float
    required: float | None
    progress: float
    expected: float | None
    prospect: Prospect | None


def outlook(
    baseline: Measurement, latest: Measurement, target: Measurement | None, *, direction: str
) -> Outlook | None:
    """None where no pace can be worked out: nothing measured after the baseline, or a value that is not above 0."""
    pace = _pace(baseline, latest)
    if pace is None:
        return None
    required = _pace(baseline, target) if target else None
    if target is None or not required:
        return Outlook(pace, None, pace if direction == "up" else -pace, None, None)
    progress = pace / required
    expected = float(latest.value) * (1 + pace) ** _years(latest.on, target.on)
    return Outlook(pace, required, progress, expected, _prospect(baseline, target, progress, expected, direction))


def _prospect(baseline: Measurement, target: Measurement, progress: float, expected: float, direction: str) -> Prospect:
    def reached(value: float) -> bool:
        return value >= float(target.value) if direction == "up" else value <= float(target.value)

    if reached(float(baseline.value)):
        return Prospect.MET_AT_BASELINE
    if reached(expected):
        return Prospect.ON_COURSE
    return Prospect.TOO_SLOW if progress > 0 else Prospect.MOVING_AWAY


def _pace(first: Measurement, last: Measurement) -> float | None:
    years = _years(first.on, last.on)
    if years <= 0 or first.value <= 0 or last.value <= 0:
        return None
    return float(last.value / first.value) ** (1 / years) - 1


def _years(first: date, last: date) -> float:
    """Between the ends of two days; whole months count alike, however long they are."""
    begin, end = first + timedelta(days=1), last + timedelta(days=1)
    months = (end.year - begin.year) * 12 + end.month - begin.month + (end.day - begin.day) / 31
    return months / 12
