"""What the register's pages say in words: names in the reader's language, states, dates as exact as they are known."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Text
from core.simplified import simplified
from projects import tabs as record_tabs
from projects import wording
from projects.forms.projects import CORRECTED, simplified_context
from projects.models import Precision
from projects.rules.count import Standing
from projects.rules.facts import Reason
from projects.selectors import maps

register = template.Library()

STATES: tuple[tuple[str, Text, str], ...] = (
    ("in_use", gettext_lazy("in use"), "good"),
    ("verified", gettext_lazy("verified"), "warning"),
    ("claimed", gettext_lazy("claimed"), "waiting"),
)


@register.simple_tag
def in_language(thing: Any, field: str) -> str:
    """The field in the reader's language, or the nearest one there is."""
    return str(thing.in_language(field))


@register.inclusion_tag("components/tabs.html", takes_context=True)
def tabs(context: dict[str, Any], thing: Any, here: str) -> dict[str, Any]:
    """The sub-pages of a project or procedure that the reader may open; `here` is the name of this one."""
    return {"tabs": record_tabs.shown(context["request"].user, thing), "here": here}


@register.filter
def why(reason: Reason | None) -> Text:
    return wording.why(reason)


@register.filter
def state_label(standing: Standing) -> Text:
    """The furthest of claimed, verified and in use; or that it is none of them."""
    return next((label for name, label, _tone in STATES if getattr(standing, name)), gettext_lazy("not claimed"))


@register.filter
def state_tone(standing: Standing) -> str:
    return next((tone for name, _label, tone in STATES if getattr(standing, name)), "none")


@register.filter
def item(things: Sequence[Any], place: int) -> Any:
    """The thing at a place of a list, for cells that stand under the heading at the same place."""
    return things[place]


@register.filter
def grouped(number: Decimal | int) -> str:
    """A number with thousands separators and no idle zeros: 12,000 or 2.5."""
    return f"{Decimal(number).normalize():,f}"


@register.filter
def duration(minutes: Decimal) -> str:
    return maps.duration(minutes)


@register.filter
def duration_change(minutes: Decimal) -> str:
    """What one way takes more (+) or less (−) than the other."""
    return f"{_sign(minutes)}{maps.duration(abs(minutes))}"


@register.filter
def number_change(number: int) -> str:
    return f"{_sign(number)}{abs(number)}"


def _sign(number: Decimal | int) -> str:
    return "" if number == 0 else "−" if number < 0 else "+"


@register.filter
def share(part: Decimal) -> str:
    """A share from 0 to 1 as a percentage."""
    return f"{(part * 100).normalize():f}%"


@register.simple_tag
def stated_day(day: date | None, precision: str) -> str:
    """A date as exactly as it is known, never more: 2026, September 2025, 17 September 2025, or not stated."""
    if day is None or precision == Precision.NOT_STATED:
        return _("not stated")
    if precision == Precision.YEAR:
        return date_format(day, _("Y"))
    if precision == Precision.MONTH:
        return date_format(day, "YEAR_MONTH_FORMAT")
    return date_format(day, "DATE_FORMAT")


@register.simple_tag
def simplified_of(field: BoundField) -> dict[str, Any]:
    """How the control of a Simplified text follows its Traditional one; nothing for other fields."""
    name = field.name.removesuffix("_zh_hans")
    if name not in CORRECTED:
        return {}
    stored = field.form[f"{name}_zh_hant"].value() or ""
    proposed = simplified(str(stored))
    shown = str(field.value() or "")
    return simplified_context(name, proposed, is_corrected=shown not in ("", proposed))
