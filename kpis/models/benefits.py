"""The register of benefits: what a project promises, and what its verified readings say came of it (FEATURES F)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Person, Trilingual
from kpis.models.definitions import DIGITS, PLACES, Kpi
from kpis.querysets import BenefitQuerySet, BenefitReviewQuerySet
from kpis.rules.benefits import REVIEWS, Formula, Measure
from projects.models import BenefitKind, Project

FORMULAS = [
    (Formula.AMOUNT.value, _("the readings added up")),
    (Formula.PER_CASE.value, _("the difference from the baseline")),
    (Formula.ALL_CASES.value, _("the difference from the baseline × the cases")),
]


@pghistory.track()
class Benefit(Trilingual):
    """One promise, measured by one KPI. Its amount never changes: a new promise is a new row, `BEN-0001`.

    `share` is the part of the KPI's readings that this benefit claims; of one KPI never more than all is claimed.
    A disbenefit is what gets worse elsewhere, for example work that is moved: its amount is the harm expected.
    """

    class Status(models.TextChoices):
        PROMISED = "promised", _("promised")
        WITHDRAWN = "withdrawn", _("withdrawn")

    reference = models.CharField(max_length=32, unique=True)
    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="benefits")
    kind = models.CharField(max_length=8, choices=BenefitKind)
    is_harm = models.BooleanField(default=False)
    summary_en = models.CharField(max_length=200, help_text="What gets better, and for whom.")
    summary_zh_hant = models.CharField(max_length=100)
    summary_zh_hans = models.CharField(max_length=100)
    formula = models.CharField(max_length=12, choices=FORMULAS)
    factor = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, default=Decimal(1), help_text="Of one unit of the KPI."
    )
    factor_source = models.CharField(max_length=300, blank=True, help_text="Where a factor other than 1 comes from.")
    share = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(100), help_text="Percent of the KPI.")
    promised = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="In the unit of its kind.")
    due_on = models.DateField(help_text="The day by which the whole amount is reached.")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="owned_benefits")
    status = models.CharField(max_length=10, choices=Status, default=Status.PROMISED)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    objects = BenefitQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        permissions = [("accept_reviews", "Accept reviews of benefits that somebody else recorded")]
        constraints = [
            models.CheckConstraint(condition=Q(promised__gt=0, factor__gt=0), name="promise_amounts_positive"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=100), name="promise_share_is_a_part"),
            models.CheckConstraint(condition=Q(factor=1) | ~Q(factor_source=""), name="promise_factor_has_source"),
            models.CheckConstraint(
                condition=Q(status="promised") ^ ~Q(withdrawn_reason=""), name="promise_withdrawn_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.in_language('summary')}"

    @property
    def summary(self) -> str:
        return self.in_language("summary")

    @property
    def project(self) -> Project:
        return self.kpi.project

    @property
    def is_withdrawn(self) -> bool:
        return self.status == self.Status.WITHDRAWN

    @property
    def measure(self) -> Measure:
        definition = self.kpi.definition
        return Measure(
            formula=self.formula,
            parts=definition.formula,
            aggregation=definition.aggregation,
            direction=definition.direction,
            factor=self.factor,
            share=self.share,
            is_harm=self.is_harm,
        )

    @property
    def ledger_ref(self) -> str:
        return self.reference


class BenefitReview(models.Model):
    """Promised against realised some months after going live, as the readings stood then. It is never worked out anew.

    A second person of the Team accepts it or sends it back; one that was sent back stays, and is followed by another.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits to be accepted")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("sent back")

    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, related_name="reviews")
    months = models.PositiveSmallIntegerField(choices=[(months, str(months)) for months in REVIEWS])
    first_day = models.DateField()
    last_day = models.DateField()
    promised = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="For these months.")
    realised = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    baseline = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, help_text="Of all the months.")
    cases = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    readings = models.JSONField(help_text="The readings it stands on: [first day of the period, revision].")
    lessons = models.TextField()
    next_steps = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    judged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True, help_text="Why it was sent back.")

    objects = BenefitReviewQuerySet.as_manager()

    class Meta:
        ordering = ["months", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "months"], condition=~Q(status="returned"), name="benefitreview_once"
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("recorded_by")), name="benefitreview_two_people"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting") ^ Q(judged_by__isnull=False, judged_at__isnull=False),
                name="benefitreview_judged_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit_id} after {self.months} months: {self.realised} of {self.promised}"

    @property
    def ledger_ref(self) -> str:
        return f"benefit-review:{self.pk}"
