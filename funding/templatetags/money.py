"""Money and bilingual texts as templates show them."""

from decimal import Decimal
from typing import Any

from django import template

from core.money import hkd as as_hkd
from funding.financial_years import financial_year_words
from funding.selectors import envelopes

register = template.Library()


@register.filter
def hkd(amount: Decimal | None) -> str:
    """`HK$1,200,000.00`; a dash where there is no amount."""
    return "—" if amount is None else as_hkd(amount)


@register.filter
def digits(amount: Decimal) -> str:
    """`1,200,000.00`, for a figure whose unit stands beside it."""
    return as_hkd(amount).replace("HK$", "")


@register.filter
def financial_year(starts: int) -> str:
    """`2026-27` for the year that starts on 1 April 2026."""
    return financial_year_words(starts)


@register.simple_tag
def envelope_names() -> dict[str, str]:
    """The names of envelopes by their codes, asked for once a table."""
    return envelopes.names()


@register.filter
def name_of(code: str, names: dict[str, str]) -> str:
    """The name under a code; the code itself where none is known."""
    return names.get(code, code)


@register.simple_tag
def in_language(thing: Any, field: str) -> str:
    """A bilingual text of a record in the reader's language."""
    return str(thing.in_language(field))
