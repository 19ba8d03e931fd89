"""Gates of a project's life and its end: approvals, pilots, and how it left the register (FEATURES A3, A4, A13)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
import pghistory

from accounts.models import Person
from projects.models.register import Project
from projects.querysets import OfProjectQuerySet


@pghistory.track()
class HeadApproval(models.Model):
    """The Head of Department lets the project go to pilot. One stands at a time; withdrawn ones stay on record."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="head_approvals")
    statement = models.TextField()
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-approved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(withdrawn_at__isnull=True), name="headapproval_one_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id} approved"


@pghistory.track()
class PilotDecision(models.Model):
    """What a pilot showed, recorded by those who ran it, and what the Head of Department decided on it.

    The latest decided one stands. A result waits, undecided, at most once per project at a time; the
    person who recorded it never decides on it.
    """

    class Outcome(models.TextChoices):
        MET = "met", _("met its aims")
        PARTLY = "partly", _("met its aims in part")
        NOT_MET = "not_met", _("did not meet its aims")

    class Decision(models.TextChoices):
        SCALE = "scale", _("scale up")
        CHANGE = "change", _("change and pilot again")
        STOP = "stop", pgettext_lazy("of a pilot", "stop")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="pilot_decisions")
    outcome = models.CharField(max_length=8, choices=Outcome)
    findings = models.TextField(help_text="What was measured, over how long, on how many cases.")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    decision = models.CharField(max_length=6, choices=Decision, blank=True, help_text="Empty while it waits.")
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["project"], condition=Q(decision=""), name="pilotdecision_one_waits"),
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(decision__in=["scale", "change", "stop"], decided_by__isnull=False, decided_at__isnull=False),
                name="pilotdecision_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")), name="pilotdecision_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.decision}"


@pghistory.track()
class ProjectExit(models.Model):
    """How a project leaves the register: proposed by one person with a reason, approved by another, kept for good."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merged into another project")
        SPLIT = "split", _("split into other projects")
        RECLASSIFY = "reclassify", _("reclassified: not an AI project of the programme")
        STOP = "stop", _("stopped")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="exits")
    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    effective_on = models.DateField(help_text="Day it ended, and its claims with it; it leaves when this is approved.")
    reason = models.TextField()
    successors = models.ManyToManyField(Project, related_name="predecessors_by", blank=True)
    claims_to = models.ForeignKey(
        Project,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Project its live claims go to in the same act; empty: they end with it.",
    )
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(status__in=["proposed", "approved"]), name="projectexit_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")) | Q(status="withdrawn"),
                name="projectexit_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.status}"
