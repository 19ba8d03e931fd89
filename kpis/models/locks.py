"""Up to which day periods are locked: said by the Team, the last word counts (FEATURES E8)."""

from django.db import models
from django.db.models import Q

from accounts.models import Person
from kpis.models.definitions import Kpi
from kpis.querysets import PeriodLockQuerySet


class PeriodLock(models.Model):
    """From here on the readings of periods that end by a day stay as they are. Append-only: the next word is a new row.

    Without a KPI it is about all of them. A KPI is locked as the newest row says that is about it or about all, so a
    row for one KPI opens its periods again and a later one for all closes them.
    """

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, null=True, related_name="period_locks")
    until = models.DateField(null=True, help_text="Last day of the last locked period or later; empty: none is locked.")
    reason = models.CharField(max_length=300)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects = PeriodLockQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        permissions = [("lock_periods", "Lock periods of KPIs and open them again")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="periodlock_says_why")]

    def __str__(self) -> str:
        return f"{self.kpi_id or 'all'} until {self.until}"

    @property
    def ledger_ref(self) -> str:
        return f"period-lock:{self.pk}"
