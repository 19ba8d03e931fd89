"""What the register's pages say in words: names in the reader's language, states, dates as exact as they are known."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Text
from projects import tabs as record_tabs
from projects import wording
from projects.models import Precision
from projects.rules.count import Standing
from projects.rules.facts import Reason

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
