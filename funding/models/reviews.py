"""Reviews before a decision: the dated rule that asks for them, what was asked of a version, what was answered."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
import pghistory

from accounts.models import Person
from funding.models.policy import Proposal
from funding.models.requests import FundingRequest
from funding.querysets_reviews import ReviewQuerySet


class ReviewKind(models.TextChoices):
    PRIVACY = "privacy", _("privacy")
    SECURITY = "security", _("information security")
    LAW = "law", _("law")
    PROCUREMENT = "procurement", _("procurement and technical architecture")


@pghistory.track()
class ReviewRule(Proposal):
    """Which reviews a request needs by its kind, risk or novelty: steps in order, reviews of a step side by side.

    It adds reviews and moves no line: the tier goes by the assessed amount alone (DESIGN 4).
    """

    steps = models.JSONField(help_text="[{passes: all | any, reviews: [{kind, when}]}], read by `rules.reviews`.")

    class Meta(Proposal.Meta):
        constraints = [
            *Proposal.Meta.constraints,
            ExclusionConstraint(
                name="reviewrule_no_overlap",
                expressions=[
                    (
                        Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"review rule from {self.starts_on}"

    @property
    def ledger_ref(self) -> str:
        return f"review-rule:{self.pk}"


class Review(models.Model):
    """One review asked of one version of a request, with the reasons as they were then. Append-only."""

    class Passes(models.TextChoices):
        ALL = "all", _("every review of the step is cleared")
        ANY = "any", _("one review of the step is cleared")

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="reviews")
    version_number = models.PositiveIntegerField()
    rule = models.ForeignKey(ReviewRule, on_delete=models.PROTECT, related_name="reviews")
    step = models.PositiveSmallIntegerField()
    passes = models.CharField(max_length=3, choices=Passes)
    kind = models.CharField(max_length=12, choices=ReviewKind)
    why = models.JSONField(default=list, help_text="[[condition, what was found]]")
    asked_at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "step", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "version_number", "kind"], name="review_asked_once"),
        ]
        permissions = [
            ("review_privacy", "Answer privacy reviews"),
            ("review_security", "Answer information security reviews"),
            ("review_law", "Answer legal reviews"),
            ("review_procurement", "Answer procurement reviews"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} review of {self.request.reference} version {self.version_number}"

    @property
    def ledger_ref(self) -> str:
        return f"review:{self.pk}"


class ReviewAnswer(models.Model):
    """What a reviewer answered; the highest revision stands. Append-only."""

    class Verdict(models.TextChoices):
        CLEARED = "cleared", pgettext_lazy("review", "cleared")
        ADVICE = "advice", _("cleared with advice")
        NOT_CLEARED = "not_cleared", _("not cleared")

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="answers")
    revision = models.PositiveIntegerField()
    verdict = models.CharField(max_length=12, choices=Verdict)
    reason = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["revision"]
        constraints = [
            models.UniqueConstraint(fields=["review", "revision"], name="reviewanswer_revision_once"),
            models.CheckConstraint(condition=Q(verdict="cleared") | ~Q(reason=""), name="reviewanswer_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} ({self.revision})"
