"""Which reports a person may see (DESIGN 8)."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User

SEES_DRAFTS = "reports.view_every_report"


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Issued reports are for everybody; the others for those who make reports and those whom a pack reached."""
        if user.has_perm(SEES_DRAFTS):
            return self
        sent = apps.get_model("reports", "Delivery")._default_manager.filter(reader=user.person_id, is_sent=True)
        return self.filter(models.Q(status="issued") | models.Q(pk__in=sent.values("pack__report")))

    def issued(self) -> Self:
        return self.filter(status="issued")

    def live(self) -> Self:
        return self.exclude(status="withdrawn")


class ScheduleQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Schedules are for those who make and check reports."""
        return self if user.has_perm(SEES_DRAFTS) else self.none()

    def running(self) -> Self:
        return self.filter(ended_at__isnull=True).order_by("pk")


class PackQuerySet(models.QuerySet):
    def newest(self) -> Self:
        """The last month of each schedule."""
        return self.order_by("schedule_id", "-period").distinct("schedule_id")
