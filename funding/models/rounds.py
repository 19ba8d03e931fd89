"""Rounds with their roll, recusals and votes (DESIGN 5)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Person
from funding.models.columns import money
from funding.models.policy import Body, Seat, VotingRule
from funding.models.requests import FundingRequest, Outcome, RequestVersion
from funding.querysets import RoundQuerySet, VoteQuerySet


class RoundStatus(models.TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed, not yet published")
    PUBLISHED = "published", _("published")
    ENDED = "ended", _("ended without a result")


@pghistory.track()
class Round(models.Model):
    """One vote of one body on one motion, frozen at opening with one version of one request."""

    class Mode(models.TextChoices):
        MEETING = "meeting", _("at a meeting")
        CIRCULATION = "circulation", _("by circulation")

    class MotionKind(models.TextChoices):
        APPROVE = "approve", _("approve")
        RECOMMEND = "recommend", _("recommend to the Legislative Council")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rounds")
    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="rounds")
    request_version = models.ForeignKey(RequestVersion, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(help_text="First, second, … round on this request.")
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.MEETING)
    motion_kind = models.CharField(max_length=10, choices=MotionKind)
    motion_amount = money()
    conditions = models.JSONField(default=list, help_text="Texts of conditions 1..n.")
    motion_digest = models.CharField(max_length=64, help_text="SHA-256 of the motion; every vote carries it.")
    rule = models.ForeignKey(VotingRule, on_delete=models.PROTECT, related_name="rounds")
    acting_chair = models.ForeignKey(
        "RollSeat",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Seat that stands in for the chair.",
    )
    status = models.CharField(max_length=10, choices=RoundStatus, default=RoundStatus.OPEN)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True, help_text="By circulation only: no vote counts after it.")
    last_call_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    result = models.JSONField(
        default=dict, help_text="The tally at close, whole numbers; the sentence is said from it."
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="round_number_once"),
            models.UniqueConstraint(fields=["request"], condition=Q(status="open"), name="round_one_open"),
            models.CheckConstraint(
                condition=~Q(mode="circulation") | Q(deadline_at__isnull=False), name="round_circulation_has_deadline"
            ),
            models.CheckConstraint(
                condition=Q(status="open") | Q(closed_at__isnull=False), name="round_not_open_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request.reference} round {self.number}"

    @property
    def ledger_ref(self) -> str:
        return f"round:{self.pk}"


class RollSeat(models.Model):
    """One seat as it stood when the round opened. The roll never grows or shrinks; recusal and absence mark it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="roll")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    duty = models.CharField(max_length=8, choices=Seat.Duty)
    holder = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", help_text="Empty: vacant."
    )
    alternate = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    is_recused = models.BooleanField(default=False)
    alternate_recused = models.BooleanField(default=False)
    is_absent = models.BooleanField(default=False, help_text="The secretary marked the holder absent.")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="rollseat_number_once"),
            models.UniqueConstraint(fields=["round", "holder"], name="rollseat_person_once"),
        ]

    def __str__(self) -> str:
        return f"seat {self.number}"


class Recusal(models.Model):
    """Why a seat, or its alternate, may not vote in this round. Append-only."""

    class Ground(models.TextChoices):
        APPLICANT = "applicant", _("applied for the money")
        LEAD = "lead", _("leads the project")
        ENDORSED = "endorsed", _("endorsed the request as Head of Department")
        EDITOR = "editor", _("wrote part of the request")
        SAME_DEPARTMENT = "same_department", _("belongs to the applicant's department")
        APPEALED = "appealed", _("took the decision that is appealed against")
        DECLARED = "declared", _("declared an interest")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="recusals")
    roll_seat = models.ForeignKey(RollSeat, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=16, choices=Ground)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person", "ground"], name="recusal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.ground}"


class Choice(models.TextChoices):
    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("abstain")


class Vote(models.Model):
    """What one seat said, in order. The standing vote is the highest revision; nothing is ever changed (DESIGN 5)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="votes")
    roll_seat = models.ForeignKey(RollSeat, on_delete=models.PROTECT, related_name="votes")
    revision = models.PositiveIntegerField()
    choice = models.CharField(max_length=8, choices=Choice)
    reason = models.CharField(max_length=1_000, blank=True)
    motion_digest = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    cast_at = models.DateTimeField(help_text="Database clock, read after the round lock.")

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["round", "roll_seat", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["round", "roll_seat", "revision"], name="vote_revision_once"),
            models.CheckConstraint(condition=Q(choice__in=["for", "against", "abstain"]), name="vote_choice_known"),
        ]

    def __str__(self) -> str:
        return f"seat {self.roll_seat_id} {self.choice}"
