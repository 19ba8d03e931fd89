"""A person's duties in the order in which they press."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from accounts.duties import Duty
from core import clock

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Part:
    """Duties that press alike, under one heading."""

    name: str
    heading: str
    duties: list[Duty]


def by_urgency(duties: Sequence[Duty]) -> list[Part]:
    """Late ones, those of the next seven days, later ones, those without a day; parts without duties are left out."""
    today = clock.today()
    dated = [duty for duty in duties if duty.due_on is not None]
    parts = [
        Part("late", _("Late"), [duty for duty in dated if duty.is_late(today)]),
        Part("soon", _("Within seven days"), [d for d in dated if d.due_on and today <= d.due_on <= today + SOON]),
        Part("later", _("Later"), [duty for duty in dated if duty.due_on and duty.due_on > today + SOON]),
        Part("open", _("Without a date"), [duty for duty in duties if duty.due_on is None]),
    ]
    return [part for part in parts if part.duties]


def late(duties: Sequence[Duty]) -> int:
    today = clock.today()
    return sum(duty.is_late(today) for duty in duties)
