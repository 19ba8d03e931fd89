"""Who decides which amount and how bodies vote: dated rules, bodies, seats and terms (DESIGN 4, 5)."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Person, Trilingual
from core.models import DatedPolicy
from funding.models.columns import money
from funding.querysets import BodyQuerySet, PolicyQuerySet


class Tier(models.TextChoices):
    """Who decides, from the smallest amounts to the largest (DESIGN 4)."""

    DEPARTMENT = "department", _("department")
    WORKING_GROUP = "working_group", _("working group")
    LEGCO = "legco", _("Legislative Council")


@pghistory.track()
class Body(Trilingual):
    """A committee that decides by vote, for example the digitalisation working group.

    The Finance Committee has a voting rule here too, but no seats: its outcome is recorded, not voted.
    """

    FINANCE_COMMITTEE: ClassVar = "finance-committee"

    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200, blank=True)
    name_zh_hans = models.CharField(max_length=200, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.in_language("name")

    @property
    def ledger_ref(self) -> str:
        return f"body:{self.code}"


@pghistory.track()
class Seat(models.Model):
    """One vote of a body. A vacant seat stays a seat."""

    class Duty(models.TextChoices):
        CHAIR = "chair", _("chair")
        MEMBER = "member", _("member")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    duty = models.CharField(max_length=8, choices=Duty, default=Duty.MEMBER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["body", "number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="seat_number_once"),
            models.UniqueConstraint(
                fields=["body"], condition=Q(duty="chair", ends_on__isnull=True), name="seat_one_open_chair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.code} seat {self.number}"


@pghistory.track()
class SeatTerm(models.Model):
    """A person holds a seat, or stands in for its holder, from a day until a day."""

    class Capacity(models.TextChoices):
        HOLDER = "holder", _("holder")
        ALTERNATE = "alternate", _("alternate")

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seat_terms")
    capacity = models.CharField(max_length=10, choices=Capacity, default=Capacity.HOLDER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="First day the term no longer runs.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="seatterm_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["seat", "capacity"], condition=Q(ends_on__isnull=True), name="seatterm_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.capacity} of {self.seat}"


class Proposal(DatedPolicy):
    """A dated policy that was taken back, or turned down, keeps who did so and why."""

    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    objects = PolicyQuerySet.as_manager()

    class Meta(DatedPolicy.Meta):
        abstract = True
        constraints = [
            *DatedPolicy.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status="withdrawn") ^ ~Q(withdrawn_reason=""), name="%(class)s_withdrawn_says_why"
            ),
        ]


@pghistory.track()
class FundingPolicy(Proposal):
    """Who decides which amount, and how related requests are summed. Its lines are `TierLine` rows."""

    class SameDepartment(models.TextChoices):
        RECUSE = "recuse", _("recused")
        DECLARE = "declare", _("declares and may vote")

    linking_months = models.PositiveSmallIntegerField(
        default=12, help_text="Requests first submitted within this many months before or after are walked over."
    )
    appeal_days = models.PositiveSmallIntegerField(
        default=28, help_text="An appeal is filed within this many days of publication, the last one included."
    )
    same_department = models.CharField(max_length=8, choices=SameDepartment, default=SameDepartment.RECUSE)

    class Meta(Proposal.Meta):
        verbose_name_plural = "funding policies"
        constraints = [
            *Proposal.Meta.constraints,
            ExclusionConstraint(
                name="fundingpolicy_no_overlap",
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
        return f"funding policy from {self.starts_on}"

    @property
    def ledger_ref(self) -> str:
        return f"funding-policy:{self.pk}"


class TierLine(models.Model):
    """A tier decides up to `upper`; which side the edge falls on is part of the row. The top tier has no upper.

    Append-only: lines are written with their policy and never changed, so that every route can be replayed.
    """

    policy = models.ForeignKey(FundingPolicy, on_delete=models.CASCADE, related_name="lines")
    tier = models.CharField(max_length=16, choices=Tier)
    upper = money(null=True, blank=True)
    upper_included = models.BooleanField(default=False)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="tier_lines", help_text="Who votes on it."
    )

    class Meta:
        ordering = ["policy", F("upper").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["policy", "tier"], name="tierline_tier_once"),
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gt=0, upper__lt=10**13), name="tierline_upper_positive"
            ),
            models.CheckConstraint(
                condition=Q(tier="department", body__isnull=True) | ~Q(tier="department") & Q(body__isnull=False),
                name="tierline_body_votes",
            ),
            models.CheckConstraint(
                condition=Q(tier="legco", upper__isnull=True) | ~Q(tier="legco") & Q(upper__isnull=False),
                name="tierline_top_is_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier} up to {self.upper}"


@pghistory.track()
class VotingRule(Proposal):
    """How a body decides, as data (DESIGN 5)."""

    class Base(models.TextChoices):
        CAST = "cast", _("votes for and against")
        PRESENT = "present", _("members present")

    class Tie(models.TextChoices):
        FAILS = "fails", _("a tie fails")
        CASTING_VOTE = "casting_vote", _("the chair has a casting vote")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="voting_rules")
    quorum_share_percent = models.PositiveSmallIntegerField(
        default=50, help_text="Quorum is more than this share of the seats that may vote."
    )
    quorum_least = models.PositiveSmallIntegerField(default=3)
    majority_percent = models.PositiveSmallIntegerField(default=50, help_text="Carried by more than this share.")
    majority_base = models.CharField(max_length=8, choices=Base, default=Base.CAST)
    recused_count_for_quorum = models.BooleanField(default=False)
    tie = models.CharField(max_length=12, choices=Tie, default=Tie.FAILS)
    last_call_seconds = models.PositiveSmallIntegerField(default=60)

    class Meta(Proposal.Meta):
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    quorum_share_percent__lt=100,
                    quorum_least__gte=1,
                    majority_percent__gte=50,
                    majority_percent__lt=100,
                ),
                name="votingrule_can_be_met",
            ),
            models.CheckConstraint(
                condition=Q(tie="fails") | Q(majority_base="cast"), name="votingrule_tie_only_of_votes_cast"
            ),
            ExclusionConstraint(
                name="votingrule_no_overlap",
                expressions=[
                    (
                        Func(
                            "body_id",
                            "body_id",
                            models.Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"voting rule of {self.body.code} from {self.starts_on}"

    @property
    def ledger_ref(self) -> str:
        return f"voting-rule:{self.pk}"
