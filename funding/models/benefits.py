"""What a request promises in return for the money (DESIGN 4)."""

from django.db import models
from django.db.models import Q
import pghistory

from funding.models.columns import money
from funding.models.requests import FundingRequest
from projects.models import BenefitKind


@pghistory.track()
class PromisedBenefit(models.Model):
    """One promise of the working copy of a request; `RequestVersion` holds what was promised when submitted.

    `number` is given once and never again within a request, whatever is removed, so that later readings can
    name the promise they keep.
    """

    request = models.ForeignKey(FundingRequest, on_delete=models.CASCADE, related_name="benefits")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=BenefitKind)
    description = models.CharField(max_length=300, help_text="What gets better, and for whom.")
    amount = money(help_text="In the unit of its kind.")
    due_on = models.DateField(help_text="The day by which the whole amount is reached.")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="benefit_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lt=10**12), name="benefit_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.number}: {self.amount} {self.kind}"
