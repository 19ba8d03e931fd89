"""How fast each step goes and how often one is given up, with what is not known about it (DESIGN 7).

Rates are per day. A step's rate is gamma: its own moves over its own days. Until a step has `ENOUGH` moves of its
own, the reference rate stands beside them, worth `WEIGHT` moves; from then on only its own count. Departments share
one factor each on all steps, partially pooled by empirical Bayes (gamma-Poisson): factors have mean 1, their spread
is judged by the marginal likelihood of what all departments did, and a department with little history is drawn
close to the average. Every future draws its own rates and factors, so that the band contains what is not known
about them, and the procedures of one department are slow or fast together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp, lgamma, log
from typing import TYPE_CHECKING, Any, TypeAlias

from dashboards.rules.phases import RETURN, STEPS, TO_USE, History, Phase, Step

if TYPE_CHECKING:
    import numpy as np

    Array: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
    Generator: TypeAlias = np.random.Generator

WEIGHT = 3.0  # moves that the reference is worth
ENOUGH = 10  # own moves with which a step needs no reference
LEAST_MOVES = 20  # own moves of all steps without which, and without a reference, nothing is said
SPREADS = (1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0, 55.0, 144.0)  # shapes of the departments' gamma
JEFFREYS = 0.5
NEVER = 1e-9  # a rate a day at which nothing happens within any horizon
LEAVING = (*TO_USE, Phase.IN_USE)  # phases that a procedure can leave for good


class Basis(StrEnum):
    """What the rates rest on."""

    OWN = "own"
    BOTH = "both"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Reference:
    """Rates from outside: moves a day and exits a day by phase."""

    forward: Mapping[Phase, float]
    exits: Mapping[Phase, float]


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of a rate before its own history: as if `moves` had been seen in `days`."""

    moves: float
    days: float


@dataclass(frozen=True, slots=True)
class Draws:
    """The rates of every future: arrays with one value for each."""

    forward: Mapping[Step, "Array"]
    exits: Mapping[Phase, "Array"]
    departments: Mapping[int, "Array"]
    attests: "Array | None"  # chance of being attested in time; None: nothing is known, nothing lapses
    returns: "Array | None"  # rate of coming back after a lapse


@dataclass(frozen=True, slots=True)
class StepRate:
    """One step for the table: own moves and days, and the days it takes on average as learned and by reference."""

    step: Step
    moves: int
    days: int
    learned_days: float
    reference_days: float | None
    uses_reference: bool


@dataclass(frozen=True, slots=True)
class Rates:
    """What was learned, ready to be drawn from."""

    history: History
    reference: Reference | None
    forward: Mapping[Step, Prior]
    exits: Mapping[Phase, Prior]

    @property
    def basis(self) -> Basis:
        if not any(row.uses_reference for row in self.table()):
            return Basis.OWN
        return Basis.BOTH if self.history.all_moves else Basis.REFERENCE

    def middle(self, step: Step) -> float:
        """The rate as learned, a day."""
        prior, (moves, days) = self.forward[step], self.history.at(step)
        return max(NEVER, (prior.moves + moves) / max(1.0, prior.days + days))

    def table(self) -> list[StepRate]:
        """Each step with its figures, in the order of the way."""
        return [
            StepRate(
                step,
                *self.history.at(step),
                1 / self.middle(step),
                1 / self.reference.forward[step.phase] if self.reference else None,
                self.reference is not None and self.history.at(step)[0] < ENOUGH,
            )
            for step in STEPS
        ]

    def expected(self) -> dict[int, tuple[int, float]]:
        """Of each department: moves it made, and moves that the average department would have made in its days."""
        made: dict[int, tuple[int, float]] = {}
        middle = {step: self.middle(step) for step in STEPS}
        for pace in {*self.history.moves, *self.history.days}:
            if pace.step in middle:
                moves, expected = made.get(pace.department, (0, 0.0))
                would = self.history.days[pace] * middle[pace.step]
                made[pace.department] = (moves + self.history.moves[pace], expected + would)
        return {department: (max(0, moves), expected) for department, (moves, expected) in made.items()}

    def spread(self) -> list[float]:
        """How likely each of `SPREADS` is, by the marginal (negative binomial) likelihood of all departments."""
        told = list(self.expected().values())
        logs = [sum(_marginal(shape, moves, expected) for moves, expected in told) for shape in SPREADS]
        weights = [exp(one - max(logs)) for one in logs]
        return [weight / sum(weights) for weight in weights]

    def pooled(self) -> dict[int, float]:
        """Each department's factor, shrunk to the average: below 1 is slower."""
        chances = self.spread()
        return {
            department: sum(
                chance * (shape + moves) / (shape + expected) for chance, shape in zip(chances, SPREADS, strict=True)
            )
            for department, (moves, expected) in self.expected().items()
        }

    def draw(self, generator: "Generator", futures: int, departments: Iterable[int]) -> Draws:
        """Rates of so many futures. Factors first, then the steps given the factors, so that both stay consistent."""
        import numpy as np  # loaded when a forecast is first asked for

        shape = np.asarray(SPREADS)[generator.choice(len(SPREADS), futures, p=self.spread())]
        told = self.expected()
        factors = {}
        for department in sorted({*departments, *told}):
            moves, expected = told.get(department, (0, 0.0))
            factors[department] = generator.standard_gamma(shape + moves) / (shape + expected)
        forward = {}
        for step in STEPS:
            exposed = np.full(futures, max(self.forward[step].days, 1.0))
            for pace, spent in self.history.days.items():
                if pace.step == step:
                    exposed += spent * factors[pace.department]
            moved = self.forward[step].moves + self.history.at(step)[0]
            forward[step] = np.maximum(generator.standard_gamma(moved, futures) / exposed, NEVER)
        exits = {phase: self._draw_exits(generator, phase, futures) for phase in LEAVING}
        return Draws(forward, exits, factors, *self._draw_attesting(generator, futures))

    def _draw_exits(self, generator: "Generator", phase: Phase, futures: int) -> "Array":
        prior = self.exits[phase]
        days = max(1.0, prior.days + self.history.days_at(phase))
        return generator.standard_gamma(prior.moves + self.history.exits[phase], futures) / days

    def _draw_attesting(self, generator: "Generator", futures: int) -> tuple["Array | None", "Array | None"]:
        """Jeffreys' prior on being attested in time, and on the rate of coming back after a lapse."""
        if not self.history.attested + self.history.lapsed:
            return None, None
        attests = generator.beta(JEFFREYS + self.history.attested, JEFFREYS + self.history.lapsed, futures)
        moves, days = self.history.at(RETURN)
        returns = generator.standard_gamma(JEFFREYS + moves, futures) / days if days else None
        return attests, returns


def learned(history: History, reference: Reference | None) -> Rates | None:
    """The rates of a programme; None when there is neither a reference nor enough history of its own."""
    if reference is None and history.all_moves < LEAST_MOVES:
        return None
    average = history.all_moves / max(1, sum(history.at(step)[1] for step in STEPS))
    forward = {
        step: _prior(history.at(step)[0], reference.forward[step.phase] if reference else average) for step in STEPS
    }
    days = sum(history.days_at(phase) for phase in LEAVING)
    given_up = (sum(history.exits[phase] for phase in LEAVING) + JEFFREYS) / max(1, days)
    exits = {
        phase: _prior(history.exits[phase], reference.exits[phase] if reference else given_up) for phase in LEAVING
    }
    return Rates(history, reference, forward, exits)


def _prior(moves: int, rate: float) -> Prior:
    """With enough moves of its own, none but Jeffreys'; before, as if `WEIGHT` moves had been seen at the rate."""
    return Prior(JEFFREYS, 0.0) if moves >= ENOUGH else Prior(WEIGHT, WEIGHT / max(rate, NEVER))


def _marginal(shape: float, moves: int, expected: float) -> float:
    """Log likelihood of a department's moves when its factor is gamma with this shape and mean 1."""
    return lgamma(shape + moves) - lgamma(shape) + shape * log(shape) - (shape + moves) * log(shape + expected)
