"""Who is told what about packs (FEATURES M2, H4); called after commit."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.house import FORMS
from reports.models import Report, Schedule
from work import notices, things
from work.notices import NoticeKind


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
    )


def _title(row: Any) -> str:
    return str(FORMS[row.form].title)
