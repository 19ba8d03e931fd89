"""Reference rates from two registers a year apart (DESIGN 7): where each use case stood, and where a year later.

The registers are the United States' inventories of AI use cases of 2023 and 2024, published as they are. Both are
taken down to five states: initiation, development, implementation, in use, retired. A use case is linked by its title
in plain letters where exactly one in each year bears it; a blank or unreadable stage links nothing. A move back is
taken for no move. The rates a year are those under which what was seen is likeliest, when use cases move from state to
state in continuous time and only both ends of the year are known.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
import re

from dashboards.rules.phases import TO_USE, Phase
from dashboards.rules.rates import Reference

DAYS_A_YEAR = 365.25


class State(IntEnum):
    INITIATION = 0
    DEVELOPMENT = 1
    IMPLEMENTATION = 2
    IN_USE = 3
    RETIRED = 4


MOVING = (State.INITIATION, State.DEVELOPMENT, State.IMPLEMENTATION)
# Each of the three ways into use is two of our steps, which share its time equally.
PHASES: dict[State, tuple[Phase, ...]] = {
    State.INITIATION: (Phase.IDEA, Phase.ASSESSED),
    State.DEVELOPMENT: (Phase.APPROVED, Phase.PILOT),
    State.IMPLEMENTATION: (Phase.READY, Phase.CLAIMED),
}
BEGINS = {  # how the stages of both years are written, by their first words in plain letters
    "initiat": State.INITIATION,
    "ideation": State.INITIATION,
    "planned": State.INITIATION,
    "investigating": State.INITIATION,
    "development": State.DEVELOPMENT,
    "acquisition": State.DEVELOPMENT,
    "initial development": State.DEVELOPMENT,
    "currently under development": State.DEVELOPMENT,
    "proof of concept": State.DEVELOPMENT,
    "implementation": State.IMPLEMENTATION,
    "this is a pilot": State.IMPLEMENTATION,
    "user acceptance testing": State.IMPLEMENTATION,
    "operation and": State.IN_USE,
    "in use": State.IN_USE,
    "in mission": State.IN_USE,
    "in production": State.IN_USE,
    "deployment": State.IN_USE,
    "retired": State.RETIRED,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One state of the table: where its use cases were a year later, and its rates a year."""

    state: State
    number: int
    stayed: int
    moved: int  # on, but not yet in use
    in_use: int
    retired: int
    forward: float  # moves to the next state a year; 0 for "in use", which has none
    exits: float  # retirements a year


def plain(text: str) -> str:
    """Letters and figures only, in one case, with single spaces."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def state(written: str) -> State | None:
    """What a stage as written stands for; None where it says nothing, or something else."""
    told = plain(written)
    longest = max((begins for begins in BEGINS if told.startswith(begins)), key=len, default=None)
    return BEGINS[longest] if longest else None


def linked(before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]]) -> Counter[tuple[State, State]]:
    """How often each state became each, over the pairs of title and stage of the two years."""
    then, later = _unique(before), _unique(after)
    found: Counter[tuple[State, State]] = Counter()
    for title, stage in then.items():
        if title in later and (start := state(stage)) is not None and (end := state(later[title])) is not None:
            found[start, end] += 1
    return found


def _unique(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    rows = [(plain(title), stage) for title, stage in rows]
    times = Counter(title for title, _stage in rows)
    return {title: stage for title, stage in rows if title and times[title] == 1}


def table(seen: Mapping[tuple[State, State], int]) -> list[Row]:
    """A row for each state from which use cases were followed."""
    forward, exits = _likeliest(seen)
    rows = []
    for start in (*MOVING, State.IN_USE):
        ends = {end: count for (begun, end), count in seen.items() if begun is start}
        in_use = ends.get(State.IN_USE, 0) if start is not State.IN_USE else 0
        moved = sum(count for end, count in ends.items() if start < end < State.IN_USE)
        retired, number = ends.get(State.RETIRED, 0), sum(ends.values())
        stayed = number - moved - in_use - retired
        rows.append(Row(start, number, stayed, moved, in_use, retired, forward.get(start, 0.0), exits[start]))
    return rows


def as_reference(rows: Iterable[Row]) -> Reference:
    """The table in our steps: one of two that share a state goes twice as fast; both can be given up."""
    by_state = {row.state: row for row in rows}
    forward, exits = {}, {Phase.IN_USE: by_state[State.IN_USE].exits / DAYS_A_YEAR}
    for one, phases in PHASES.items():
        for phase in phases:
            forward[phase] = len(phases) * by_state[one].forward / DAYS_A_YEAR
            exits[phase] = by_state[one].exits / DAYS_A_YEAR
    return Reference({phase: forward[phase] for phase in TO_USE}, exits)


def _likeliest(seen: Mapping[tuple[State, State], int]) -> tuple[dict[State, float], dict[State, float]]:
    """Rates a year that make what was seen likeliest."""
    import numpy as np  # only when the table is derived
    from scipy.linalg import expm
    from scipy.optimize import minimize

    counts = np.zeros((len(State), len(State)))
    for (start, end), count in seen.items():
        if start is not State.RETIRED:
            counts[start, max(start, end)] += count

    def unlikely(logs: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
        rates, flow = np.exp(logs), np.zeros((len(State), len(State)))
        for start in MOVING:
            flow[start, start + 1] = rates[start]
        for start in (*MOVING, State.IN_USE):
            flow[start, State.RETIRED] += rates[len(MOVING) + start]
        flow -= np.diag(flow.sum(axis=1))
        chances = np.clip(expm(flow), 1e-12, 1.0)
        return -float((counts * np.log(chances)).sum())

    found = minimize(unlikely, np.full(2 * len(MOVING) + 1, np.log(0.4)), bounds=[(-7.0, 4.0)] * (2 * len(MOVING) + 1))
    rates = [round(float(np.exp(one)), 4) for one in found.x]
    forward = dict(zip(MOVING, rates, strict=False))
    return forward, dict(zip((*MOVING, State.IN_USE), rates[len(MOVING) :], strict=True))
