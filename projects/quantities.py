"""How many, how long, which share: numbers as people type them and programs send them, read once for both."""

from decimal import Decimal
import re

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput, Unprocessable

PLAIN = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]+)?", re.ASCII)
GROUPED = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?", re.ASCII)

MOST_CASES = Decimal(2_000_000_000)
MOST_MINUTES = Decimal(1_000_000)  # about two years
MOST_DAYS = Decimal(10_000)


def parse_quantity(value: object, *, most: Decimal, places: int = 2) -> Decimal:
    """A number from 0 to `most` with at most `places` decimals, from text such as `12.5` or `1,200`.

    Raises `number.format`, `number.precision` (never rounded) or `number.range`.
    """
    text = value.strip() if isinstance(value, str) else ""
    text = text.replace(",", "") if GROUPED.fullmatch(text) else text
    if not PLAIN.fullmatch(text):
        raise InvalidInput("number.format", _("Write a number of 0 or more in digits, for example 12.5."))
    if len(text.partition(".")[2]) > places:
        message = _("A whole number is wanted.") if places == 0 else _("Write at most %(places)s decimals.")
        raise InvalidInput("number.precision", message % {"places": places})
    found = Decimal(text)
    if found > most:
        raise Unprocessable("number.range", _("The number can be at most %(most)s.") % {"most": f"{most:,}"})
    return found
