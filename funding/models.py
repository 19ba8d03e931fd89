"""Policy as dated data, requests with their frozen versions, rounds with their votes, decisions, money."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Department, Person, Trilingual
from core.models import DatedPolicy
from funding.querysets import FundingRequestQuerySet, RoundQuerySet
from projects.models import Procedure, Project


def money(**options: object) -> models.DecimalField:
    return models.DecimalField(max_digits=18, decimal_places=2, **options)


def not_negative(column: str, name: str) -> models.CheckConstraint:
    """Zero or more, and a number: PostgreSQL's NaN is above everything, so the upper bound refuses it."""
    return models.CheckConstraint(condition=Q(**{f"{column}__gte": 0, f"{column}__lt": 10**13}), name=name)


class Tier(models.TextChoices):
    """Who decides, from the smallest amounts to the largest (DESIGN 4)."""

    DEPARTMENT = "department", _("department")
    WORKING_GROUP = "working_group", _("working group")
    LEGCO = "legco", _("Legislative Council")


@pghistory.track()
class Body(Trilingual):
    """A committee that decides by vote, for example the digitalisation working group."""

    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200, blank=True)
    name_zh_hans = models.CharField(max_length=200, blank=True)

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


@pghistory.track()
class FundingPolicy(DatedPolicy):
    """Who decides which amount, and how related requests are summed. Its lines are `TierLine` rows."""

    class SameDepartment(models.TextChoices):
        RECUSE = "recuse", _("recused")
        DECLARE = "declare", _("declares and may vote")

    linking_months = models.PositiveSmallIntegerField(
        default=12, help_text="Requests first submitted within this many months before or after are walked over."
    )
    same_department = models.CharField(max_length=8, choices=SameDepartment, default=SameDepartment.RECUSE)

    class Meta(DatedPolicy.Meta):
        verbose_name_plural = "funding policies"
        constraints = [
            *DatedPolicy.Meta.constraints,
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


class TierLine(models.Model):
    """A tier decides up to `upper`; which side the edge falls on is part of the row. The top tier has no upper."""

    policy = models.ForeignKey(FundingPolicy, on_delete=models.CASCADE, related_name="lines")
    tier = models.CharField(max_length=16, choices=Tier)
    upper = money(null=True, blank=True)
    upper_included = models.BooleanField(default=False)

    class Meta:
        ordering = ["policy", F("upper").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["policy", "tier"], name="tierline_tier_once"),
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gt=0, upper__lt=10**13), name="tierline_upper_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier} up to {self.upper}"


@pghistory.track()
class VotingRule(DatedPolicy):
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

    class Meta(DatedPolicy.Meta):
        constraints = [
            *DatedPolicy.Meta.constraints,
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


class RequestStatus(models.TextChoices):
    """The life of a request (DESIGN 4). Moves are in `rules.lifecycle`; only services make them."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    ENDORSED = "endorsed", _("endorsed by the Head of Department")
    SCREENED = "screened", _("screened by the secretary")
    DECIDING = "deciding", _("being decided")
    DECIDED = "decided", _("decided, not yet published")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Outcome(models.TextChoices):
    """What came of a request or a round."""

    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    RECOMMENDED = "recommended", _("recommended to the Legislative Council")
    NOT_RECOMMENDED = "not_recommended", _("not recommended")
    NO_QUORUM = "no_quorum", _("no quorum, no decision")
    SUPERSEDED = "superseded", _("ended: the paper was revised")
    ROUTE_CHANGED = "route_changed", _("ended: the route changed")


@pghistory.track()
class FundingRequest(Trilingual):
    """Money asked for one project: `FR-2026-0042`. `RequestVersion` holds what was actually submitted.

    `own_amount` is the sum of the non-recurrent lines, contingency included; `assessed_amount` adds the
    request's group and chooses the tier (DESIGN 4). Both are worked out by services, never typed.
    """

    reference = models.CharField(max_length=32, unique=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="funding_requests")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="funding_requests")
    title_en = models.CharField(max_length=300)
    title_zh_hant = models.CharField(max_length=300, blank=True)
    title_zh_hans = models.CharField(max_length=300, blank=True)
    justification = models.TextField(blank=True)
    procedures = models.ManyToManyField(Procedure, related_name="funding_requests", blank=True)
    linked = models.ManyToManyField("self", symmetrical=True, blank=True, help_text="Links the applicant declared.")
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=RequestStatus, default=RequestStatus.DRAFT)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    own_amount = money(default=0)
    assessed_amount = money(default=0)
    recurrent_amount = money(default=0, help_text="Yearly consequence, shown and recorded, outside the tier.")
    policy = models.ForeignKey(FundingPolicy, on_delete=models.PROTECT, null=True, related_name="requests")
    tier = models.CharField(max_length=16, choices=Tier, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Grows with each edit; also the ETag.")
    submitted_version = models.PositiveIntegerField(default=0, help_text="Number of the last `RequestVersion`.")
    first_submitted_at = models.DateTimeField(null=True)
    holder_since = models.DateTimeField(help_text="When it came to whoever holds it now.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FundingRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status"]), models.Index(fields=["department", "status"])]
        constraints = [
            not_negative("own_amount", "request_own_amount_valid"),
            not_negative("assessed_amount", "request_assessed_amount_valid"),
            not_negative("recurrent_amount", "request_recurrent_amount_valid"),
            models.CheckConstraint(
                condition=Q(first_submitted_at__isnull=True)
                | Q(own_amount__gt=0, assessed_amount__gte=F("own_amount"), policy__isnull=False) & ~Q(tier=""),
                name="request_submitted_is_routed",
            ),
        ]
        permissions = [
            ("view_every_request", "See every submitted request"),
            ("view_every_ballot", "See who voted how once published"),
            ("serve_committee", "Screen requests, open rounds and publish decisions"),
            ("propose_policy", "Propose a policy"),
            ("approve_policy", "Approve a policy somebody else proposed"),
            ("commit_money", "Commit approved money against an envelope"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.in_language('title')}"

    @property
    def ledger_ref(self) -> str:
        return self.reference


class CostCategory(models.TextChoices):
    HARDWARE = "hardware", _("hardware")
    SOFTWARE = "software", _("software and licences")
    SERVICES = "services", _("implementation services")
    CONTRACT_STAFF = "contract_staff", _("contract staff")
    NETWORK = "network", _("network and cabling")
    SITE = "site", _("site preparation")
    TRAINING = "training", _("training")
    CONTINGENCY = "contingency", _("contingency")
    RECURRENT = "recurrent", _("recurrent, after the first 12 months")


class CostLine(models.Model):
    """One amount of the working copy of a request, in one financial year (1 April to 31 March)."""

    request = models.ForeignKey(FundingRequest, on_delete=models.CASCADE, related_name="lines")
    category = models.CharField(max_length=16, choices=CostCategory)
    description = models.CharField(max_length=300, blank=True)
    financial_year = models.PositiveSmallIntegerField(help_text="The year it starts: 2026 is 2026-27.")
    amount = money()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lt=10**12), name="costline_amount_positive")
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.amount}"


class RequestVersion(models.Model):
    """What was submitted: frozen canonical text and amount, with their SHA-256 (TRUST C4). Never changed."""

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.TextField(help_text="RFC 8785 JSON of everything a voter decides on.")
    digest = models.CharField(max_length=64)
    own_amount = money()
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was revised; empty for the first.")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="requestversion_number_once")]

    def __str__(self) -> str:
        return f"{self.request.reference} version {self.number}"


class Editor(models.Model):
    """Somebody who wrote part of a request. They can never vote on it (DESIGN 5)."""

    request = models.ForeignKey(FundingRequest, on_delete=models.CASCADE, related_name="editors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="editor_once")]

    def __str__(self) -> str:
        return f"{self.person_id} wrote {self.request_id}"


class RequestStep(models.Model):
    """One move in the life of a request: who, when, from, to, why. Append-only; the stepper reads it."""

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=20)
    from_status = models.CharField(max_length=12, choices=RequestStatus, blank=True)
    to_status = models.CharField(max_length=12, choices=RequestStatus)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.at:%Y-%m-%d}"


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

    class Meta:
        ordering = ["round", "roll_seat", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["round", "roll_seat", "revision"], name="vote_revision_once"),
            models.CheckConstraint(condition=Q(choice__in=["for", "against", "abstain"]), name="vote_choice_known"),
        ]

    def __str__(self) -> str:
        return f"seat {self.roll_seat_id} {self.choice}"


class Decision(models.Model):
    """What was decided about one version of a request. One per round; money follows only after publication."""

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="decisions")
    request_version = models.ForeignKey(RequestVersion, on_delete=models.PROTECT, related_name="decisions")
    round = models.OneToOneField(Round, on_delete=models.PROTECT, null=True, related_name="decision")
    tier = models.CharField(max_length=16, choices=Tier)
    outcome = models.CharField(max_length=16, choices=Outcome)
    amount = money(help_text="What may be committed; 0 unless approved.")
    conditions = models.JSONField(default=list)
    assessed_amount = money()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            not_negative("amount", "decision_amount_valid"),
            models.CheckConstraint(
                condition=Q(outcome="approved", amount__gt=0) | ~Q(outcome="approved") & Q(amount=0),
                name="decision_amount_only_if_approved",
            ),
            models.UniqueConstraint(
                fields=["request_version"], condition=Q(round__isnull=True), name="decision_by_head_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request.reference} {self.outcome}"


@pghistory.track()
class Envelope(Trilingual):
    """Money voted for one financial year, for example HK$100M for 2026-27."""

    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200, blank=True)
    name_zh_hans = models.CharField(max_length=200, blank=True)
    financial_year = models.PositiveSmallIntegerField()
    amount = money()
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["financial_year", "code"]
        constraints = [not_negative("amount", "envelope_amount_valid")]

    def __str__(self) -> str:
        return self.in_language("name")

    @property
    def ledger_ref(self) -> str:
        return f"envelope:{self.code}"


class Commitment(models.Model):
    """Approved money set aside in an envelope. Never above the envelope, never above the decision."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="commitments")
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="commitments")
    amount = money()
    committed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    committed_at = models.DateTimeField()

    class Meta:
        ordering = ["committed_at"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0, amount__lt=10**13), name="commitment_positive")]

    def __str__(self) -> str:
        return f"{self.amount}"
