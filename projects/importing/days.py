"""Dates as registers write them. Never a day that the cell does not state, never more exact than it states."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
import re

from django.utils.translation import gettext_lazy as _

from core.days import FIRST_DAY, LAST_DAY, parse_day
from core.errors import InvalidInput, Text
from projects.models import Precision

ISO, DAY_FIRST, MONTH_FIRST = "iso", "dmy", "mdy"
ORDERS: dict[str, Text] = {
    ISO: _("year-month-day (2026-11-22)"),
    DAY_FIRST: _("day first (22/11/2026)"),
    MONTH_FIRST: _("month first (11/22/2026)"),
}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
TIME = r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
SPREADSHEET_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A date as a source states it: the first day of the stated period, and how long that period is."""

    first: date | None
    precision: Precision
    note: str = ""


NOT_SAID = StatedDay(None, Precision.NOT_STATED)


def stated_day(text: str, *, order: str = ISO) -> StatedDay:
    """A year, a month or a day, in the order of numbers that the person declared; empty is not stated.

    Two kinds of damage by spreadsheets are known. A bare year that became a day of 1905 is read back as
    that year, since no record here is of 1905 and the day's serial number is the year. `22-Jul` may have been
    a day or the month of a year: it is refused (`date.damaged`). What cannot be read is `date.format`.
    """
    written = " ".join(text.split())
    if not written:
        return NOT_SAID
    for pattern, read in FORMS:
        if found := pattern.fullmatch(written):
            return read(found)
    if found := SLASHED.fullmatch(written):
        return _slashed(found, order)
    if DAMAGED.fullmatch(written):
        message = _("A spreadsheet turned this into a day without a year; what it was cannot be told.")
        raise InvalidInput("date.damaged", message)
    raise _unreadable()


def _year(found: re.Match[str]) -> StatedDay:
    return StatedDay(parse_day(f"{found[1]}-01-01"), Precision.YEAR)


def _month(found: re.Match[str]) -> StatedDay:
    return StatedDay(parse_day(f"{found['y']}-{int(found['m']):02d}-01"), Precision.MONTH)


def _named_month(found: re.Match[str]) -> StatedDay:
    year = found["y"] if len(found["y"]) == 4 else f"20{found['y']}"
    return StatedDay(parse_day(f"{year}-{MONTHS[found['n'].lower()]:02d}-01"), Precision.MONTH)


def _named_day(found: re.Match[str]) -> StatedDay:
    return _day(found["y"], MONTHS[found["n"].lower()], int(found["d"]))


def _iso_day(found: re.Match[str]) -> StatedDay:
    return _day(found["y"], int(found["m"]), int(found["d"]))


def _slashed(found: re.Match[str], order: str) -> StatedDay:
    if order == ISO:
        raise _unreadable()
    first, second = int(found["a"]), int(found["b"])
    month, day = (first, second) if order == MONTH_FIRST else (second, first)
    return _day(found["y"], month, day)


def _day(year: str, month: int, day: int) -> StatedDay:
    written = f"{year}-{month:02d}-{day:02d}"
    if year == "1905" and (found := _year_in_disguise(written)):
        return StatedDay(date(found, 1, 1), Precision.YEAR, note="date.repaired")
    return StatedDay(parse_day(written), Precision.DAY)


def _year_in_disguise(written: str) -> int | None:
    """The year whose number a spreadsheet shows as this day of 1905."""
    try:
        year = (date.fromisoformat(written) - SPREADSHEET_EPOCH) // timedelta(days=1)
    except ValueError:
        return None
    return year if FIRST_DAY.year <= year <= LAST_DAY.year else None


def _unreadable() -> InvalidInput:
    return InvalidInput("date.format", _("Write the date as year-month-day, for example 2026-11-22."))


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], StatedDay]], ...] = (
    (_form(r"([0-9]{4})"), _year),
    (_form(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})"), _month),
    (_form(r"(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})"), _month),
    (_form(rf"(?P<y>[0-9]{{4}})-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}}){TIME}"), _iso_day),
    (_form(rf"(?P<n>{NAME})[ -](?P<y>[0-9]{{4}})"), _named_month),
    (_form(rf"(?P<n>{NAME})-(?P<y>[0-9]{{2}})"), _named_month),
    (_form(rf"(?P<d>[0-9]{{1,2}})[ -](?P<n>{NAME})[ -](?P<y>[0-9]{{4}})"), _named_day),
    (_form(rf"(?P<n>{NAME}) (?P<d>[0-9]{{1,2}}), (?P<y>[0-9]{{4}})"), _named_day),
)
SLASHED = _form(rf"(?P<a>[0-9]{{1,2}})/(?P<b>[0-9]{{1,2}})/(?P<y>[0-9]{{4}}){TIME}")
DAMAGED = _form(rf"[0-9]{{1,2}}-(?:{NAME})")
