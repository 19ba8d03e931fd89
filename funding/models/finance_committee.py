"""The Legislative Council's part: panel, paper, and the Finance Committee's outcome by two officers (DESIGN 4)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Person
from funding.models.columns import money, not_negative
from funding.models.decisions import Decision
from funding.models.outcomes import EvidenceFile
from funding.models.policy import VotingRule
from funding.models.requests import FundingRequest


class ItemStatus(models.TextChoices):
    PREPARING = "preparing", _("before the Legislative Council")
    RECORDED = "recorded", _("outcome recorded, waiting for a second officer")
    CONFIRMED = "confirmed", _("outcome confirmed, not yet published")
    PUBLISHED = "published", _("published")


@pghistory.track()
class FinanceCommitteeItem(models.Model):
    """One recommended request on its way through the Legislative Council. Its money is locked until published."""

    request = models.OneToOneField(FundingRequest, on_delete=models.PROTECT, related_name="finance_committee_item")
    recommendation = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="finance_committee_item")
    panel_on = models.DateField(null=True, help_text="Day on which the Panel was consulted.")
    panel_paper = models.CharField(max_length=60, blank=True, help_text="Number of the paper for the Panel.")
    paper = models.CharField(max_length=20, blank=True, help_text="FCR(yyyy-yy)n, the Finance Committee's number.")
    status = models.CharField(max_length=10, choices=ItemStatus, default=ItemStatus.PREPARING)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["paper"], condition=~Q(paper=""), name="financecommitteeitem_paper_once"),
            models.CheckConstraint(
                condition=Q(paper="") | Q(paper__regex=r"^FCR\([0-9]{4}-[0-9]{2}\)[1-9][0-9]{0,3}$"),
                name="financecommitteeitem_paper_format",
            ),
            models.CheckConstraint(
                condition=Q(status="preparing") | Q(panel_on__isnull=False) & ~Q(panel_paper="") & ~Q(paper=""),
                name="financecommitteeitem_papers_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.paper or self.status}"


class FinanceCommitteeEntry(models.Model):
    """The outcome as one officer recorded it from the evidence. Append-only: a correction is the next revision."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("item withdrawn before a vote")

    class Casting(models.TextChoices):
        NONE = "", _("none")
        FOR = "for", _("for")
        AGAINST = "against", _("against")

    item = models.ForeignKey(FinanceCommitteeItem, on_delete=models.PROTECT, related_name="entries")
    revision = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    meeting_on = models.DateField()
    present = models.PositiveSmallIntegerField(help_text="Members present, the chairman included.")
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    casting = models.CharField(max_length=8, choices=Casting, blank=True, help_text="Of the chairman, in a tie only.")
    amount = money(help_text="What was approved; 0 unless approved.")
    reason = models.TextField(blank=True, help_text="Why less than recommended, rejected or withdrawn.")
    rule = models.ForeignKey(VotingRule, on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["item", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["item", "revision"], name="financecommitteeentry_revision_once"),
            not_negative("amount", "financecommitteeentry_amount_valid"),
            models.CheckConstraint(
                condition=Q(outcome="approved", amount__gt=0) | ~Q(outcome="approved") & Q(amount=0),
                name="financecommitteeentry_amount_only_if_approved",
            ),
            models.CheckConstraint(
                condition=Q(present__gte=F("votes_for") + F("votes_against") + F("abstained")),
                name="financecommitteeentry_votes_of_present",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.outcome}"


class EntryVerdict(models.Model):
    """What the second officer said of an entry: confirmed, or sent back with a reason. Append-only, one an entry."""

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        RETURNED = "returned", _("sent back")

    entry = models.OneToOneField(FinanceCommitteeEntry, on_delete=models.PROTECT, related_name="verdict")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="confirmed") | ~Q(reason=""), name="entryverdict_returned_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.verdict}"
