"""Timing two callables in turn, so that a machine whose speed wanders slows both alike."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
import time

Work = Callable[[], object]

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians of one comparison, in milliseconds unless the unit is another, and the ratio the goal speaks of."""

    row: str
    size: int
    floor_ms: float
    ours_ms: float
    goal: float | None  # None where SPEED names no goal for this size
    queries: int = 0  # of one answer of ours; 0 where that is not the question
    note: str = ""
    holds: bool = True  # whether what the note tells is within its own goal
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours_ms / self.floor_ms

    @property
    def is_met(self) -> bool:
        return (self.goal is None or self.ratio <= self.goal) and self.holds


def medians(floor: Work, ours: Work, *, rounds: int, seconds: float) -> tuple[float, float]:
    """Run floor and ours in turn after a warm-up of three each, until `rounds` or `seconds` are used up."""
    for _ in range(3):
        floor()
        ours()
    taken: dict[str, list[float]] = {"floor": [], "ours": []}
    until = time.monotonic() + seconds
    while len(taken["ours"]) < rounds and (time.monotonic() < until or len(taken["ours"]) < FEWEST):
        taken["floor"].append(milliseconds(floor))
        taken["ours"].append(milliseconds(ours))
    return median(taken["floor"]), median(taken["ours"])


def milliseconds(work: Work) -> float:
    """What one run took."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1_000
