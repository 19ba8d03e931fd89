"""Whether a value is likely to be what it says: minutes sent as hours, a share as per cent, a slipped decimal point.

Nobody is told that a value is wrong; one that looks so waits for a person (TRUST T18). The measure is the last
verified value of the same series and cell: ten times it or more, or a tenth of it or less, is a jump. Zero has no
multiple, so neither a fall to zero nor a rise from it is one.
"""

from decimal import Decimal

TIMES = 10


def is_jump(value: Decimal | None, last: Decimal | None) -> bool:
    """Against the last verified value; without one, or without a value, nothing can be said."""
    if not value or not last:
        return False
    larger, smaller = max(abs(value), abs(last)), min(abs(value), abs(last))
    return larger >= TIMES * smaller
