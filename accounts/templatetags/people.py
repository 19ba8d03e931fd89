"""What pages about people say in words: names in the reader's language, and how a dated right stands."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.access import label_of
from core import clock
from core.errors import Text

register = template.Library()

ENDED = pgettext_lazy("dated right", "ended")
WITHDRAWN = pgettext_lazy("dated right", "withdrawn")
# Kind of right, state -> what it is called, and its tone.
STATES: dict[tuple[str, str], tuple[Text, str]] = {
    ("posting", "now"): (_("posted now"), "good"),
    ("posting", "ahead"): (_("from a later day"), "waiting"),
    ("posting", "past"): (ENDED, "none"),
    ("role", "proposed"): (_("waits for a second administrator"), "waiting"),
    ("role", "cooling"): (_("opens after 24 hours"), "waiting"),
    ("role", "now"): (_("held now"), "good"),
    ("role", "past"): (ENDED, "none"),
    ("role", "withdrawn"): (WITHDRAWN, "none"),
    ("grant", "now"): (_("open now"), "good"),
    ("grant", "revoked"): (_("ended early"), "none"),
    ("grant", "past"): (ENDED, "none"),
    ("invitation", "open"): (_("not used yet"), "waiting"),
    ("invitation", "accepted"): (_("account opened"), "good"),
    ("invitation", "expired"): (_("expired"), "warning"),
    ("invitation", "withdrawn"): (WITHDRAWN, "none"),
}


@register.simple_tag
def in_language(thing: Any, field: str) -> str:
    """The field in the reader's language, or the nearest one there is."""
    return str(thing.in_language(field))


@register.inclusion_tag("components/status_badge.html")
def standing(kind: str, thing: Any) -> dict[str, Any]:
    """How a posting, role, grant or invitation stands, in words and with a sign."""
    label, tone = STATES[kind, thing.state]
    return {"label": label, "tone": tone}


@register.filter
def until(instant: datetime | None) -> str:
    """The last day of a right that ends with a day; else the instant. A dash for one without an end."""
    if instant is None:
        return "—"
    last = instant - timedelta(microseconds=1)
    if clock.hong_kong_day(last) != clock.hong_kong_day(instant):
        return date_format(clock.hong_kong_day(last), "DATE_FORMAT")
    return date_format(localtime(instant), "DATETIME_FORMAT")


@register.filter
def role_label(role: str) -> Text:
    return label_of(role)
