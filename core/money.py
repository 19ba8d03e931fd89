"""The one money parser (TRUST C3): Hong Kong dollars as text, to the cent, never rounded."""

from decimal import Decimal
import re

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput

PLAIN = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,2})?", re.ASCII)
GROUPED = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?", re.ASCII)
TOO_FINE = re.compile(r"(0|[1-9][0-9]*)\.[0-9]{3,}", re.ASCII)
TOO_LONG = re.compile(r"[1-9][0-9]{12,}(\.[0-9]*)?", re.ASCII)
NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]*)?", re.ASCII)
CENT = Decimal("0.01")


def parse_amount(value: object) -> Decimal:
    """An amount over zero with two places, from text such as `1200000` or `1200000.50`.

    Raises `InvalidInput` with `amount.type` (not text), `amount.format`, `amount.min`, `amount.max`
    (more than twelve digits before the point) or `amount.precision` (more than two decimals).
    """
    if not isinstance(value, str):
        raise InvalidInput("amount.type", _("Write the amount as text, for example “1200000.00”."))
    text = value.strip(" ")
    if NEGATIVE.fullmatch(text):
        raise InvalidInput("amount.min", _("The amount must be more than HK$0.00."))
    if TOO_LONG.fullmatch(text):
        raise InvalidInput("amount.max", _("The amount can have at most 12 digits before the decimal point."))
    if TOO_FINE.fullmatch(text):
        raise InvalidInput("amount.precision", _("Write the amount to the cent: at most two decimals."))
    if not PLAIN.fullmatch(text):
        raise InvalidInput("amount.format", _("Write the amount in digits, for example 1,200,000.00."))
    amount = Decimal(text).quantize(CENT)
    if amount <= 0:
        raise InvalidInput("amount.min", _("The amount must be more than HK$0.00."))
    return amount


def parse_typed_amount(value: str) -> Decimal:
    """`parse_amount` for a form, where well-placed thousands separators and a leading HK$ are a help, not a fault."""
    text = value.strip().removeprefix("HK$").strip()
    return parse_amount(text.replace(",", "") if GROUPED.fullmatch(text) else text)


def hkd(amount: Decimal) -> str:
    """`HK$1,200,000.00`; below zero `−HK$1,200,000.00`."""
    return f"{'−' if amount < 0 else ''}HK${abs(amount):,.2f}"
