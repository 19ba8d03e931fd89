"""What a person has typed of a reading and not reported yet (FEATURES E8). A draft is not a reading (DESIGN 6)."""

from django.db import models
import pghistory

from accounts.models import Person
from kpis.models.definitions import DIGITS, PLACES, Kpi
from kpis.models.readings import LONGEST_CELL
from kpis.querysets import ReadingDraftQuerySet


@pghistory.track()
class ReadingDraft(models.Model):
    """One of each person and KPI, for that person's eyes; parts may be missing. It goes when it is reported."""

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="reading_drafts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10, blank=True)
    cell = models.CharField(max_length=LONGEST_CELL, blank=True)
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    numerator = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    denominator = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    reason = models.CharField(max_length=300, blank=True)
    saved_at = models.DateTimeField()

    objects = ReadingDraftQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["kpi", "person"], name="readingdraft_one")]

    def __str__(self) -> str:
        return f"{self.kpi_id} {self.period} by {self.person_id}"
