"""What was decided, and the money that followed (DESIGN 4)."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
import pghistory

from accounts.models import Person, Trilingual
from funding.models.columns import money, not_negative
from funding.models.policy import Tier
from funding.models.requests import CostCategory, FundingRequest, Outcome, RequestVersion
from funding.models.rounds import Round


class Decision(models.Model):
    """What was decided about one version of a request. One per round; money follows only after publication."""

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="decisions")
    request_version = models.ForeignKey(RequestVersion, on_delete=models.PROTECT, related_name="decisions")
    round = models.OneToOneField(Round, on_delete=models.PROTECT, null=True, related_name="decision")
    entry = models.OneToOneField(
        "FinanceCommitteeEntry",
        on_delete=models.PROTECT,
        null=True,
        related_name="decision",
        help_text="The confirmed outcome of the Finance Committee that this decision is.",
    )
    tier = models.CharField(max_length=16, choices=Tier)
    outcome = models.CharField(max_length=16, choices=Outcome)
    amount = money(help_text="What may be committed; 0 unless approved.")
    conditions = models.JSONField(default=list)
    assessed_amount = money()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    delegation = models.ForeignKey(
        "Delegation",
        on_delete=models.PROTECT,
        null=True,
        related_name="decisions",
        help_text="In whose name it was decided, where a delegate decided for the Head of Department.",
    )
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

    @property
    def is_in_part(self) -> bool:
        """Approved or recommended for less than was asked."""
        return 0 < self.granted < self.request_version.own_amount

    @property
    def is_refusal(self) -> bool:
        return self.outcome in (Outcome.REJECTED, Outcome.NOT_RECOMMENDED)

    @property
    def granted(self) -> Decimal:
        """What was approved; of a recommendation, what was recommended."""
        if self.outcome == Outcome.RECOMMENDED and self.round is not None:
            return self.round.motion_amount
        return self.amount


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
        permissions = [
            ("vote_money", "Propose a vote of money into an envelope"),
            ("approve_money", "Approve a vote of money or a carry-over that somebody else proposed"),
            ("record_spending", "Record expenditure of every department"),
        ]

    def __str__(self) -> str:
        return self.in_language("name")

    @property
    def ledger_ref(self) -> str:
        return f"envelope:{self.code}"


class Commitment(models.Model):
    """Approved money set aside in an envelope. Never above the envelope, never above the decision.

    A carry-over adds two: one below zero in the year that gives, one above in the year that takes, so that
    every sum of commitments is what is committed.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="commitments")
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="commitments")
    amount = money()
    category = models.CharField(
        max_length=16, choices=CostCategory, blank=True, help_text="Empty: for all categories of the decision."
    )
    carry_over = models.ForeignKey("CarryOver", on_delete=models.PROTECT, null=True, related_name="commitments")
    committed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    committed_at = models.DateTimeField()

    class Meta:
        ordering = ["committed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lt=10**13)
                | Q(amount__lt=0, amount__gt=-(10**13), carry_over__isnull=False),
                name="commitment_positive",
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount}"
