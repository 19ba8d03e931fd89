"""Files offered for import, and what each of their rows would do or did."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person
from projects.models.register import Procedure, Project
from projects.querysets import ImportBatchQuerySet


class ImportBatch(models.Model):
    """One file offered for import: previewed, then confirmed by a person as one set, or not at all."""

    class Kind(models.TextChoices):
        PROJECTS = "projects", _("projects")
        PROCEDURES = "procedures", _("procedures")

    class Status(models.TextChoices):
        OFFERED = "offered", _("columns to be mapped")
        WAITING = "waiting", _("being read")
        UNREADABLE = "unreadable", _("could not be read")
        PREVIEWED = "previewed", _("to be confirmed")
        STORING = "storing", _("being stored")
        CONFIRMED = "confirmed", _("stored")
        WITHDRAWN = "withdrawn", _("withdrawn")

    reference = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PROJECTS)
    source = models.CharField(max_length=60, help_text="Where such files come from; keys and mappings go by it.")
    encoding = models.CharField(max_length=16, default="utf-8", help_text="As the person declared it.")
    heading = models.JSONField(default=list, help_text="[name, name as shown] of each column, by position.")
    mapping = models.JSONField(default=dict, help_text="As `projects.importing.mapping.Mapping.as_json`.")
    stored_as = models.CharField(max_length=200, blank=True, help_text="Server name of the file while it is needed.")
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the file.")
    summary = models.JSONField(default=dict, help_text="Rows by verdict, faults by code, and what was not taken.")
    trouble = models.JSONField(default=dict, blank=True, help_text="{code, message} of the last refusal.")
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file's bytes.")
    status = models.CharField(max_length=10, choices=Status, default=Status.OFFERED)
    leaves_refused = models.BooleanField(default=False, help_text="The person said to store the set without them.")
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        permissions = [("import_for_all", "Import records of every department")]

    def __str__(self) -> str:
        return f"{self.reference} {self.file_name}"

    @property
    def ledger_ref(self) -> str:
        return self.reference

    @property
    def names(self) -> list[str]:
        """The headings as the file has them; several columns may have the same."""
        return [name for name, _shown in self.heading]

    @property
    def shown_heading(self) -> list[str]:
        """The headings told apart."""
        return [shown for _name, shown in self.heading]


class ImportRow(models.Model):
    """What one row of a file would do, and what it became."""

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("same")
        REFUSED = "refused", _("refused")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="Row of the table, counted from 1 below the header.")
    key = models.CharField(max_length=120, help_text="Our reference; the source's id; else its digest.")
    natural = models.BigIntegerField(null=True, help_text="Digest of what no two rows of one file may share.")
    verdict = models.CharField(max_length=8, choices=Verdict)
    cells = models.JSONField(help_text="{field: text} of the mapped cells that hold something.")
    changes = models.JSONField(default=dict, help_text="{field: [stored, offered]} of a changed row.")
    version = models.PositiveIntegerField(null=True, help_text="Of the record when it was compared.")
    faults = models.JSONField(default=list, help_text="[{column, code, message}] that refuse the row.")
    notes = models.JSONField(default=list, help_text="[{column, code, message}] of what was not taken as it stands.")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="import_rows")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="import_rows")

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
    """How files of a source are read, as somebody of a department last confirmed it."""

    kind = models.CharField(max_length=10, choices=ImportBatch.Kind, default=ImportBatch.Kind.PROJECTS)
    source = models.CharField(max_length=60)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    mapping = models.JSONField(help_text="As `projects.importing.mapping.Mapping.as_json`.")
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "department"], name="columnmapping_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.source
