"""Requests that look alike, what the secretary answered, and findings that make or cut a link (DESIGN 4)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
import pghistory

from accounts.models import Person
from funding.models.columns import money
from funding.models.policy import Proposal, Tier
from funding.models.requests import FundingRequest
from funding.querysets_lookalikes import LinkFindingQuerySet, LookalikeQuerySet


@pghistory.track()
class LookalikeRule(Proposal):
    """When two requests are alike enough to ask about, as dated data."""

    window_days = models.PositiveSmallIntegerField(
        default=180, help_text="First submitted at most this many days apart."
    )
    least_share_percent = models.PositiveSmallIntegerField(
        default=20, help_text="Each asks for at least this share of the line that they pass together."
    )
    wording_percent = models.PositiveSmallIntegerField(
        default=40, help_text="At least this share of their words agrees, in English or in Chinese."
    )
    ask_at = models.PositiveSmallIntegerField(default=60, help_text="The secretary is asked from this score of 100 on.")
    answer_days = models.PositiveSmallIntegerField(
        default=5, help_text="Working days after which the chair is told that no answer came."
    )

    class Meta(Proposal.Meta):
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    window_days__range=(1, 730),
                    least_share_percent__range=(0, 100),
                    wording_percent__range=(1, 100),
                    ask_at__range=(1, 100),
                    answer_days__range=(1, 60),
                ),
                name="lookalikerule_in_range",
            ),
            ExclusionConstraint(
                name="lookalikerule_no_overlap",
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
        return f"look-alike rule from {self.starts_on}"

    @property
    def ledger_ref(self) -> str:
        return f"lookalike-rule:{self.pk}"


@pghistory.track()
class LookalikeQuestion(models.Model):
    """Are these two requests one piece of work? Asked by the system, answered once by the secretary.

    While it is open, neither request is decided at a lower tier than `together_tier`.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("waits for the secretary’s answer")
        LINKED = "linked", _("found to belong together")
        NOT_LINKED = "not_linked", _("found not to belong together")
        LAPSED = "lapsed", _("no longer asked")

    first = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    rule = models.ForeignKey(LookalikeRule, on_delete=models.PROTECT, related_name="questions")
    score = models.PositiveSmallIntegerField(help_text="Out of 100.")
    working = models.JSONField(default=list, help_text="What was looked at, what was found, the points it gave.")
    line = money(help_text="The line that each is under and all of them together are over.")
    together_amount = money()
    together_tier = models.CharField(max_length=16, choices=Tier)
    asked_at = models.DateTimeField()
    due_on = models.DateField(help_text="The last working day for an answer; then the chair is told.")
    chair_told_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    objects = LookalikeQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["status", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(status="open"), name="lookalikequestion_asked_once"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="lookalikequestion_in_order"),
            models.CheckConstraint(
                condition=~Q(status__in=["linked", "not_linked"])
                | Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(reason=""),
                name="lookalikequestion_answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first.reference} and {self.second.reference}"

    @property
    def ledger_ref(self) -> str:
        return f"lookalike:{self.pk}"


@pghistory.track()
class LinkFinding(models.Model):
    """Two requests belong together, found by the secretary; or they do not, found by two people (DESIGN 4)."""

    class Kind(models.TextChoices):
        JOINS = "joins", _("they belong together")
        CUTS = "cuts", _("they do not belong together")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        STANDS = "stands", pgettext_lazy("finding", "stands")
        TURNED_DOWN = "turned_down", _("turned down")
        REPLACED = "replaced", _("replaced by a later finding")

    kind = models.CharField(max_length=5, choices=Kind)
    status = models.CharField(max_length=11, choices=Status)
    first = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    found_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    second_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    second_reason = models.TextField(blank=True)

    objects = LinkFindingQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="linkfinding_in_order"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(status="stands"), name="linkfinding_one_stands"
            ),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(status="proposed"), name="linkfinding_one_proposed"
            ),
            models.CheckConstraint(
                condition=~Q(kind="cuts", status__in=["stands", "replaced"])
                | Q(second_by__isnull=False) & ~Q(second_by=F("found_by")),
                name="linkfinding_cut_by_two",
            ),
        ]
        permissions = [("confirm_finding", "Agree that two requests do not belong together")]

    def __str__(self) -> str:
        return f"{self.first.reference} {self.kind} {self.second.reference}"

    @property
    def ledger_ref(self) -> str:
        return f"link-finding:{self.pk}"
