"""Who is told what about reports and packs (FEATURES M2, H3, H4); called after commit."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import LedgerEntry
from reports.house import FORMS
from reports.models import Delivery, Report, Schedule
from work import listening, notices, things
from work.notices import Message, NoticeKind


def register() -> None:
    """Called once, when the app is ready."""
    things.register(
        things.of_model(
            "report",
            Report,
            gettext_lazy("Report"),
            address=lambda report: reverse("reports:report", args=[report.reference]),
            title=_title,
        )
    )
    things.register(
        things.of_model(
            "schedule",
            Schedule,
            gettext_lazy("Schedules"),
            address=lambda schedule: reverse("reports:schedule", args=[schedule.pk]),
            title=_title,
            reference=lambda schedule: "",
        )
    )
    notices.register(
        NoticeKind(
            "pack.sent",
            gettext_lazy("A pack was sent to me"),
            lambda facts: _("The pack of %(period)s is there: a draft, neither cleared nor issued.") % facts,
            is_pressing=True,
        ),
        NoticeKind(
            "pack.failed",
            gettext_lazy("A pack of mine failed"),
            lambda facts: _("The pack of %(period)s failed and nothing was sent to anybody.") % facts,
            is_pressing=True,
        ),
        NoticeKind(
            "report.issued",
            gettext_lazy("A report that I read or made was issued"),
            lambda facts: _("The report of %(period)s is issued.") % facts,
        ),
    )
    listening.on("report.issued", "reports.notifications.issued")


def issued(entry: LedgerEntry) -> Iterator[Message]:
    """Tell those who made it, and the readers of running packs of the same report and of packs that carried it."""
    report = Report.objects.get(reference=entry.subject)
    running = Schedule.objects.running().filter(form=report.form, department=report.department_id)
    sent = Delivery.objects.filter(pack__report=report, is_sent=True)
    people = {
        report.drafted_by_id,
        report.cleared_by_id,
        *running.values_list("readers", flat=True),
        *sent.values_list("reader", flat=True),
    }
    yield Message("report.issued", "report", report.pk, people, {"period": report.period})


def _title(row: Any) -> str:
    return str(FORMS[row.form].title)
