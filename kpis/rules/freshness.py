"""How far a KPI's readings have come, against the periods that are over."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kpis.rules import periods
from kpis.rules.periods import Frequency, YearKind

# Days after the end of a period in which its reading is not late yet.
GRACE = {
    Frequency.DAILY: 2,
    Frequency.WEEKLY: 4,
    Frequency.MONTHLY: 15,
    Frequency.QUARTERLY: 30,
    Frequency.YEARLY: 60,
}


class Freshness(StrEnum):
    FRESH = "fresh"
    LATE = "late"  # one period's reading is overdue
    STALE = "stale"  # two or more are
    UNMOVED = "unmoved"  # readings come, and they are always the same
    NONE = "none"  # never had a reading, and one is due
    NOT_DUE = "not_due"  # never had one, and none is due yet


ARRIVED = (Freshness.FRESH, Freshness.UNMOVED)  # the reading that is due is there, whatever it says
TOO_OLD = (Freshness.STALE, Freshness.UNMOVED)  # to say what colour a KPI has


def freshness(
    latest: date | None,
    *,
    starts_on: date,
    frequency: Frequency | str,
    year_kind: YearKind | str,
    today: date,
    is_unmoved: bool = False,
) -> Freshness:
    """Judged by the periods that are over for longer than the grace days and still have no reading."""
    days = overdue_from(latest, starts_on=starts_on, frequency=frequency, year_kind=year_kind)
    overdue = sum(day <= today for day in days)
    if latest is None:
        return Freshness.NONE if overdue else Freshness.NOT_DUE
    if is_unmoved and not overdue:
        return Freshness.UNMOVED
    return (Freshness.FRESH, Freshness.LATE, Freshness.STALE)[overdue]


def overdue_from(
    latest: date | None, *, starts_on: date, frequency: Frequency | str, year_kind: YearKind | str
) -> tuple[date, date]:
    """The days on which one reading and two readings after that of period `latest` are overdue, if none comes."""
    first = periods.start_of(starts_on, frequency, year_kind)
    missing = periods.next_start(latest, frequency) if latest else first
    grace = timedelta(days=GRACE[Frequency(frequency)])
    over = periods.next_start(missing, frequency)
    return over + grace, periods.next_start(over, frequency) + grace


def is_late(recorded_on: date, start: date, frequency: Frequency | str) -> bool:
    """Whether a reading came after the grace days of its period."""
    return recorded_on > periods.last_day(start, frequency) + timedelta(days=GRACE[Frequency(frequency)])


@dataclass(frozen=True, slots=True)
class Coverage:
    """Periods with a verified reading, of those that are over; and the first days of those without."""

    have: int
    due: int
    missing: tuple[date, ...] = ()

    @property
    def counts(self) -> tuple[int, int]:
        return self.have, self.due


def coverage(
    have: set[date], *, starts_on: date, frequency: Frequency | str, year_kind: YearKind | str, today: date
) -> Coverage:
    over = list(periods.ended_between(starts_on, today, frequency, year_kind))
    missing = tuple(start for start in over if start not in have)
    return Coverage(len(over) - len(missing), len(over), missing)
