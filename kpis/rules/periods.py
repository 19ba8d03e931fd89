"""Reporting periods: where one starts and ends for each rhythm, by calendar or financial year (from 1 April).

A period is named by its first day. Weeks start on Monday. Quarters of both kinds of year start together.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
import re


class Frequency(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class YearKind(StrEnum):
    CALENDAR = "calendar"
    FINANCIAL = "financial"


MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}
DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]", re.ASCII)
MONTH = re.compile(r"[12][0-9]{3}-[01][0-9]", re.ASCII)


def start_of(day: date, frequency: Frequency | str, year_kind: YearKind | str = YearKind.CALENDAR) -> date:
    """First day of the period that holds `day`."""
    frequency = Frequency(frequency)
    if frequency is Frequency.DAILY:
        return day
    if frequency is Frequency.WEEKLY:
        return day - timedelta(days=day.weekday())
    first_month = 4 if year_kind == YearKind.FINANCIAL else 1
    behind = (day.month - first_month) % MONTHS[frequency]
    return _add_months(day.replace(day=1), -behind)


def next_start(start: date, frequency: Frequency | str) -> date:
    """First day of the period after the one that starts on `start`."""
    frequency = Frequency(frequency)
    if frequency is Frequency.DAILY:
        return start + timedelta(days=1)
    if frequency is Frequency.WEEKLY:
        return start + timedelta(days=7)
    return _add_months(start, MONTHS[frequency])


def number(start: date, frequency: Frequency | str) -> int:
    """Counts periods: of two that follow each other the second has the next number."""
    frequency = Frequency(frequency)
    if frequency in MONTHS:
        return (start.year * 12 + start.month - 1) // MONTHS[frequency]
    return start.toordinal() if frequency is Frequency.DAILY else start.toordinal() // 7


def last_day(start: date, frequency: Frequency | str) -> date:
    return next_start(start, frequency) - timedelta(days=1)


def has_ended(start: date, frequency: Frequency | str, *, today: date) -> bool:
    """Whether the whole period is over at the beginning of `today`."""
    return next_start(start, frequency) <= today


def ended_between(
    first: date, today: date, frequency: Frequency | str, year_kind: YearKind | str = YearKind.CALENDAR
) -> Iterator[date]:
    """Starts of all periods from the one that holds `first` on that are over at the beginning of `today`."""
    start = start_of(first, frequency, year_kind)
    while has_ended(start, frequency, today=today):
        yield start
        start = next_start(start, frequency)


def how_many_ended(
    first: date, today: date, frequency: Frequency | str, year_kind: YearKind | str = YearKind.CALENDAR
) -> int:
    """How many periods `ended_between` names, without naming them."""
    began = (number(start_of(day, frequency, year_kind), frequency) for day in (today, first))
    return max(0, next(began) - next(began))


def named(text: str, frequency: Frequency | str, year_kind: YearKind | str = YearKind.CALENDAR) -> date | None:
    """The start of the period a source names as `YYYY-MM-DD`, or `YYYY-MM` from months on; None if it names none.

    The first day of the period is its only name: a month is not `2026-01-15`.
    """
    if MONTH.fullmatch(text) and Frequency(frequency) in MONTHS:
        text += "-01"
    if not DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if start_of(day, frequency, year_kind) == day else None


def label(start: date, frequency: Frequency | str, year_kind: YearKind | str = YearKind.CALENDAR) -> str:
    """The shortest name without words, equal in every language: 2026-01-31, 2026-01, 2026-Q1, 2026 or 2026-27."""
    frequency = Frequency(frequency)
    if frequency in {Frequency.DAILY, Frequency.WEEKLY}:
        return start.isoformat()
    if frequency is Frequency.MONTHLY:
        return f"{start:%Y-%m}"
    if frequency is Frequency.QUARTERLY:
        return f"{start.year}-Q{(start.month - 1) // 3 + 1}"
    return f"{start.year}-{(start.year + 1) % 100:02d}" if year_kind == YearKind.FINANCIAL else str(start.year)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it is shorter."""
    first = _add_months(day.replace(day=1), months)
    return min(first + timedelta(days=day.day - 1), _add_months(first, 1) - timedelta(days=1))


def _add_months(first_of_month: date, months: int) -> date:
    count = first_of_month.year * 12 + first_of_month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
