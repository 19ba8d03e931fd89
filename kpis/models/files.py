"""Files of readings that people offer."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
import pghistory

from accounts.models import Department, Person
from kpis.querysets import ReadingFileQuerySet


@pghistory.track(exclude=["rows", "stored"])
class ReadingFile(models.Model):
    """A file of one department's readings: read, shown row by row, then reported whole by the person who offered it."""

    class Status(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("readings", "offered")
        REPORTED = "reported", pgettext_lazy("readings", "reported")
        WITHDRAWN = "withdrawn", _("withdrawn")

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64, help_text="SHA-256 of its bytes, as hex.")
    reason = models.CharField(max_length=300, blank=True, help_text="Why earlier values are corrected.")
    rows = models.JSONField(default=list, help_text="Each row with its number, its cells and a cell not readable.")
    stored = models.JSONField(default=list, help_text="[series, first day of the period, revision, group] of each.")
    status = models.CharField(max_length=10, choices=Status, default=Status.OFFERED)
    offered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    objects = ReadingFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def ledger_ref(self) -> str:
        return f"reading-file:{self.pk}"

    @property
    def is_offered(self) -> bool:
        return self.status == self.Status.OFFERED
