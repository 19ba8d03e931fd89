"""Timing two callables in turn, so that a machine whose speed wanders slows both alike."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
import time

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians in milliseconds of one comparison, and the ratio the goal speaks of."""

    row: str
    size: int
    floor_ms: float
    ours_ms: float
    goal: float

    @property
    def ratio(self) -> float:
        return self.ours_ms / self.floor_ms

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.goal


def compare(row: str, *, size: int, floor: Work, ours: Work, goal: float, rounds: int = 15) -> Figure:
    """Run floor and ours in turn `rounds` times after one warm-up each; medians of both."""
    floor()
    ours()
    taken: dict[str, list[float]] = {"floor": [], "ours": []}
    for _ in range(rounds):
        taken["floor"].append(_milliseconds(floor))
        taken["ours"].append(_milliseconds(ours))
    return Figure(row, size, median(taken["floor"]), median(taken["ours"]), goal)


def _milliseconds(work: Work) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1_000
