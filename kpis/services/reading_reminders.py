"""Owners of typed KPIs are reminded before a reading is due and once it is late; once each (FEATURES E7)."""

from datetime import timedelta

from django.db import transaction

from core import clock, outbox
from kpis.models import Kpi
from kpis.selectors.due import Due, readings_due
from work.notices import Message
from work.services.notices import tell

TOPIC = "reading_due"
AHEAD = timedelta(days=3)


def remind_owners() -> int:
    """Called once a day; safe to run twice. Returns how many readings are due soon or late.

    A message is kept by KPI, period and step, so that nobody is told the same thing again.
    """
    today = clock.today()
    found = [due for due in readings_due(Kpi.objects.all(), today=today) if today >= due.due_on - AHEAD]
    for due in found:
        _tell(due, is_late=today > due.due_on)
    return len(found)


@outbox.handler(TOPIC)
def tell_owner(payload: dict[str, int | str | bool]) -> None:
    """The owner gets a notice, and a mail as they chose; `/my-work/` shows it either way."""
    kpi = Kpi.objects.get(pk=payload["kpi"])
    facts = {name: payload[name] for name in ("period", "due_on", "is_late")}
    step = "late" if payload["is_late"] else "soon"
    message = Message("reading.due", "kpi", kpi.pk, [kpi.owner_id], facts)
    tell(message, event=f"reading:{kpi.pk}:{payload['period']}:{step}")


@transaction.atomic
def _tell(due: Due, *, is_late: bool) -> None:
    step = "late" if is_late else "soon"
    outbox.add(
        TOPIC,
        key=f"{due.kpi.pk}:{due.start.isoformat()}:{step}",
        kpi=due.kpi.pk,
        period=due.period,
        due_on=due.due_on.isoformat(),
        is_late=is_late,
    )
