"""Cost lines that the secretary put under another category (DESIGN 4)."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from funding.models.columns import money
from funding.models.requests import CostCategory, FundingRequest, RequestVersion


class Reclassification(models.Model):
    """One line, counted under another category from this version on. Append-only."""

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="reclassifications")
    request_version = models.OneToOneField(RequestVersion, on_delete=models.PROTECT, related_name="reclassification")
    number = models.PositiveSmallIntegerField(help_text="Of the line, 1..n in the order of the version.")
    description = models.CharField(max_length=300, blank=True)
    amount = money()
    was = models.CharField(max_length=16, choices=CostCategory)
    became = models.CharField(max_length=16, choices=CostCategory)
    recurrent_after = money(help_text="All recurrent lines then; a revision cannot put more there.")
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(was=F("became")), name="reclassification_changes")]

    def __str__(self) -> str:
        return f"{self.request_id} line {self.number}: {self.became}"
