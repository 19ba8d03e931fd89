"""Single cells: dates with their precision, words of a list, money, text. Each refusal is a `DomainError`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.days import parse_day
from core.errors import InvalidInput, Unprocessable
from core.money import parse_amount
from core.text import clean_line, clean_text, is_blank
from projects.models import Precision

YEAR = re.compile(r"[0-9]{4}", re.ASCII)
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A date as a source states it: the first day of the stated period, and how long that period is."""

    first: date | None
    precision: Precision


def stated_day(text: str) -> StatedDay:
    """`2025`, `2025-09`, `2025-09-17`, or empty for not stated. Nothing is made more exact than it was written."""
    written = text.strip()
    if not written:
        return StatedDay(None, Precision.NOT_STATED)
    if YEAR.fullmatch(written):
        return StatedDay(parse_day(f"{written}-01-01"), Precision.YEAR)
    if MONTH.fullmatch(written):
        return StatedDay(parse_day(f"{written}-01"), Precision.MONTH)
    return StatedDay(parse_day(written), Precision.DAY)


def money(text: str) -> Decimal | None:
    return parse_amount(text) if text.strip() else None


def word(text: str, meanings: Mapping[str, str]) -> str:
    """What a word of a closed list means to us."""
    found = meanings.get(text.strip().lower())
    if found is None:
        known = ", ".join(name for name in meanings if name)
        raise InvalidInput("choice.invalid", _("This word is not known here. Known are: %(known)s.") % {"known": known})
    return found


def line(text: str, *, longest: int) -> str:
    return _short_enough("" if is_blank(text) else clean_line(text.strip()), longest)


def needed_line(text: str, *, longest: int) -> str:
    found = line(text, longest=longest)
    if not found:
        raise InvalidInput("blank", _("This cell must not be empty."))
    return found


def paragraph(text: str) -> str:
    return "" if is_blank(text) else clean_text(text.strip())


def address(text: str, *, longest: int) -> str:
    found = line(text, longest=longest)
    if found:
        try:
            URLValidator(schemes=["http", "https"])(found)
        except ValidationError as error:
            raise InvalidInput("address.format", _("This is not a web address.")) from error
    return found


def _short_enough(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Unprocessable("max_length", _("The text is longer than %(longest)s characters.") % {"longest": longest})
    return text
