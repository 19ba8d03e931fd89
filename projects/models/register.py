"""Projects and the procedures they change (DESIGN 2)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Department, Person, Trilingual
from projects.models.dates import Precision
from projects.querysets import ProcedureQuerySet, ProjectQuerySet


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
    gate_passed_on = models.DateField(
        null=True, editable=False, help_text="Day the go-live gate was passed; no claim reaches back before it."
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


class ReportedResult(models.Model):
    """A result as a public source reported it, kept word for word. It is not a reading and counts for nothing."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reported_results")
    name = models.CharField(max_length=300)
    baseline = models.CharField(max_length=100, blank=True)
    result = models.CharField(max_length=100, blank=True)
    unit = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


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

    is_claimed = models.BooleanField(default=False, editable=False, help_text="A claim is live, or one was verified.")
    claimed_on = models.DateField(null=True, editable=False, help_text="Go-live day of the claim that decides.")
    verified_on = models.DateField(null=True, editable=False, help_text="First day ever verified.")
    in_use_from = models.DateField(null=True, editable=False, help_text="First day of the latest stretch in use.")
    in_use_until = models.DateField(null=True, editable=False, help_text="Last day in use unless attested again.")
    retired_on = models.DateField(null=True, editable=False)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        verbose_name = _("procedure")
        constraints = [
            models.UniqueConstraint("department", Lower("name_en"), name="procedure_named_once"),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True) | Q(is_claimed=True), name="procedure_verified_is_claimed"
            ),
            models.CheckConstraint(
                condition=Q(in_use_from__isnull=True) | Q(verified_on__isnull=False, in_use_until__isnull=False),
                name="procedure_in_use_is_verified",
            ),
        ]
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
