"""What the futures say: chance of each target, the band, which slips matter most, how many starts would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from dashboards.rules.forecast import Futures
from dashboards.rules.phases import TO_USE, Phase, Step, Timing

if TYPE_CHECKING:
    import numpy as np

    Array: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]

LOW, MIDDLE, HIGH = 5, 50, 95  # percent of the futures below the band, below its middle, below its upper edge
LIKELY = (0.5, 0.8)
SLIP_DAYS = 61  # two months
MOST_STARTS = 1_000
WANTED = 0.8


@dataclass(frozen=True, slots=True)
class Goal:
    """So many in use at the end of a day."""

    value: int
    due_on: date


@dataclass(frozen=True, slots=True)
class TargetOutlook:
    """One target: its chance, the first days on which it is as likely as not and 80% likely, what would bring it."""

    goal: Goal
    chance: float
    half_likely_on: date | None  # None: on no day within sight
    likely_on: date | None
    starts_needed: int | None  # more starts today for 80%; 0: none is needed; None: no number would do


@dataclass(frozen=True, slots=True)
class BandPoint:
    """In use at the end of a day: 5%, 50% and 95% of the futures have at most as many."""

    on: date
    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Influence:
    """What it costs when one procedure comes two months later."""

    key: int
    lost: float  # of the chance
    missed: float  # share of the futures in which the procedure then comes too late for the target's day


def chance(futures: Futures, goal: Goal) -> float:
    return float((futures.on(goal.due_on) >= goal.value).mean())


def target_outlook(futures: Futures, goal: Goal) -> TargetOutlook:
    reached = (futures.counts >= goal.value).mean(axis=0)
    days = []
    for wanted in LIKELY:
        places = (reached >= wanted).nonzero()[0]
        days.append(futures.programme.today + timedelta(days=int(places[0])) if len(places) else None)
    return TargetOutlook(goal, chance(futures, goal), days[0], days[1], starts_needed(futures, goal))


def band(futures: Futures, days: Sequence[date]) -> list[BandPoint]:
    import numpy as np  # loaded when a forecast is first asked for

    found = []
    for day in days:
        low, middle, high = np.percentile(futures.on(day), (LOW, MIDDLE, HIGH), method="inverted_cdf")
        found.append(BandPoint(day, int(low), int(middle), int(high)))
    return found


def influences(futures: Futures, goal: Goal) -> list[Influence]:
    """Every candidate, the one whose slip costs most first."""
    due, counts = futures.index(goal.due_on), futures.on(goal.due_on)
    before = chance(futures, goal)
    found = []
    for candidate, begins, leaves in zip(futures.programme.candidates, futures.begins, futures.leaves, strict=True):
        missed = (begins <= due) & (begins + SLIP_DAYS > due) & (leaves > due)
        after = float((counts - missed >= goal.value).mean())
        found.append(Influence(candidate.key, before - after, float(missed.mean())))
    return sorted(found, key=lambda one: (-one.lost, -one.missed, one.key))


def starts_needed(futures: Futures, goal: Goal) -> int | None:
    """Fewest new ideas, begun today by departments of average spread, with which the target is 80% likely."""
    counts, due = futures.on(goal.due_on), futures.index(goal.due_on)
    if float((counts >= goal.value).mean()) >= WANTED:
        return 0
    import numpy as np

    arrives = _chance_of_start(futures, due)

    def enough(starts: int) -> bool:
        generator = np.random.default_rng(starts)
        return float((counts + generator.binomial(starts, arrives) >= goal.value).mean()) >= WANTED

    if not enough(MOST_STARTS):
        return None
    low, high = 0, MOST_STARTS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _chance_of_start(futures: Futures, due: int) -> "Array":
    """In each future, the chance that an idea begun today is in use at the end of the due day: steps of a few days."""
    import numpy as np

    draws = futures.draws
    speed = np.mean(list(draws.departments.values()), axis=0) if draws.departments else 1.0
    steps = max(1, due // 4)
    length = due / steps
    at = {Phase.IDEA: np.ones(futures.number)} | {
        phase: np.zeros(futures.number) for phase in (*TO_USE[1:], Phase.IN_USE)
    }
    rates = {phase: draws.forward[Step(phase, _timing(phase))] * speed for phase in TO_USE}
    moves = {}
    for phase in TO_USE:
        out = rates[phase] + draws.exits[phase]
        gone = -np.expm1(-out * length)
        moves[phase] = (gone, gone * rates[phase] / out)
    for _step in range(steps):
        for phase in reversed(TO_USE):
            gone, on = moves[phase]
            at[Phase(phase + 1)] = at[Phase(phase + 1)] + at[phase] * on
            at[phase] = at[phase] * (1 - gone)
    return np.clip(at[Phase.IN_USE], 0.0, 1.0)


def _timing(phase: Phase) -> Timing:
    """A start is planned for the day on which it is ready."""
    return Timing.DUE if phase is Phase.READY else Timing.NONE
