"""How grave a risk or an issue is: likelihood times impact, each from 1 to 5."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LEVELS = (1, 2, 3, 4, 5)
CERTAIN = 5


class Band(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


# From this score on, highest first.
STARTS = ((20, Band.VERY_HIGH), (12, Band.HIGH), (5, Band.MEDIUM), (1, Band.LOW))


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the matrix and how many open risks lie in it."""

    likelihood: int
    impact: int
    score: int
    band: Band
    count: int


def score(likelihood: int | None, impact: int) -> int:
    """1 to 25. An issue has no likelihood: it has happened, so it is certain."""
    return (likelihood or CERTAIN) * impact


def band(points: int) -> Band:
    return next(name for start, name in STARTS if points >= start)


def matrix(risks: Iterable[tuple[int, int]]) -> list[list[Cell]]:
    """Five rows from the likeliest down, five columns from the least impact up; `risks` are (likelihood, impact)."""
    counted = Counter(risks)
    return [
        [
            Cell(likelihood, impact, points := score(likelihood, impact), band(points), counted[likelihood, impact])
            for impact in LEVELS
        ]
        for likelihood in reversed(LEVELS)
    ]
