"""What the verified history of a series makes likely, and whether its values have stopped moving (TRUST T18, CO-09).

Likely is the range of the last 36 verified values, widened at both ends by three robust deviations: the median
absolute deviation times 1.4826, which estimates a standard deviation and which single strays hardly move (Iglewicz and
Hoaglin, How to Detect and Handle Outliers, ASQC 1993). The range itself keeps what a season does every year; what a
person verified is part of the next range, so that a real change is asked about once. Under twelve values nothing is
said.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, takewhile
from statistics import median

from kpis.rules.values import Bounds

LOOKED_AT = 36
FEWEST = 12
WIDENED_BY = 3
CONSISTENT = Decimal("1.4826")
SAME_MANY = 5


def likely(values: Sequence[Decimal]) -> Bounds:
    """The range in which the next value is believed, from the verified ones, oldest first. Open where nothing is said.

    A series that never moved says nothing either: its first movement is no stray.
    """
    recent = values[-LOOKED_AT:]
    middle = median(recent) if recent else Decimal(0)
    deviation = CONSISTENT * median(abs(value - middle) for value in recent) if recent else Decimal(0)
    if len(recent) < FEWEST or not deviation:
        return Bounds()
    return Bounds(min(recent) - WIDENED_BY * deviation, max(recent) + WIDENED_BY * deviation)


def unmoved(values: Sequence[Decimal]) -> int:
    """How many of the last values are the same, where that is strange: five or more, after changes every other time."""
    if not values:
        return 0
    same = sum(1 for _value in takewhile(lambda value: value == values[-1], reversed(values)))
    earlier = values[:-same][-LOOKED_AT:]
    changes = sum(one != other for one, other in pairwise(earlier))
    used_to_move = len(earlier) >= SAME_MANY and 2 * changes >= len(earlier)
    return same if same >= SAME_MANY and used_to_move else 0
