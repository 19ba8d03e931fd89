"""Projects, the procedures they change, and the append-only facts the count is worked out from (DESIGN 2, 3)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Department, Person, Trilingual
from core.models import DatedPolicy
from projects.querysets import ImportBatchQuerySet, ProcedureFactQuerySet, ProcedureQuerySet, ProjectQuerySet


class Precision(models.TextChoices):
    """How exactly a date from outside is known. Only a day supports a claim (DESIGN 3)."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    NOT_STATED = "", _("not stated")


class Category(models.TextChoices):
    DATA_ANALYSIS = "data_analysis", _("data analysis")
    CUSTOMER_SERVICE = "customer_service", _("customer service")
    LICENSING_PERMITS = "licensing_permits", _("licences and permits")
    DOCUMENT_PROCESSING = "document_processing", _("documents")
    MONITORING_INSPECTION = "monitoring_inspection", _("monitoring and inspection")
    INTERNAL_KNOWLEDGE = "internal_knowledge", _("internal knowledge")
    OTHER = "other", _("other")


class Stage(models.TextChoices):
    """The life of a project (FEATURES A3). Blank is "not stated", which is never live."""

    IDEA = "idea", _("idea")
    ASSESSED = "assessed", _("assessed")
    APPROVED = "approved", _("approved")
    PILOT = "pilot", _("pilot")
    ROLL_OUT = "roll_out", _("roll-out")
    LIVE = "live", _("live")
    RETIRED = "retired", _("retired")
    NOT_STATED = "", _("not stated")


@pghistory.track()
class Project(Trilingual):
    """One AI project of one department. Its reference is permanent: `IMMD-2026-003`."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        REGISTERED = "registered", _("registered")

    reference = models.CharField(max_length=32, unique=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="projects")
    title_en = models.CharField(max_length=300)
    title_zh_hant = models.CharField(max_length=300, blank=True)
    title_zh_hans = models.CharField(max_length=300, blank=True)
    summary_en = models.TextField(blank=True)
    summary_zh_hant = models.TextField(blank=True)
    summary_zh_hans = models.TextField(blank=True)
    category = models.CharField(max_length=24, choices=Category)
    technique = models.CharField(max_length=200, blank=True, help_text="AI technique, as the department names it.")
    status = models.CharField(max_length=12, choices=Status, default=Status.REGISTERED)
    stage = models.CharField(max_length=12, choices=Stage, blank=True, default=Stage.NOT_STATED)
    was_already_running = models.BooleanField(
        default=False, help_text="Registered as already running: its go-live came before the programme's gates."
    )
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="led_projects")
    started_on = models.DateField(null=True, blank=True, help_text="First day of the stated period.")
    started_precision = models.CharField(max_length=5, choices=Precision, blank=True, default=Precision.NOT_STATED)
    reported_funding = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True, help_text="HK$ as published; not an approval."
    )
    source_url = models.URLField(max_length=500, blank=True)
    source_on = models.DateField(null=True, blank=True)
    source_precision = models.CharField(max_length=5, choices=Precision, blank=True, default=Precision.NOT_STATED)
    version = models.PositiveIntegerField(default=1, help_text="Grows with each edit; a stale form is refused.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        indexes = [models.Index(fields=["department", "stage"])]

    def __str__(self) -> str:
        return f"{self.reference} {self.in_language('title')}"

    @property
    def ledger_ref(self) -> str:
        return self.reference


@pghistory.track()
class Procedure(Trilingual):
    """One step of government work that an AI tool covers (政務環節): the unit of 100 and 200.

    The summary columns at the end are worked out from `ProcedureFact` by `rules.count.standing`
    in the same transaction as each fact; nothing else writes them.
    """

    reference = models.CharField(max_length=32, unique=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="procedures")
    name_en = models.CharField(max_length=300)
    name_zh_hant = models.CharField(max_length=300, blank=True)
    name_zh_hans = models.CharField(max_length=300, blank=True)
    projects = models.ManyToManyField(Project, through="ProjectProcedure", related_name="procedures")
    planned_on = models.DateField(null=True, blank=True, help_text="Day it is planned to be in use; the plan line.")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    is_claimed = models.BooleanField(default=False, editable=False, help_text="A claim is live.")
    claimed_on = models.DateField(null=True, editable=False, help_text="Go-live day of the live claim.")
    verified_on = models.DateField(null=True, editable=False, help_text="First day ever verified.")
    in_use_from = models.DateField(null=True, editable=False)
    in_use_until = models.DateField(null=True, editable=False, help_text="Last day in use unless attested again.")
    retired_on = models.DateField(null=True, editable=False)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        verbose_name = _("procedure")
        permissions = [
            ("verify_procedure", "Verify claims of other departments"),
            ("edit_rules", "Propose and approve counting rules"),
            ("export_register", "Export the registers"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.in_language('name')}"

    @property
    def ledger_ref(self) -> str:
        return self.reference


class ProjectProcedure(models.Model):
    """A project touches a procedure. Many to many; the procedure still counts once."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="procedure_links")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="project_links")
    linked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "procedure"], name="project_procedure_once")]

    def __str__(self) -> str:
        return f"{self.project_id} – {self.procedure_id}"


@pghistory.track()
class CountingRule(DatedPolicy):
    """What makes a procedure count, as dated data (DESIGN 3)."""

    required_evidence = models.JSONField(default=list, help_text="Kinds of evidence that must all be there.")
    attestation_months = models.PositiveSmallIntegerField(default=12)
    late_claim_days = models.PositiveSmallIntegerField(
        default=14, help_text="A go-live further back than this many Hong Kong days needs a reason and two verifiers."
    )
    restatement_days = models.PositiveSmallIntegerField(default=31)

    class Meta(DatedPolicy.Meta):
        constraints = [
            *DatedPolicy.Meta.constraints,
            ExclusionConstraint(
                name="countingrule_no_overlap",
                expressions=[
                    (
                        Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(status="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"counting rule from {self.starts_on}"


class EvidenceKind(models.TextChoices):
    OPERATING_RECORD = "operating_record", _("operating record showing the tool in daily use")
    ACCEPTANCE = "acceptance", _("acceptance by the procedure's owner")


class ProcedureFact(models.Model):
    """One thing that became true of a procedure, and when the system learned it. Append-only.

    `effective_on` says when it became true; `position` and `recorded_at` are those of its ledger
    entry, so "as known at" is `position <= p` and a late fact never changes an earlier answer.
    """

    class Kind(models.TextChoices):
        CLAIMED = "claimed", _("go-live claimed")
        EVIDENCE = "evidence", _("evidence added")
        CONFIRMED_LATE = "confirmed_late", _("late claim confirmed by a second verifier")
        VERIFIED = "verified", _("verified")
        ATTESTED = "attested", _("attested again")
        RETIRED = "retired", _("retired")
        CLAIM_ENDED = "claim_ended", _("claim ended")

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=16, choices=Kind)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    position = models.BigIntegerField()
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.ForeignKey(CountingRule, on_delete=models.PROTECT, null=True, related_name="+")
    evidence_kind = models.CharField(max_length=24, choices=EvidenceKind, blank=True)
    note = models.TextField(blank=True, help_text="Reason, or what the evidence is and where it is kept.")

    objects = ProcedureFactQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["procedure", "position"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on}"


class Target(models.Model):
    """A dated, sourced line to reach: 100 and 200 procedures in use (FEATURES B3)."""

    class Metric(models.TextChoices):
        PROCEDURES_IN_USE = "procedures_in_use", _("procedures in use")

    metric = models.CharField(max_length=24, choices=Metric)
    value = models.PositiveIntegerField()
    due_on = models.DateField(help_text="Judged at the end of this day, Hong Kong time.")
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["metric", "due_on"], name="target_once")]

    def __str__(self) -> str:
        return f"{self.value} {self.metric} by {self.due_on}"


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
    number = models.PositiveIntegerField(help_text="Record number, the header not counted.")
    key = models.CharField(max_length=120, help_text="Source, row digest and occurrence, where the file has no ids.")
    verdict = models.CharField(max_length=8, choices=Verdict)
    cells = models.JSONField()
    faults = models.JSONField(default=list, help_text="[{column, code, message}]")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="import_rows")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="importrow_number_once")]
        indexes = [models.Index(fields=["key"])]

    def __str__(self) -> str:
        return f"row {self.number} {self.verdict}"
