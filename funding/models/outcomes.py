"""What can come of a request besides yes and no: questions, deferral, conditions, appeal (DESIGN 4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
import pghistory

from accounts.models import Person
from funding.models.decisions import Decision
from funding.models.requests import FundingRequest, RequestStatus, RequestVersion
from funding.querysets_outcomes import ConditionQuerySet


class EvidenceFile(models.Model):
    """A file that proves an outcome or a met condition. Append-only; whoever sees the whole request may fetch it."""

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="evidence_files")
    stored_name = models.CharField(max_length=200, help_text="Where the server keeps it; never the sender's name.")
    shown_name = models.CharField(max_length=200, help_text="The sender's name, cleaned.")
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.shown_name


class ReturnQuestion(models.Model):
    """One question with which a version was returned to its applicant. Append-only."""

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="return_questions")
    request_version = models.ForeignKey(RequestVersion, on_delete=models.PROTECT, related_name="return_questions")
    number = models.PositiveSmallIntegerField(help_text="1, 2, … over the whole life of the request.")
    text = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="returnquestion_number_once")]

    def __str__(self) -> str:
        return f"{self.request_id} question {self.number}"


class QuestionAnswer(models.Model):
    """What was answered. Append-only: a better answer is the next revision, the earlier ones stay."""

    question = models.ForeignKey(ReturnQuestion, on_delete=models.PROTECT, related_name="answers")
    revision = models.PositiveSmallIntegerField()
    text = models.TextField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["question", "revision"]
        constraints = [models.UniqueConstraint(fields=["question", "revision"], name="questionanswer_revision_once")]

    def __str__(self) -> str:
        return f"{self.question_id} answer {self.revision}"


@pghistory.track()
class Deferral(models.Model):
    """A request put off until a day, until something has happened, or whichever comes first."""

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="deferrals")
    came_from = models.CharField(max_length=12, choices=RequestStatus)
    reason = models.TextField()
    until = models.DateField(null=True, help_text="First day on which it is back by itself, Hong Kong.")
    condition = models.CharField(max_length=500, blank=True, help_text="What has to happen first.")
    deferred_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    deferred_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", help_text="Empty: the schedule."
    )
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-deferred_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(ended_at__isnull=True), name="deferral_one_open"),
            models.CheckConstraint(
                condition=Q(until__isnull=False) | ~Q(condition=""), name="deferral_until_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} until {self.until or self.condition}"


class ConditionStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("condition", "open")
    SUBMITTED = "submitted", _("evidence handed in")
    WAIVING = "waiving", _("waiver proposed")
    DISCHARGED = "discharged", _("discharged")
    WAIVED = "waived", _("waived")


@pghistory.track()
class Condition(models.Model):
    """One condition of a published approval as a task: somebody owns it, it is due, another person discharges it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="tasks")
    number = models.PositiveSmallIntegerField(help_text="1..n, as in the motion.")
    text = models.TextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="funding_conditions")
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=ConditionStatus, default=ConditionStatus.OPEN)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "decision", "number"]
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="condition_number_once")]

    def __str__(self) -> str:
        return f"{self.decision.request.reference} condition {self.number}"

    @property
    def ledger_ref(self) -> str:
        return f"condition:{self.pk}"


class ConditionStep(models.Model):
    """One thing that happened to a condition: who, when, why, with which file. Append-only."""

    class Kind(models.TextChoices):
        SET = "set", _("task set")
        ASSIGNED = "assigned", _("owner or date changed")
        SUBMITTED = "submitted", _("evidence handed in")
        RETURNED = "returned", _("evidence sent back")
        DISCHARGED = "discharged", _("discharged")
        WAIVING = "waiving", _("waiver proposed")
        KEPT = "kept", _("waiver refused")
        WAIVED = "waived", _("waived")

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    evidence = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.condition_id} {self.kind}"


class Appeal(models.Model):
    """A new request that asks for an earlier decision to be looked at again. Append-only."""

    request = models.OneToOneField(FundingRequest, on_delete=models.PROTECT, related_name="appeal")
    against = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    ground = models.TextField(help_text="Why the decision should be looked at again.")
    filed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()

    class Meta:
        ordering = ["filed_at"]

    def __str__(self) -> str:
        return f"{self.request_id} against decision {self.against_id}"
