"""Single cells: words of a list, money, numbers, text. Each refusal is a `DomainError`."""

from collections.abc import Mapping
from decimal import Decimal
import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput, Unprocessable
from core.money import parse_amount
from core.text import clean_line, clean_text, is_blank

WHOLE = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
FRACTION = re.compile(r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,2})?", re.ASCII)
LARGEST_WHOLE = 2_147_483_647
YES = frozenset({"yes", "y", "true", "是"})
NO = frozenset({"no", "n", "false", "否"})
LINE_ENDS = re.compile(r"\r+\n?|[\x0b\x0c\u2028\u2029]")


def money(text: str) -> Decimal | None:
    return parse_amount(text) if text.strip() else None


def whole(text: str) -> int | None:
    """A whole number from 0 on, without separators."""
    written = text.strip()
    if not written:
        return None
    if not WHOLE.fullmatch(written) or int(written) > LARGEST_WHOLE:
        raise InvalidInput("number.format", _("Write a whole number in digits."))
    return int(written)


def fraction(text: str) -> Decimal | None:
    """A number from 0 on with at most two decimals."""
    written = text.strip()
    if not written:
        return None
    if not FRACTION.fullmatch(written):
        raise InvalidInput("number.format", _("Write a number in digits with at most two decimals."))
    return Decimal(written).quantize(Decimal("0.01"))


def yes_or_no(text: str) -> bool | None:
    written = squeezed(text)
    if not written:
        return None
    if written in YES or written in NO:
        return written in YES
    raise InvalidInput("choice.invalid", _("Write yes or no."))


def word(text: str, meanings: Mapping[str, str]) -> str:
    """What a word of a closed list means to us. Case and the number of spaces do not matter."""
    found = meanings.get(squeezed(text))
    if found is None:
        known = ", ".join(sorted({value for value in meanings.values() if value}))
        raise InvalidInput("choice.invalid", _("This word is not known here. Known are: %(known)s.") % {"known": known})
    return found


def squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


def line(text: str, *, longest: int) -> str:
    return _short_enough("" if is_blank(text) else clean_line(text.strip()), longest)


def needed_line(text: str, *, longest: int) -> str:
    found = line(text, longest=longest)
    if not found:
        raise InvalidInput("blank", _("This cell must not be empty."))
    return found


def paragraph(text: str, *, longest: int = 5_000) -> str:
    return _short_enough("" if is_blank(text) else clean_text(text.strip()), longest)


def address(text: str, *, longest: int) -> str:
    found = line(text, longest=longest)
    if found:
        try:
            URLValidator(schemes=["http", "https"])(found)
        except ValidationError as error:
            raise InvalidInput("address.format", _("This is not a web address.")) from error
    return found


def eased(text: str) -> str:
    """Text of another house's register with every kind of line end as a line feed."""
    return LINE_ENDS.sub("\n", text)


def _short_enough(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Unprocessable("max_length", _("The text is longer than %(longest)s characters.") % {"longest": longest})
    return text
