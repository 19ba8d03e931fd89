"""Projects and the procedures they change (DESIGN 2)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Department, Person, Trilingual
from core import clock
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


class Visibility(models.TextChoices):
    """How much the public looks at what the project changes; a part of its priority (FEATURES A5)."""

    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")
    NOT_STATED = "", _("not stated")


class Channel(models.TextChoices):
    """How people reach a procedure."""

    COUNTER = "counter", _("counter")
    ONLINE = "online", _("online")
    APP = "app", _("mobile app")
    PHONE = "phone", _("telephone")
    POST = "post", _("post")
    INTERNAL = "internal", _("within the government")
    SEVERAL = "several", _("several channels")
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
    is_flagship = models.BooleanField(default=False, help_text="Named by the Team as a flagship of the programme.")
    is_public_facing = models.BooleanField(null=True, blank=True, help_text="Empty is not stated.")
    yearly_volume = models.PositiveIntegerField(null=True, blank=True, help_text="Cases a year; empty is not stated.")
    visibility = models.CharField(
        max_length=6, choices=Visibility, blank=True, default=Visibility.NOT_STATED, help_text="Public attention."
    )
    registered_on = models.DateField(
        null=True, default=clock.today, editable=False, help_text="Day it entered the register; empty for a draft."
    )
    left_on = models.DateField(
        null=True,
        editable=False,
        help_text="Day its leaving was approved: the first day it is no longer in the register.",
    )
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
        indexes = [
            models.Index(fields=["department", "stage"]),
            models.Index(fields=["status", "department", "id"], name="project_seen"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(registered_on__isnull=False), name="project_registered_since"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(stage="retired", left_on__gte=F("registered_on")),
                name="project_left_is_retired",
            ),
        ]

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
    service_kind = models.CharField(max_length=24, choices=Category, blank=True, help_text="Kind of service.")
    channel = models.CharField(max_length=8, choices=Channel, blank=True, default=Channel.NOT_STATED)
    yearly_volume = models.PositiveIntegerField(null=True, blank=True, help_text="Cases a year; empty is not stated.")
    handling_minutes = models.DecimalField(
        max_digits=9, decimal_places=2, null=True, blank=True, help_text="Staff minutes a case takes today."
    )
    waiting_days = models.DecimalField(
        max_digits=7, decimal_places=2, null=True, blank=True, help_text="Calendar days a case waits today."
    )
    planned_on = models.DateField(null=True, blank=True, help_text="Day it is planned to be in use; the plan line.")
    predecessor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        help_text="Procedure it was split from.",
    )
    counts_with = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="family",
        help_text="A procedure already counted when it was split: all that came from it count once together.",
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed", help_text="Its tombstone."
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    is_claimed = models.BooleanField(default=False, editable=False, help_text="A claim is live, or one was verified.")
    claimed_on = models.DateField(null=True, editable=False, help_text="Go-live day of the claim that decides.")
    verified_on = models.DateField(null=True, editable=False, help_text="First day ever verified.")
    in_use_from = models.DateField(null=True, editable=False, help_text="First day of the latest stretch in use.")
    in_use_until = models.DateField(null=True, editable=False, help_text="Last day in use unless attested again.")
    retired_on = models.DateField(null=True, editable=False)
    reason = models.CharField(
        max_length=24,
        blank=True,
        default="not_claimed",
        editable=False,
        help_text="Why it was not in use when this was worked out; empty: in use, until `in_use_until`.",
    )

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
            ("view_every_record", "Read risks, comments and documents of every department"),
            ("rate_projects", "Rate projects independently and mark flagships"),
            ("approve_exits", "Approve that a project leaves the register"),
            ("set_shares", "Set departments' shares of the targets"),
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
