"""Which target a reading is held against, and targets given for a run of periods."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from kpis.rules import periods
from kpis.rules.refusal import Refused

MOST_AT_ONCE = 120  # ten years of months


class Dated(Protocol):
    @property
    def due_on(self) -> date: ...


T = TypeVar("T", bound=Dated)


def target_of(last_day: date, targets: Sequence[T]) -> T | None:
    """The first target due on or after a period's last day, of targets by due day; None after the last of them."""
    return next((target for target in targets if target.due_on >= last_day), None)


def in_force(targets: Sequence[T], today: date) -> T | None:
    """What a KPI works towards on a day, of targets by due day: the next one, else the last."""
    return target_of(today, targets) or (targets[-1] if targets else None)


def by_due_day(targets: Iterable[tuple[str, Decimal]], *, frequency: str, year_kind: str) -> dict[date, Decimal]:
    """Targets of periods by the last day of each. A period is written as for readings, and once.

    Raises `Refused` with the place, from 1, of the first that cannot be taken.
    """
    found: dict[date, Decimal] = {}
    for place, (period, value) in enumerate(targets, start=1):
        start = periods.named(period, frequency, year_kind)
        if start is None:
            raise Refused("period.format", str(place))
        due_on = periods.last_day(start, frequency)
        if due_on in found:
            raise Refused("target.twice", str(place))
        found[due_on] = value
    if not found or len(found) > MOST_AT_ONCE:
        raise Refused("target.count")
    return found
