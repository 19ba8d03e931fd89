"""A KPI that fell far behind its target: who was told, and what is done about it (FEATURES E12)."""

from django.db import models
from django.db.models import Q
import pghistory

from accounts.models import Person
from kpis.models.definitions import Kpi
from kpis.querysets import BreachQuerySet, FollowUpQuerySet


@pghistory.track()
class Breach(models.Model):
    """From the verified reading that turned a KPI red until one that brought it back. One at a time is open."""

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="breaches")
    period_start = models.DateField(help_text="First day of the period whose reading turned it red.")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name_plural = "breaches"
        constraints = [
            models.UniqueConstraint(fields=["kpi"], name="breach_one_open", condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kpi_id} since {self.period_start}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@pghistory.track()
class FollowUp(models.Model):
    """What somebody said is done about a breach, and until when. Said once, never changed: the next one adds to it."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="follow_ups")
    text = models.TextField()
    due_on = models.DateField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.breach_id} by {self.due_on}"
