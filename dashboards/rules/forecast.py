"""Futures of the programme: each lets every procedure of the pipeline go on at rates of its own (DESIGN 7).

A project goes through its remaining stages; past the go-live gate each of its procedures is claimed, sooner or
later than planned, and verified. On the way it can be given up. What is in use can leave, or lapse where that was
ever seen. The count of a day is what is in use at its end. One seed: the same programme gives the same figures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from dashboards.rules.phases import ALONE, WITH_PROJECT, Phase, Step, Timing, timing_on
from dashboards.rules.rates import NEVER, Draws, Rates

if TYPE_CHECKING:
    import numpy as np

    Array: TypeAlias = np.ndarray[Any, np.dtype[np.floating[Any]]]
    Days: TypeAlias = np.ndarray[Any, np.dtype[np.int32]]
    Places: TypeAlias = np.ndarray[Any, np.dtype[np.signedinteger[Any]]]

SEED = 20261122
FUTURES = 10_000
FEWEST_FUTURES = 200
MOST_PATHS = 6_000_000  # procedures times futures: a larger programme is told by fewer futures
CHUNK = 400_000  # paths walked at a time
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure not yet in use: at the phase it stands at, ready or claimed, once its project is past the gate."""

    key: int
    department: int
    phase: Phase
    planned_on: date | None


@dataclass(frozen=True, slots=True)
class Bringer:
    """A project with the procedures that follow it into use."""

    key: int
    department: int
    phase: Phase
    candidates: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class InUse:
    """A procedure in use; it lapses after `until` unless it is attested again."""

    key: int
    until: date


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything the forecast starts from, as known at the end of `today`."""

    today: date
    bringers: Sequence[Bringer]
    in_use: Sequence[InUse]
    lapsed: Sequence[int] = ()
    attestation_months: int = 12

    @property
    def candidates(self) -> list[Candidate]:
        """Those that have come furthest last, so that projects at one phase are walked together."""
        return [candidate for bringer in self.ordered for candidate in bringer.candidates]

    @property
    def ordered(self) -> list[Bringer]:
        bringing = [bringer for bringer in self.bringers if bringer.candidates]
        return sorted(bringing, key=lambda bringer: (bringer.phase, bringer.key))


@dataclass(frozen=True, slots=True)
class Changes:
    """What if: these procedures come so many days later, and each decision comes so many days sooner."""

    slipping: frozenset[int] = frozenset()
    slip_days: int = 0
    decisions_sooner: int = 0


@dataclass(frozen=True, slots=True)
class Futures:
    """What came of it. `begins` and `leaves` hold a row per candidate: days after today, past the last where never."""

    programme: Programme
    days: int
    begins: "Days"
    leaves: "Days"
    counts: "Days"  # of every future, at the end of today and of each day after it
    draws: Draws

    @property
    def number(self) -> int:
        return int(self.counts.shape[0])

    def index(self, day: date) -> int:
        return min(max((day - self.programme.today).days, 0), self.days)

    def on(self, day: date) -> "Days":
        return self.counts[:, self.index(day)]


@dataclass(slots=True)
class _Steps:
    """Comings and goings, collected as places in the flat table of futures and days."""

    futures: int
    width: int
    up: list["Places"] = field(default_factory=list)
    down: list["Places"] = field(default_factory=list)

    def add(self, begins: "Days", ends: "Days") -> None:
        """Rows of stretches in use, one column per future; from `begins` on, no longer from `ends` on."""
        import numpy as np  # loaded when a forecast is first asked for

        place = np.arange(self.futures, dtype=np.int64) * self.width
        for days, found in ((begins, self.up), (ends, self.down)):
            inside = (days < self.width) & (begins < ends)
            found.append((np.broadcast_to(place, days.shape) + days)[inside])

    def counted(self) -> "Days":
        import numpy as np

        size = self.futures * self.width
        steps = np.zeros(size, dtype=np.int32)
        for found, sign in ((self.up, 1), (self.down, -1)):
            places = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
            steps += sign * np.bincount(places, minlength=size).astype(np.int32)
        return steps.reshape(self.futures, self.width).cumsum(axis=1, dtype=np.int32)


def futures_for(programme: Programme) -> int:
    """10,000, fewer for a pipeline so long that they would take more than a second."""
    paths = len(programme.candidates) + len(programme.in_use) + len(programme.lapsed)
    return max(FEWEST_FUTURES, min(FUTURES, MOST_PATHS // max(1, paths)))


def simulate(
    programme: Programme,
    rates: Rates,
    *,
    horizon: date,
    changes: Changes | None = None,
    futures: int | None = None,
    seed: int = SEED,
) -> Futures:
    """The futures up to the end of `horizon`. What-ifs meet the same chances, so only the change makes a difference."""
    import numpy as np

    changes = changes or Changes()
    number = futures or futures_for(programme)
    generator = np.random.default_rng(seed)
    departments = {bringer.department for bringer in programme.bringers}
    departments |= {candidate.department for candidate in programme.candidates}
    draws = rates.draw(generator, number, departments)
    days = max(1, (horizon - programme.today).days)
    steps = _Steps(number, days + 1)
    _hold(programme, draws, generator, steps)
    begins, leaves = [], []
    for chunk in _chunks(programme.ordered, number):
        coming, going = _walk(programme, chunk, draws, generator, changes, days)
        begins.append(coming)
        leaves.append(going)
        _keep(coming, going, programme, draws, generator, steps)
    empty = np.zeros((0, number), dtype=np.int32)
    return Futures(
        programme,
        days,
        np.concatenate([empty, *begins]),
        np.concatenate([empty, *leaves]),
        steps.counted(),
        draws,
    )


def _chunks(bringers: Sequence[Bringer], futures: int) -> Iterator[list[Bringer]]:
    chunk: list[Bringer] = []
    for bringer in bringers:
        chunk.append(bringer)
        if sum(len(one.candidates) for one in chunk) * futures > CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _walk(
    programme: Programme,
    chunk: Sequence[Bringer],
    draws: Draws,
    generator: "np.random.Generator",
    changes: Changes,
    days: int,
) -> tuple["Days", "Days"]:
    """Day each candidate of the chunk comes into use and leaves again, a row each, a column per future."""
    import numpy as np

    futures = len(draws.exits[Phase.IDEA])
    arrives, patience = _through_stages(chunk, draws, generator, changes, futures)
    candidates = [candidate for bringer in chunk for candidate in bringer.candidates]
    owner = np.repeat(np.arange(len(chunk)), [len(bringer.candidates) for bringer in chunk])
    arrival, given_up = arrives[owner], (patience < 0)[owner]
    left = _waits(generator, (len(candidates), futures))
    speed = np.stack([draws.departments[candidate.department] for candidate in candidates])
    for phase in ALONE:
        wait = _waits(generator, (len(candidates), futures)) / speed
        here = _waiting(phase, candidates, wait, arrival, draws, programme.today)
        passed = np.array([candidate.phase > phase for candidate in candidates])
        here[passed] = 0.0
        left -= here * draws.exits[phase]
        arrival = arrival + here
    slips = np.array([changes.slip_days if candidate.key in changes.slipping else 0 for candidate in candidates])
    arrival = arrival + slips[:, None]
    never = days + 1
    arrival[given_up | (left < 0)] = never
    begins = np.minimum(np.ceil(arrival), never).astype(np.int32)
    lasts = _waits(generator, (len(candidates), futures)) / np.maximum(draws.exits[Phase.IN_USE], NEVER)
    return begins, np.minimum(begins + np.ceil(lasts), never).astype(np.int32)


def _through_stages(
    chunk: Sequence[Bringer], draws: Draws, generator: "np.random.Generator", changes: Changes, futures: int
) -> tuple["Array", "Array"]:
    """Days until each project is past the gate, and what is left of its patience: below 0 it was given up."""
    import numpy as np

    shape = (len(chunk), futures)
    arrives, patience = np.zeros(shape, dtype=np.float32), _waits(generator, shape)
    speed = np.stack([draws.departments[bringer.department] for bringer in chunk])
    for phase in WITH_PROJECT:
        if all(bringer.phase > phase for bringer in chunk):
            continue
        here = _waits(generator, shape) / (draws.forward[Step(phase)] * speed)
        if phase is Phase.ASSESSED and changes.decisions_sooner:
            here = np.maximum(here - changes.decisions_sooner, 0.0)
        here[np.array([bringer.phase > phase for bringer in chunk])] = 0.0
        patience -= here * draws.exits[phase]
        arrives += here
    return arrives, patience


def _waiting(
    phase: Phase, candidates: Sequence[Candidate], wait: "Array", arrival: "Array", draws: Draws, today: date
) -> "Array":
    """Days at a phase past the gate. Up to its planned day a procedure goes at another rate than from that day on."""
    import numpy as np

    if phase is not Phase.READY:
        return wait / draws.forward[Step(phase)]
    planned = np.array([(candidate.planned_on - today).days if candidate.planned_on else 0 for candidate in candidates])
    unplanned = np.array([timing_on(today, candidate.planned_on) is Timing.NONE for candidate in candidates])
    ahead = np.maximum(planned[:, None] - arrival, 0.0)
    before, after, unknown = (draws.forward[Step(phase, timing)] for timing in Timing)
    used_up = ahead * before
    here = np.where(wait < used_up, wait / before, ahead + (wait - used_up) / after)
    here[unplanned] = wait[unplanned] / unknown
    return here


def _hold(programme: Programme, draws: Draws, generator: "np.random.Generator", steps: _Steps) -> None:
    """What is in use today, until it leaves or lapses; what lapsed before may come back."""
    import numpy as np

    never = steps.width
    if programme.in_use:
        shape = (len(programme.in_use), steps.futures)
        lasts = _waits(generator, shape) / np.maximum(draws.exits[Phase.IN_USE], NEVER)
        leaves = np.minimum(np.ceil(lasts), never).astype(np.int32)
        due = np.array([[(one.until - programme.today).days + 1] for one in programme.in_use], dtype=np.int32)
        _attest(np.zeros(shape, dtype=np.int32), leaves, due, programme, draws, generator, steps)
    if programme.lapsed and draws.returns is not None:
        shape = (len(programme.lapsed), steps.futures)
        back = np.minimum(np.ceil(_waits(generator, shape) / draws.returns), never).astype(np.int32)
        steps.add(back, np.full(shape, never, dtype=np.int32))


def _keep(
    begins: "Days", leaves: "Days", programme: Programme, draws: Draws, generator: "np.random.Generator", steps: _Steps
) -> None:
    period = round(programme.attestation_months * DAYS_A_MONTH)
    _attest(begins, leaves, begins + period, programme, draws, generator, steps)


def _attest(
    begins: "Days",
    leaves: "Days",
    due: "Days",
    programme: Programme,
    draws: Draws,
    generator: "np.random.Generator",
    steps: _Steps,
) -> None:
    """Count stretches in use: at each due day it is attested again or lapses, and comes back at the learned rate."""
    import numpy as np

    if draws.attests is None:
        steps.add(begins, leaves)
        return
    period, never = round(programme.attestation_months * DAYS_A_MONTH), steps.width
    since, due = begins, np.broadcast_to(due, begins.shape)
    while bool((np.minimum(due, leaves) < never).any()) and bool((due < leaves).any()):
        lapses = (due < leaves) & (generator.random(begins.shape) > draws.attests)
        if draws.returns is None:
            back = np.full(begins.shape, never, dtype=np.int32)
        else:
            gone = _waits(generator, begins.shape) / draws.returns
            back = np.minimum(due + np.ceil(gone), never).astype(np.int32)
        steps.add(np.where(lapses, since, never).astype(np.int32), np.where(lapses, due, never).astype(np.int32))
        since = np.where(lapses, back, since).astype(np.int32)
        due = np.where(lapses, back, due) + period
    steps.add(since.astype(np.int32), leaves)


def _waits(generator: "np.random.Generator", shape: tuple[int, ...]) -> Any:
    """Waits at rate 1. Single precision: a day is the unit, and a future is no measurement."""
    import numpy as np

    return generator.standard_exponential(shape, dtype=np.float32)
