"""How small a group of a measure may be and still be shown: said by the Team, the last word counts (FEATURES E9)."""

from django.db import models
from django.db.models import Q

from accounts.models import Person
from kpis.querysets import SmallestGroupQuerySet

MOST = 1_000


class SmallestGroup(models.Model):
    """From here on groups of fewer people or cases are hidden, in every version of the measure. Append-only."""

    key = models.SlugField(max_length=60, help_text="Of the measure.")
    smallest = models.PositiveSmallIntegerField(help_text="The smallest group that is shown; 1 hides none.")
    reason = models.CharField(max_length=300)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects = SmallestGroupQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="smallestgroup_says_why"),
            models.CheckConstraint(condition=Q(smallest__range=(1, MOST)), name="smallestgroup_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.smallest}"

    @property
    def ledger_ref(self) -> str:
        return f"smallest-group:{self.pk}"
