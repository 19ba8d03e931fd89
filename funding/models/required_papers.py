"""Which papers each tier wants to read before a request is submitted: dated, two-person policy (DESIGN 4)."""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
import pghistory

from funding.models.policy import Proposal, Tier
from work.models import DocumentKind

PAPERS = (
    DocumentKind.BUSINESS_CASE,
    DocumentKind.PLAN,
    DocumentKind.PRIVACY,
    DocumentKind.SECURITY,
    DocumentKind.CONTRACT,
)
"""The kinds of document that a tier may ask for."""


def _papers(help_text: str) -> ArrayField:
    kinds = models.CharField(max_length=12, choices=DocumentKind)
    return ArrayField(kinds, default=list, blank=True, help_text=help_text)


@pghistory.track()
class RequiredPapers(Proposal):
    """The kinds of document that go with a request of each tier, beside its own form."""

    COLUMNS: ClassVar[Mapping[str, str]] = {
        Tier.DEPARTMENT: "department_papers",
        Tier.WORKING_GROUP: "working_group_papers",
        Tier.LEGCO: "legco_papers",
    }

    department_papers = _papers("What the Head of Department wants to read.")
    working_group_papers = _papers("What the working group wants to read.")
    legco_papers = _papers("What goes with a request for the Legislative Council.")

    class Meta(Proposal.Meta):
        verbose_name_plural = "required papers"
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    department_papers__contained_by=[str(kind) for kind in PAPERS],
                    working_group_papers__contained_by=[str(kind) for kind in PAPERS],
                    legco_papers__contained_by=[str(kind) for kind in PAPERS],
                ),
                name="requiredpapers_known_kinds",
            ),
            ExclusionConstraint(
                name="requiredpapers_no_overlap",
                expressions=[
                    (
                        Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(status="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"required papers from {self.starts_on}"

    @property
    def ledger_ref(self) -> str:
        return f"required-papers:{self.pk}"

    def of_tier(self, tier: str) -> list[str]:
        """The kinds this tier asks for; none for a request that has no tier yet."""
        return list(getattr(self, self.COLUMNS[tier])) if tier in self.COLUMNS else []
