"""The usual range of a KPI: an individuals control chart (Shewhart; Wheeler's XmR).

Limits are the mean of the basis and 2.66 times the mean step between neighbours, which is three standard deviations
of what chance does from one period to the next. A signal is a reading outside them, or one of eight in a row on the
same side of the mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

LEAST_BASIS = 8
STEPS = 2.66
RUN = 8


@dataclass(frozen=True, slots=True)
class Range:
    """Mean and limits in the KPI's unit, and the places of the readings after the basis that are signals."""

    mean: float
    low: float
    high: float
    signals: tuple[int, ...]


def usual_range(basis: Sequence[float], later: Sequence[float]) -> Range | None:
    """None with fewer than eight readings to stand on."""
    if len(basis) < LEAST_BASIS:
        return None
    mean = fmean(basis)
    wide = STEPS * fmean(abs(second - first) for first, second in pairwise(basis))
    low, high = mean - wide, mean + wide
    outside = {place for place, value in enumerate(later) if not low <= value <= high}
    return Range(mean, low, high, tuple(sorted(outside | _in_a_run(later, mean))))


def _in_a_run(values: Sequence[float], mean: float) -> set[int]:
    """Places in runs of eight or more on one side of the mean; a value on it ends the run."""
    found: set[int] = set()
    run: list[int] = []
    for place, value in enumerate(values):
        goes_on = run and (value - mean) * (values[run[-1]] - mean) > 0
        run = [*run, place] if goes_on else [place] if value != mean else []
        if len(run) >= RUN:
            found.update(run)
    return found
