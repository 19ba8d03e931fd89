"""What makes two departments comparable, and what does not. Plain values in and out, no database.

Departments differ in size and in how far their projects are, so a bare rate says little. Each rate comes with the
range its true value lies in 19 times of 20 (Wilson's interval), and with the reasons not to compare it, in words.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

SURE = 1.96  # 19 times of 20
FEW = 5  # procedures due: below it one procedure moves the rate by more than 20 points
SMALL, LARGE = 5, 10  # registered procedures: below the first small, from the second on large


class Size(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Caveat(StrEnum):
    NONE_DUE = "none_due"
    FEW_DUE = "few_due"
    EARLY = "early"
    NO_SHARE = "no_share"


@dataclass(frozen=True, slots=True)
class Rate:
    """`part` of `whole`, as a share and the range around it."""

    part: int
    whole: int
    share: float
    low: float
    high: float


def size_of(procedures: int) -> Size:
    """Departments are compared within their size only."""
    if procedures < SMALL:
        return Size.SMALL
    return Size.LARGE if procedures >= LARGE else Size.MEDIUM


def rate(part: int, whole: int) -> Rate | None:
    """None where there is nothing to take a share of: not the same as a share of zero."""
    if whole == 0:
        return None
    share, square = part / whole, SURE**2
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    around = SURE * sqrt(share * (1 - share) / whole + square / (4 * whole**2)) / (1 + square / whole)
    return Rate(part, whole, share, max(0.0, middle - around), min(1.0, middle + around))


def caveats(*, due: int, early: int, projects: int, has_share: bool) -> list[Caveat]:
    """Why a rate says less than it seems to: `early` of `projects` are not in pilot yet."""
    found = []
    if due == 0:
        found.append(Caveat.NONE_DUE)
    elif due < FEW:
        found.append(Caveat.FEW_DUE)
    if projects and early * 2 > projects:
        found.append(Caveat.EARLY)
    if not has_share:
        found.append(Caveat.NO_SHARE)
    return found
