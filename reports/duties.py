"""What packs ask of people next: a pack of one's own that failed (FEATURES H4)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty
from accounts.models import User
from reports.house import FORMS
from reports.models import Pack


def waiting(user: User) -> Iterator[Duty]:
    """Failed packs of running schedules, until the schedule is ended or another month follows."""
    rows = Pack.objects.filter(schedule__owner=user.person_id, schedule__ended_at__isnull=True).newest()
    for pack in Pack.objects.filter(pk__in=rows.values("pk"), state=Pack.State.FAILED).select_related("schedule"):
        title = str(FORMS[pack.schedule.form].title)
        address = reverse("reports:schedule", args=[pack.schedule_id])
        yield Duty("pack.failed", _("See why the pack was not sent"), pack.period, title, address)
