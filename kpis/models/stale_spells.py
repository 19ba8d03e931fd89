"""A KPI whose source gives no news any more: since when, until when, and who was told (FEATURES E10, E13)."""

from django.db import models
from django.db.models import Q
import pghistory

from kpis.models.definitions import Kpi
from kpis.models.sources import Source
from kpis.querysets import StaleSpellQuerySet


@pghistory.track()
class StaleSpell(models.Model):
    """From the day a reading of a source's KPI was overdue until one comes. One at a time is open for a KPI."""

    class Why(models.TextChoices):
        MISSING = "missing"  # a reading is overdue: the source stopped sending, or answers without a new one
        UNMOVED = "unmoved"  # readings come, and they are always the same

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="stale_spells")
    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="stale_spells")
    why = models.CharField(max_length=8, choices=Why)
    period_start = models.DateField(help_text="First period that is missing, or since when nothing moves.")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = StaleSpellQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kpi"], name="stalespell_one_open", condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kpi_id} {self.why} since {self.period_start}"
