"""What a KPI's readings say at present, in a few values that can be kept and carried on reading by reading.

The colour has memory (`rules.rag`), so it stands on all readings; but what comes after the last one judged needs only
the colour that stood. Whatever reaches further back is judged from the beginning.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kpis.rules import periods, rag
from kpis.rules.likely import SAME_MANY, unmoved
from kpis.rules.outlook import Measurement
from kpis.rules.rag import Rag
from kpis.rules.targets import in_force


class Value(NamedTuple):
    """The verified value of a period; none where a ratio had nothing to count."""

    start: date
    value: Decimal | None


class Aim(NamedTuple):
    """The value to reach by the end of a day."""

    value: Decimal
    due_on: date


@dataclass(frozen=True, slots=True)
class Terms:
    """What the readings are held against on one day. `targets` are in the order of their days."""

    frequency: str
    year_kind: str
    started_on: date
    direction: str
    baseline: Measurement | None
    targets: tuple[Aim, ...]
    today: date

    @property
    def target(self) -> Measurement | None:
        aim = in_force(self.targets, self.today)
        return Measurement(aim.value, aim.due_on) if aim else None

    @property
    def target_holds_until(self) -> date | None:
        """The last day of the target where another one follows it."""
        return next((aim.due_on for aim in self.targets[:-1] if aim.due_on >= self.today), None)

    def has_ended(self, start: date) -> bool:
        return periods.has_ended(start, self.frequency, today=self.today)


@dataclass(frozen=True, slots=True)
class State:
    """After the readings up to that of period `through`. `colour` is that of the values, however old they are.

    `reported` counts verified periods of the series that are over. `same` counts the equal values at the end.
    `holds_until` is the last day for which it is true without another reading; None for ever.
    """

    through: date | None = None
    colour: Rag = Rag.NONE
    reported: int = 0
    last_value: Decimal | None = None
    same: int = 0
    is_unmoved: bool = False
    holds_until: date | None = None


def state_of(readings: Sequence[Value], terms: Terms) -> State:
    """Judged from the beginning; `readings` are all verified ones, oldest first, one a period."""
    values = [reading.value for reading in readings if reading.value is not None]
    return replace(_after(State(), readings, terms), is_unmoved=bool(unmoved(values)))


def carried_on(state: State, later: Sequence[Value], terms: Terms) -> State | None:
    """The state after readings of later periods, oldest first. None where the beginning must be asked.

    Whether equal values are a standstill depends on what came before them (`likely.unmoved`), so one that may begin
    here is judged with all readings at hand.
    """
    after = _after(state, later, terms)
    goes_on = state.same >= SAME_MANY and all(reading.value in (None, state.last_value) for reading in later)
    if after.same >= SAME_MANY and not goes_on:
        return None
    return replace(after, is_unmoved=state.is_unmoved and after.same >= SAME_MANY)


def _after(state: State, readings: Sequence[Value], terms: Terms) -> State:
    first = periods.start_of(terms.started_on, terms.frequency, terms.year_kind)
    counted = [reading.start for reading in readings if reading.start >= first]
    early = [start for start in counted if not terms.has_ended(start)]
    last_value, same = state.last_value, state.same
    for reading in readings:
        if reading.value is not None:
            same = same + 1 if reading.value == last_value else 1
            last_value = reading.value
    bounds = [state.holds_until, terms.target_holds_until]
    bounds += [periods.last_day(start, terms.frequency) for start in early]
    return State(
        through=readings[-1].start if readings else state.through,
        colour=_colour(state.colour, readings, terms),
        reported=state.reported + len(counted) - len(early),
        last_value=last_value,
        same=same,
        holds_until=min((bound for bound in bounds if bound is not None), default=None),
    )


def _colour(standing: Rag, readings: Sequence[Value], terms: Terms) -> Rag:
    if terms.target is None:
        return Rag.NONE
    measured = (
        Measurement(reading.value, periods.last_day(reading.start, terms.frequency))
        for reading in readings
        if reading.value is not None
    )
    return rag.after(standing, measured, baseline=terms.baseline, target=terms.target, direction=terms.direction)
