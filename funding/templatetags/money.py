"""Money and bilingual texts as templates show them."""

from decimal import Decimal
from typing import Any

from django import template

from core.money import hkd as as_hkd
from funding.forms.lines import financial_year_label

register = template.Library()


@register.filter
def hkd(amount: Decimal | None) -> str:
    """`HK$1,200,000.00`; a dash where there is no amount."""
    return "—" if amount is None else as_hkd(amount)


@register.filter
def financial_year(starts: int) -> str:
    """`2026-27` for the year that starts on 1 April 2026."""
    return financial_year_label(starts)


@register.simple_tag
def in_language(thing: Any, field: str) -> str:
    """A bilingual text of a record in the reader's language."""
    return str(thing.in_language(field))
