"""A KPI's numbers as a reader sees them."""

from decimal import Decimal

from django.utils import formats

UNITS_WITHOUT_SPACE = {"%"}


def shown(value: Decimal | None, unit: str = "") -> str:
    """With thousands separators, at most two decimals and the unit; an em dash where there is no data."""
    if value is None:
        return "—"
    rounded = round(value, 2)
    places = 0 if rounded == rounded.to_integral_value() else 2
    text = formats.number_format(rounded, decimal_pos=places, force_grouping=True)
    return text + ("" if not unit or unit in UNITS_WITHOUT_SPACE else " ") + unit


def plain(value: Decimal) -> str:
    """As it is typed and sent: without separators, trailing zeros or exponent, such as 12.5 or 100."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
