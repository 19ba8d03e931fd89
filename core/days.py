"""Days as people and programs write them: ISO 8601, one reader for forms, API and URL parameters."""

from datetime import date
import re

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput, Unprocessable

WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2098, 12, 31)


def parse_day(value: object) -> date:
    """A day such as `2026-11-22`, from 1990 to 2098. Raises `date.format` or `date.range`."""
    text = value.strip() if isinstance(value, str) else ""
    if not WRITTEN.fullmatch(text):
        raise InvalidInput("date.format", _("Write the date as year-month-day, for example 2026-11-22."))
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("date.format", _("This day is not in the calendar.")) from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Unprocessable("date.range", _("The date must be between 1990 and 2098."))
    return day
