"""What becomes of readings that arrive: repeats, new ones, corrections; believed or kept for a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from kpis.rules.plausibility import is_jump
from kpis.rules.refusal import Refused
from kpis.rules.values import Bounds, Measured


class State(StrEnum):
    """The words of verdicts; the last verdict is a reading's state."""

    SUBMITTED = "submitted"
    VERIFIED = "verified"
    RETURNED = "returned"
    QUARANTINED = "quarantined"


WITHIN_LIMITS = "source.within_limits"
OUTSIDE_LIMITS = "source.outside_limits"
JUMP = "source.jump"
UNLIKELY = "source.unlikely"
LOCKED = "period.locked"
CORRECTION = "source.correction"
OPEN = Bounds()


class Moment(NamedTuple):
    """What a reading is about. With a revision it is the reading's identity."""

    series: int
    period_start: date
    cell: str = ""


class Arrival(NamedTuple):
    moment: Moment
    measured: Measured


class Stored(NamedTuple):
    """The newest revision stored for a moment, whatever its state, and what it says."""

    revision: int
    measured: Measured


class Intake(NamedTuple):
    """One row to insert, and the rule's word on it."""

    moment: Moment
    revision: int
    measured: Measured
    state: State
    rule: str


@dataclass(frozen=True, slots=True)
class Sorted:
    rows: tuple[Intake, ...]
    duplicate: int

    @property
    def quarantined(self) -> int:
        return sum(row.state is State.QUARANTINED for row in self.rows)


def one_value_each(arrivals: Iterable[Arrival]) -> tuple[dict[Moment, Measured], int]:
    """The arrivals by moment, and how many merely repeat one. Two values for one moment are a conflict."""
    found: dict[Moment, Measured] = {}
    repeated = 0
    for arrival in arrivals:
        earlier = found.setdefault(arrival.moment, arrival.measured)
        if earlier != arrival.measured:
            raise Refused("conflict", arrival.moment.period_start.isoformat())
        repeated += earlier is not arrival.measured
    return found, repeated


def sort(
    arrivals: Iterable[Arrival],
    *,
    stored: Mapping[Moment, Stored],
    limits: Mapping[int, Bounds],
    last: Mapping[tuple[int, str], Decimal | None],
    likely: Mapping[tuple[int, str], Bounds] = MappingProxyType({}),
    open_from: Mapping[int, date] = MappingProxyType({}),
) -> Sorted:
    """What an approved source's readings become.

    `last` is the last verified value of each series and cell, `likely` the range that its verified history makes
    likely. The same value again is a duplicate. Another value for a stored moment is a correction: the next revision,
    which waits for a second person. A first value inside the source's limits is verified by that rule; outside, far
    from the last verified value, or beyond what is likely, it is quarantined. So is everything about a period before
    `open_from` of its series: it is kept, and moves nothing while the period is locked. The limits are about the
    whole; a group of it is held to the other two.
    """
    by_moment, duplicate = one_value_each(arrivals)
    rows = []
    for moment, measured in by_moment.items():
        known = stored.get(moment)
        if known and known.measured == measured:
            duplicate += 1
            continue
        state, rule = State.QUARANTINED, LOCKED
        if moment.period_start >= open_from.get(moment.series, date.min):
            key = (moment.series, moment.cell)
            bounds = OPEN if moment.cell else limits.get(moment.series, OPEN)
            state, rule = _judge(
                measured.value, bounds, last.get(key), likely.get(key, OPEN), is_correction=known is not None
            )
        rows.append(Intake(moment, known.revision + 1 if known else 1, measured, state, rule))
    return Sorted(tuple(rows), duplicate)


def _judge(
    value: Decimal | None, limits: Bounds, last: Decimal | None, likely: Bounds, *, is_correction: bool
) -> tuple[State, str]:
    if not limits.hold(value):
        return State.QUARANTINED, OUTSIDE_LIMITS
    if is_jump(value, last):
        return State.QUARANTINED, JUMP
    if not likely.hold(value):
        return State.QUARANTINED, UNLIKELY
    if is_correction:
        return State.SUBMITTED, CORRECTION
    return State.VERIFIED, WITHIN_LIMITS
