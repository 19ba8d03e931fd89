"""Owners of typed KPIs are reminded before a reading is due and once it is late; once each (FEATURES E7)."""

from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from core import clock, mail, outbox
from kpis.models import Kpi
from kpis.selectors.due import Due, readings_due

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
def mail_reading_due(payload: dict[str, int | str | bool]) -> None:
    """Where there is mail, the owner gets one; `/my-work/` shows it either way."""
    if not mail.is_configured():
        return
    kpi = Kpi.objects.select_related("definition").get(pk=payload["kpi"])
    due_on = date.fromisoformat(str(payload["due_on"]))
    context = {"kpi": kpi, "period": payload["period"], "due_on": due_on, "is_late": payload["is_late"]}
    for user in User.objects.filter(person=kpi.owner_id, is_active=True).exclude(email=""):
        mail.send(to=user.email, language="en", template="kpis/reading_due_mail.txt", context=context)


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
