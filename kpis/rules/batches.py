"""What becomes of a push as a whole, when some of its readings are refused (issue 5, point 4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpis.rules.intake import Arrival, Moment, Sorted, State
from kpis.rules.refusal import Refused
from kpis.rules.values import Measured

MOST_READINGS = 1_000
CONFLICT = "conflict"

STORED, WAITING, NOTHING_NEW = 201, 202, 200
NOT_OURS, NOT_READABLE, IMPOSSIBLE = 404, 400, 422
STATUSES = {
    "scope": NOT_OURS,
    "reading.shape": NOT_READABLE,
    "observed.offset": NOT_READABLE,
    "value.type": NOT_READABLE,
    "value.precision": NOT_READABLE,
}


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """One reading that is not taken: its place in the push, from 0, and why."""

    index: int
    code: str


@dataclass(frozen=True, slots=True)
class Batch:
    """The readings of a push that can be taken, and those that cannot."""

    arrivals: tuple[Arrival, ...]
    refused: tuple[RefusedItem, ...]


def judged(items: Sequence[Arrival | Refused]) -> Batch:
    """Each reading by itself. Two values for one period contradict each other: neither is taken."""
    told: dict[Moment, Measured] = {}
    contradicted: set[Moment] = set()
    for item in items:
        if isinstance(item, Arrival) and told.setdefault(item.moment, item.measured) != item.measured:
            contradicted.add(item.moment)
    arrivals, refused = [], []
    for index, item in enumerate(items):
        if isinstance(item, Refused):
            refused.append(RefusedItem(index, item.code))
        elif item.moment in contradicted:
            refused.append(RefusedItem(index, CONFLICT))
        else:
            arrivals.append(item)
    return Batch(tuple(arrivals), tuple(refused))


def refusal_status(code: str) -> int:
    """The answer to a push of which nothing is taken, by its first fault."""
    return STATUSES.get(code, IMPOSSIBLE)


def answer_status(stored: Sorted) -> int:
    """201 when something was verified, 202 when all that is new waits for a person, 200 when nothing is new."""
    if any(row.state is State.VERIFIED for row in stored.rows):
        return STORED
    return WAITING if stored.rows else NOTHING_NEW
