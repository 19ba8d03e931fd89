"""The period a report is about, written as people write it: `2026-10`, `2026-Q4`, `2026-27`, `2026-11-22`."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
import re

FIRST_YEAR, LAST_YEAR = 2000, 2098
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)
QUARTER = re.compile(r"([0-9]{4})-Q([1-4])", re.ASCII)
YEAR = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)


class Kind(StrEnum):
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial_year"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included."""

    kind: Kind
    first: date
    last: date

    @property
    def written(self) -> str:
        if self.kind is Kind.DAY:
            return self.last.isoformat()
        if self.kind is Kind.MONTH:
            return f"{self.first:%Y-%m}"
        if self.kind is Kind.QUARTER:
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return f"{self.first.year}-{(self.first.year + 1) % 100:02d}"


class Unreadable(ValueError):
    """The text names no period of this kind."""


def read(written: str, kind: Kind) -> Period:
    """The period that a text names. Quarters are those of the calendar, a financial year begins on 1 April."""
    pattern = {Kind.DAY: DAY, Kind.MONTH: MONTH, Kind.QUARTER: QUARTER, Kind.FINANCIAL_YEAR: YEAR}[kind]
    found = pattern.fullmatch(written.strip())
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise Unreadable(written)
    year, parts = int(found[1]), [int(part) for part in found.groups()[1:]]
    try:
        return _period(kind, year, parts)
    except ValueError as error:
        raise Unreadable(written) from error


def _period(kind: Kind, year: int, parts: list[int]) -> Period:
    if kind is Kind.DAY:
        day = date(year, *parts)
        return Period(kind, day, day)
    if kind is Kind.MONTH:
        return Period(kind, date(year, parts[0], 1), _month_end(year, parts[0]))
    if kind is Kind.QUARTER:
        return Period(kind, date(year, parts[0] * 3 - 2, 1), _month_end(year, parts[0] * 3))
    if parts[0] != (year + 1) % 100:
        raise ValueError("a financial year ends in the next calendar year")
    return Period(kind, date(year, 4, 1), date(year + 1, 3, 31))


def last_over(kind: Kind, today: date) -> Period:
    """The newest period that is over on a day; of days, the day itself."""
    if kind is Kind.DAY:
        return Period(kind, today, today)
    if kind is Kind.MONTH:
        end = today.replace(day=1) - timedelta(days=1)
        return Period(kind, end.replace(day=1), end)
    if kind is Kind.QUARTER:
        end = date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
        return Period(kind, date(end.year, end.month - 2, 1), end)
    began = today.year if today >= date(today.year, 4, 1) else today.year - 1
    return Period(kind, date(began - 1, 4, 1), date(began, 3, 31))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
