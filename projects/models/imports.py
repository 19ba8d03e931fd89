"""Files offered for import, and what each of their rows would do or did."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person
from projects.models.register import Project
from projects.querysets import ImportBatchQuerySet


class ImportBatch(models.Model):
    """One file offered for import: previewed, then confirmed by a person as one set, or not at all."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        UNREADABLE = "unreadable", _("could not be read")
        PREVIEWED = "previewed", _("previewed")
        STORING = "storing", _("being stored")
        CONFIRMED = "confirmed", _("confirmed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    reference = models.CharField(max_length=32, unique=True, null=True)
    source = models.CharField(max_length=60, blank=True, help_text="Where such files come from; mappings go by it.")
    encoding = models.CharField(max_length=16, default="utf-8", help_text="As the person declared it.")
    mapping = models.JSONField(default=dict, help_text="{field: [column position, heading]}")
    stored_as = models.CharField(max_length=200, blank=True, help_text="Server name of the file while it is needed.")
    rows_total = models.PositiveIntegerField(null=True)
    rows_done = models.PositiveIntegerField(default=0)
    trouble = models.JSONField(default=dict, blank=True, help_text="{code, message} of an unreadable file.")
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
    changes = models.JSONField(default=dict, help_text="{field: [stored, offered]} of a changed row.")
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


class ColumnMapping(models.Model):
    """Which column of a source's files fills which field, as somebody of a department last confirmed it."""

    source = models.CharField(max_length=60)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    encoding = models.CharField(max_length=16)
    columns = models.JSONField(help_text="{field: [column position, heading]}")
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "department"], name="columnmapping_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.source
