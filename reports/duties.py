"""What reports ask of people next: drafts to clear, cleared ones to issue, packs that failed (FEATURES H3, H4)."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty
from accounts.models import User
from core.errors import Text
from core.verdicts import Verdict
from reports import policies
from reports.house import FORMS
from reports.models import Pack, Report
from reports.rules.lifecycle import Status


def waiting(user: User) -> Iterator[Duty]:
    yield from _reports(user)
    yield from _packs(user)


def _reports(user: User) -> Iterator[Duty]:
    """Reports on their way that wait for this person as the second or third one."""
    steps: tuple[tuple[Status, str, Text, Callable[[User, Report], Verdict]], ...] = (
        (Status.DRAFT, "report.clear", _("Clear the report, or withdraw it"), policies.can_clear),
        (Status.CLEARED, "report.issue", _("Issue the report"), policies.can_issue),
    )
    rows = Report.objects.visible_to(user)
    for status, code, what, may in steps:
        for report in rows.filter(status=status).order_by("pk"):
            if may(user, report):
                title = f"{FORMS[report.form].title} {report.period}"
                yield Duty(code, what, report.reference, title, reverse("reports:report", args=[report.reference]))


def _packs(user: User) -> Iterator[Duty]:
    """Failed packs of running schedules, until the schedule is ended or another month follows."""
    rows = Pack.objects.filter(schedule__owner=user.person_id, schedule__ended_at__isnull=True).newest()
    for pack in Pack.objects.filter(pk__in=rows.values("pk"), state=Pack.State.FAILED).select_related("schedule"):
        title = str(FORMS[pack.schedule.form].title)
        address = reverse("reports:schedule", args=[pack.schedule_id])
        yield Duty("pack.failed", _("See why the pack was not sent"), pack.period, title, address)
