"""Votes of money, budgets, expenditure, releases and carry-over (DESIGN 4, Life). Amounts in HK$.

What happened to money is only ever added: a wrong entry is taken back by a reversing one.
"""

from django.db import models
from django.db.models import F, Q
import pghistory

from accounts.models import Person
from core.models import DatedPolicy
from core.money import hkd
from funding.models.columns import money
from funding.models.decisions import Decision, Envelope
from funding.models.requests import CostCategory, FundingRequest
from funding.querysets import OfPublishedQuerySet, PolicyQuerySet
from projects.models import Milestone


class TwoPerson(models.Model):
    """Proposed by one person, approved by another, or withdrawn with a reason."""

    Status = DatedPolicy.Status

    status = models.CharField(max_length=10, choices=DatedPolicy.Status, default=DatedPolicy.Status.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(proposed_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="%(class)s_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved_at__isnull=False), name="%(class)s_approved_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") ^ ~Q(withdrawn_reason=""), name="%(class)s_withdrawn_says_why"
            ),
        ]


@pghistory.track()
class EnvelopeVote(TwoPerson):
    """Money voted into an envelope. What an envelope holds is the sum of its approved votes."""

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="votes")
    amount = money()
    source = models.CharField(max_length=300)

    class Meta(TwoPerson.Meta):
        constraints = [
            *TwoPerson.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lt=10**13), name="envelopevote_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.envelope.code} {hkd(self.amount)}"


@pghistory.track()
class CarryOver(TwoPerson):
    """Committed money not spent in its year, carried into an envelope of a later one. Both years stay on record."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="carry_overs")
    source = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="carried_out")
    target = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="carried_in")
    amount = money()
    reason = models.TextField()

    class Meta(TwoPerson.Meta):
        constraints = [
            *TwoPerson.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lt=10**13), name="carryover_positive"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="carryover_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.source.code} → {self.target.code} {hkd(self.amount)}"


class BudgetLine(models.Model):
    """Planned money of a decision by financial year and category: its opening lines, then moves between them.

    A move adds two lines, one below zero. The sum is always the amount of the decision. Append-only.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="budget_lines")
    financial_year = models.PositiveSmallIntegerField(help_text="The year it starts: 2026 is 2026-27.")
    category = models.CharField(max_length=16, choices=CostCategory)
    amount = money()
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was moved; empty for an opening line.")
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount=0) & Q(amount__gt=-(10**13), amount__lt=10**13), name="budgetline_amount_valid"
            )
        ]

    def __str__(self) -> str:
        return f"{self.financial_year} {self.category} {self.amount}"


class Expenditure(models.Model):
    """Money that was paid: a fact, also where it is more than was approved. A correction is a reversing entry.

    (source, row digest) is unique, so a file imported again adds nothing. Append-only.
    """

    TYPED = "typed"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="expenditures")
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="expenditures")
    category = models.CharField(max_length=16, choices=CostCategory)
    amount = money(help_text="Below zero in a reversing entry.")
    spent_on = models.DateField()
    voucher = models.CharField(max_length=100, help_text="Number of the payment voucher.")
    description = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=100, default=TYPED, help_text="The ledger system whose file had it, or typed.")
    row_digest = models.CharField(max_length=64, help_text="SHA-256 of the row as the source gave it.")
    batch = models.ForeignKey("SpendingImport", on_delete=models.PROTECT, null=True, related_name="expenditures")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was taken back.")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfPublishedQuerySet.as_manager()

    class Meta:
        ordering = ["-spent_on", "-pk"]
        indexes = [models.Index(fields=["envelope", "spent_on"])]
        constraints = [
            models.UniqueConstraint(fields=["source", "row_digest"], name="expenditure_row_once"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0, amount__lt=10**13)
                | Q(reverses__isnull=False, amount__lt=0, amount__gt=-(10**13)) & ~Q(reason=""),
                name="expenditure_amount_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} {self.amount}"


class Release(models.Model):
    """Committed money given free for payment because a milestone was reached. Append-only.

    What was released and not paid in its year falls away with a carry-over: a row below zero that names it.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="releases")
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="releases")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, null=True, related_name="releases")
    amount = money(help_text="Below zero where it falls away with a carry-over.")
    carry_over = models.ForeignKey(CarryOver, on_delete=models.PROTECT, null=True, related_name="lapsed")
    note = models.CharField(max_length=500, blank=True)
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    objects = OfPublishedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lt=10**13, carry_over__isnull=True, milestone__isnull=False)
                | Q(amount__lt=0, amount__gt=-(10**13), carry_over__isnull=False, milestone__isnull=True),
                name="release_amount_valid",
            )
        ]

    def __str__(self) -> str:
        return f"{self.milestone or self.carry_over} {self.amount}"


class Supplement(models.Model):
    """The draft that was opened because more was spent than approved. It is a request like any other."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="supplements")
    request = models.OneToOneField(FundingRequest, on_delete=models.PROTECT, related_name="supplements_decision")
    amount = money(help_text="Spent above what was approved, when it was opened.")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0, amount__lt=10**13), name="supplement_positive")]

    def __str__(self) -> str:
        return f"{self.request.reference} {self.amount}"


class VarianceNote(models.Model):
    """Why spending of one year and category differs from its plan, said about figures as they stood. Append-only."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="variance_notes")
    financial_year = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=16, choices=CostCategory)
    planned = money()
    spent = money()
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.financial_year} {self.category}"
