"""How a project is going: milestones, dependencies, monthly reports, risks and issues, and what it is built from."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
import pghistory
import pgtrigger

from accounts.models import Person, Trilingual
from projects.models.register import Project
from projects.querysets import (
    ConcernQuerySet,
    MilestoneQuerySet,
    OfProjectQuerySet,
    ResourceQuerySet,
    ResourceUseQuerySet,
)


class PlannedDates(models.Model):
    """Three dates side by side: as first agreed, as agreed now, and as the lead expects today.

    The database itself refuses a change of the first. What is given up is withdrawn with a reason, never deleted.
    """

    original_on = models.DateField(help_text="As first agreed; never changed.")
    current_on = models.DateField(help_text="As agreed now; changed with a reason.")
    forecast_on = models.DateField(help_text="When the lead expects it today.")
    done_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why the agreed date was last changed.")
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_because = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""), name="%(class)s_withdrawn_reason"
            )
        ]
        triggers = [pgtrigger.ReadOnly(name="first_date_stays", fields=["original_on", "project"])]


@pghistory.track()
class Milestone(Trilingual, PlannedDates):
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200, blank=True)
    name_zh_hans = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MilestoneQuerySet.as_manager()

    class Meta(PlannedDates.Meta):
        ordering = ["current_on", "pk"]

    def __str__(self) -> str:
        return self.in_language("name")


@pghistory.track()
class Dependency(Trilingual, PlannedDates):
    """Something the project waits for: another project, or anything outside the register."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="dependencies")
    on_project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="dependants")
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200, blank=True)
    name_zh_hans = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfProjectQuerySet.as_manager()

    class Meta(PlannedDates.Meta):
        ordering = ["current_on", "pk"]
        constraints = [
            *PlannedDates.Meta.constraints,
            models.CheckConstraint(
                condition=Q(on_project__isnull=True) | ~Q(on_project=F("project")), name="dependency_not_on_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.in_language("name")


class Rating(models.TextChoices):
    GREEN = "green", _("on track")
    AMBER = "amber", _("at risk")
    RED = "red", _("off track")


@pghistory.track()
class StatusReport(models.Model):
    """What the lead says of one month; a correction is the next revision, the earlier ones stay."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="status_reports")
    month = models.DateField(help_text="First day of the month reported.")
    revision = models.PositiveSmallIntegerField(default=1)
    rating = models.CharField(max_length=5, choices=Rating)
    summary = models.TextField()
    done = models.TextField(blank=True)
    planned = models.TextField(blank=True)
    correction = models.CharField(max_length=300, blank=True, help_text="Why an earlier revision was corrected.")
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["project", "month", "revision"], name="statusreport_revision_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="statusreport_month_begins"),
            models.CheckConstraint(condition=Q(revision=1) | ~Q(correction=""), name="statusreport_correction_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.rating}"


@pghistory.track()
class IndependentRating(models.Model):
    """What somebody of the Team, outside the delivering departments, says of the same month."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="independent_ratings")
    month = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    rating = models.CharField(max_length=5, choices=Rating)
    reason = models.TextField()
    correction = models.CharField(max_length=300, blank=True, help_text="Why an earlier revision was corrected.")
    rated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    rated_at = models.DateTimeField()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["project", "month", "revision"], name="independentrating_revision_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="independentrating_month_begins"),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(correction=""), name="independentrating_correction_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.rating}"


@pghistory.track()
class Concern(models.Model):
    """A risk that may happen, or an issue that has. Seen by insiders only (DESIGN 8)."""

    class Kind(models.TextChoices):
        RISK = "risk", _("risk")
        ISSUE = "issue", _("issue")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="concerns")
    kind = models.CharField(max_length=5, choices=Kind)
    title = models.CharField(max_length=200)
    cause = models.TextField(blank=True)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 5; of a risk only.")
    impact = models.PositiveSmallIntegerField(help_text="1 to 5.")
    response = models.TextField(blank=True, help_text="What is done about it.")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closing_note = models.CharField(max_length=300, blank=True)
    reopened_because = models.CharField(max_length=300, blank=True, help_text="Why it was last opened again.")
    version = models.PositiveIntegerField(default=1)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["closed_on", "-impact", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(impact__range=(1, 5)), name="concern_impact_range"),
            models.CheckConstraint(
                condition=Q(kind="risk", likelihood__isnull=False, likelihood__range=(1, 5))
                | Q(kind="issue", likelihood__isnull=True),
                name="concern_likelihood_of_risks",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(closing_note=""), name="concern_closed_with_note"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Resource(Trilingual):
    """A vendor, an AI model, a data set or a system; one entry however many projects use it."""

    class Kind(models.TextChoices):
        VENDOR = "vendor", _("vendor")
        MODEL = "model", _("AI model")
        DATA_SET = "data_set", _("data set")
        SYSTEM = "system", _("system")

    reference = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200, blank=True)
    name_zh_hans = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(
        max_length=400, editable=False, help_text="The English name as it is compared: case and spacing set aside."
    )
    details = models.TextField(blank=True, help_text="Version, owner, licence, what the data holds.")
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_because = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name_en"]
        permissions = [("edit_resources", "Correct and withdraw vendors, models, data sets and systems")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name_key"], name="resource_named_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""), name="resource_withdrawn_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.in_language("name")


@pghistory.track()
class ResourceUse(models.Model):
    """A project uses a resource from a day, until a day."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="resource_uses")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="uses")
    purpose = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="First day it is no longer used.")

    objects = ResourceUseQuerySet.as_manager()

    class Meta:
        ordering = ["resource", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "resource"], condition=Q(ends_on__isnull=True), name="resourceuse_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="resourceuse_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} uses {self.resource_id}"
