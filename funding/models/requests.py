"""Requests, their working copy, and the frozen versions that bodies decide on (DESIGN 4)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Department, Person, Trilingual
from funding.models.columns import money, not_negative
from funding.models.policy import FundingPolicy, Tier
from funding.models.programmes import Programme
from funding.querysets import FundingRequestQuerySet
from projects.models import Procedure, Project


class RequestStatus(models.TextChoices):
    """The life of a request (DESIGN 4). Moves are in `rules.lifecycle`; only services make them."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    ENDORSED = "endorsed", _("endorsed by the Head of Department")
    SCREENED = "screened", _("screened by the secretary")
    DECIDING = "deciding", _("being decided")
    DECIDED = "decided", _("decided, not yet published")
    PUBLISHED = "published", _("published")
    RETURNED = "returned", _("returned with questions")
    DEFERRED = "deferred", _("deferred")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Outcome(models.TextChoices):
    """What came of a request or a round."""

    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    RECOMMENDED = "recommended", _("recommended to the Legislative Council")
    NOT_RECOMMENDED = "not_recommended", _("not recommended")
    NO_QUORUM = "no_quorum", _("no quorum, no decision")
    RETURNED = "returned", _("ended: returned with questions")
    DEFERRED = "deferred", _("ended: deferred")
    ADJOURNED = "adjourned", _("adjourned, no decision")
    SUPERSEDED = "superseded", _("ended: the paper was revised")
    WITHDRAWN = "withdrawn", _("ended: the request was withdrawn")
    ROUTE_CHANGED = "route_changed", _("ended: the route changed")


class Raised(models.TextChoices):
    """Why a request goes to a higher tier than its amount asks for."""

    NO_FREE_HEAD = "no_free_head", _("the Head of Department is involved in the request")


class Reuse(models.TextChoices):
    """Could something that is there already do it? Asked before new money is (FEATURES K4)."""

    UNANSWERED = "", _("not answered yet")
    NOTHING_FOUND = "nothing_found", _("looked, and found nothing that could be reused")
    DOES_NOT_FIT = "does_not_fit", _("found something, but it does not fit")
    IN_PART = "in_part", _("reuses a part, and asks for the rest")
    BUILDS_ON = "builds_on", _("builds on something that is there already")


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
    linked = models.ManyToManyField(
        "self", symmetrical=False, related_name="linked_by", blank=True, help_text="Links this applicant declared."
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, related_name="requests", help_text="Declared by the applicant."
    )
    supplements = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="supplemented_by",
        help_text="The approved request that this one asks more money for.",
    )
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    reuse = models.CharField(max_length=16, choices=Reuse, blank=True, default=Reuse.UNANSWERED)
    reuse_reason = models.TextField(blank=True)
    reuse_considered = models.JSONField(
        default=list, help_text="References of the projects, requests and tools that were looked at."
    )
    benefits_numbered = models.PositiveSmallIntegerField(default=0, help_text="The last number given to a promise.")
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=RequestStatus, default=RequestStatus.DRAFT)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    own_amount = money(default=0)
    assessed_amount = money(default=0)
    recurrent_amount = money(default=0, help_text="Yearly consequence, shown and recorded, outside the tier.")
    policy = models.ForeignKey(FundingPolicy, on_delete=models.PROTECT, null=True, related_name="requests")
    tier = models.CharField(max_length=16, choices=Tier, blank=True)
    raised = models.CharField(
        max_length=16, choices=Raised, blank=True, help_text="Why the tier is higher than that of the amount."
    )
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
            models.CheckConstraint(condition=~Q(supplements=F("id")), name="request_supplements_another"),
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
