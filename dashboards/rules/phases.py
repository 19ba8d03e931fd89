"""Where a procedure stands on its way into use, and how long each step has taken: what the forecast learns from.

The first four phases are the stages of the project that brings a procedure; the project's procedures go through
them together. Past the go-live gate each procedure goes on alone: claimed, then in use once verified. Days are
those on which the system learned of a move. Plain values, no Django.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum


class Phase(IntEnum):
    """One step of the way; reaching the next one is a move."""

    IDEA = 0  # also a project whose stage is not stated
    ASSESSED = 1
    APPROVED = 2
    PILOT = 3
    READY = 4  # past the go-live gate, not claimed
    CLAIMED = 5  # claimed, and something still missing
    IN_USE = 6
    LAPSED = 7  # was in use, not attested again in time


OF_STAGE = {
    "": Phase.IDEA,
    "idea": Phase.IDEA,
    "assessed": Phase.ASSESSED,
    "approved": Phase.APPROVED,
    "pilot": Phase.PILOT,
    "roll_out": Phase.READY,
    "live": Phase.READY,
}
WITH_PROJECT = (Phase.IDEA, Phase.ASSESSED, Phase.APPROVED, Phase.PILOT)
ALONE = (Phase.READY, Phase.CLAIMED)
TO_USE = (*WITH_PROJECT, *ALONE)


class Timing(StrEnum):
    """What the plan says of a procedure past the gate: its planned day lies ahead, has come, or there is none."""

    AHEAD = "ahead"
    DUE = "due"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Stay:
    """From `first` on at a phase, until the next stay begins."""

    phase: Phase
    first: date


@dataclass(frozen=True, slots=True)
class Step:
    """The move out of a phase, which has a rate of its own; out of "ready" it has one by what the plan says."""

    phase: Phase
    timing: Timing = Timing.NONE


STEPS = (
    *(Step(phase) for phase in WITH_PROJECT),
    *(Step(Phase.READY, timing) for timing in Timing),
    Step(Phase.CLAIMED),
)
RETURN = Step(Phase.LAPSED)


@dataclass(frozen=True, slots=True)
class Pace:
    """One department at one step."""

    department: int
    step: Step


@dataclass(slots=True)
class History:
    """Moves, days and exits by phase. A move back undoes the moves it takes back; a leap makes every move it passes."""

    moves: Counter[Pace] = field(default_factory=Counter)
    days: Counter[Pace] = field(default_factory=Counter)
    exits: Counter[Phase] = field(default_factory=Counter)
    attested: int = 0  # attested again in time
    lapsed: int = 0

    def at(self, step: "Step") -> tuple[int, int]:
        """Net moves that took a step and days spent before it, over all departments."""
        moves = sum(count for pace, count in self.moves.items() if pace.step == step)
        return max(0, moves), sum(days for pace, days in self.days.items() if pace.step == step)

    def days_at(self, phase: Phase) -> int:
        return sum(days for pace, days in self.days.items() if pace.step.phase is phase)

    @property
    def all_moves(self) -> int:
        return sum(self.at(step)[0] for step in STEPS)

    def add_course(
        self,
        stays: Sequence[Stay],
        *,
        department: int,
        today: date,
        left_on: date | None = None,
        planned_on: date | None = None,
    ) -> None:
        """Add what one project or procedure went through, oldest stay first. `left_on` ends it as an exit."""
        if not stays:
            return
        end = min(left_on or today, today)
        for stay, then in zip(stays, [*stays[1:], None], strict=True):
            until = min(then.first if then else end, end)
            self._add_days(stay, until, department, planned_on)
            if then and then.first <= end:
                self._add_moves(stay.phase, then, department, planned_on)
        if left_on and left_on <= today:
            self.exits[stays[-1].phase] += 1

    def _add_days(self, stay: Stay, until: date, department: int, planned_on: date | None) -> None:
        if stay.phase is not Phase.READY or planned_on is None:
            self.days[Pace(department, Step(stay.phase))] += max(0, (until - stay.first).days)
            return
        turn = min(max(planned_on, stay.first), until)
        self.days[Pace(department, Step(stay.phase, Timing.AHEAD))] += max(0, (turn - stay.first).days)
        self.days[Pace(department, Step(stay.phase, Timing.DUE))] += max(0, (until - turn).days)

    def _add_moves(self, before: Phase, then: Stay, department: int, planned_on: date | None) -> None:
        low, high, sign = (before, then.phase, 1) if before < then.phase else (then.phase, before, -1)
        if Phase.LAPSED in (before, then.phase):
            self._add_lapse(before, then.phase, department)
            return
        for crossed in range(low, min(high, Phase.IN_USE)):
            phase = Phase(crossed)
            timing = timing_on(then.first, planned_on) if phase is Phase.READY else Timing.NONE
            self.moves[Pace(department, Step(phase, timing))] += sign

    def _add_lapse(self, before: Phase, then: Phase, department: int) -> None:
        if then is Phase.LAPSED:
            self.lapsed += 1
        elif then is Phase.IN_USE:
            self.moves[Pace(department, RETURN)] += 1


def timing_on(day: date, planned_on: date | None) -> Timing:
    if planned_on is None:
        return Timing.NONE
    return Timing.AHEAD if day < planned_on else Timing.DUE
