"""Which reports a person may see (DESIGN 8)."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User

SEES_DRAFTS = "reports.view_every_report"


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Issued reports are for every signed-in person; what is not issued for those who make and check reports."""
        return self if user.has_perm(SEES_DRAFTS) else self.issued()

    def issued(self) -> Self:
        return self.filter(status="issued")

    def live(self) -> Self:
        return self.exclude(status="withdrawn")
