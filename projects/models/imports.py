"""Files offered for import, and what each of their rows would do or did."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from projects.models.register import Project
from projects.querysets import ImportBatchQuerySet


class ImportBatch(models.Model):
    """One file offered for import: previewed, then confirmed by a person as one set, or not at all."""

    class Status(models.TextChoices):
        PREVIEWED = "previewed", _("previewed")
        CONFIRMED = "confirmed", _("confirmed")

    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file's bytes.")
    status = models.CharField(max_length=10, choices=Status, default=Status.PREVIEWED)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """What one row of a file would do, and what it became."""

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("same")
        REFUSED = "refused", _("refused")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="Row of the table, counted from 1 below the header.")
    key = models.CharField(max_length=120, help_text="Source, row digest and occurrence, where the file has no ids.")
    verdict = models.CharField(max_length=8, choices=Verdict)
    cells = models.JSONField()
    faults = models.JSONField(default=list, help_text="[{column, code, message}]")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="import_rows")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="importrow_number_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(verdict="new", project__isnull=False), name="importrow_stored_once"
            ),
        ]
        indexes = [models.Index(fields=["key"])]

    def __str__(self) -> str:
        return f"row {self.number} {self.verdict}"
