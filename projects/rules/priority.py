"""How much a project matters to the public, as a score out of 100 with its working (FEATURES A5). No Django.

Three stated facts, each with its weight. When one of them is not stated there is no score: nothing is
worked out as if "not stated" were "no".
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

FACING_WEIGHT = 40
VISIBILITY_POINTS = {"high": 25, "medium": 12, "low": 0}
# Cases a year, from this many on; the first band that holds gives the points.
VOLUME_POINTS = ((1_000_000, 35), (100_000, 28), (10_000, 18), (1_000, 8), (0, 0))
HIGHEST = FACING_WEIGHT + VOLUME_POINTS[0][1] + VISIBILITY_POINTS["high"]

PartName = Literal["is_public_facing", "yearly_volume", "visibility"]


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the working; `points` is None while the fact is not stated."""

    name: PartName
    points: int | None
    most: int
    volume_from: int | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    """The score, and how it came about."""

    parts: tuple[Part, ...]

    @property
    def score(self) -> int | None:
        points = [part.points for part in self.parts]
        return None if None in points else sum(point for point in points if point is not None)

    @property
    def not_stated(self) -> tuple[PartName, ...]:
        return tuple(part.name for part in self.parts if part.points is None)


@lru_cache(maxsize=4096)
def priority(*, is_public_facing: bool | None, yearly_volume: int | None, visibility: str) -> Priority:
    facing = None if is_public_facing is None else FACING_WEIGHT * is_public_facing
    band = None if yearly_volume is None else next(band for band in VOLUME_POINTS if yearly_volume >= band[0])
    return Priority(
        (
            Part("is_public_facing", facing, FACING_WEIGHT),
            Part("yearly_volume", band and band[1], VOLUME_POINTS[0][1], volume_from=band and band[0]),
            Part("visibility", VISIBILITY_POINTS.get(visibility), VISIBILITY_POINTS["high"]),
        )
    )
