"""A Head of Department lets somebody of the department decide its smallest requests, for a time (DESIGN 4)."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
import pghistory

from accounts.models import Department, Person
from funding.models.columns import money
from funding.models.policy import Proposal


@pghistory.track()
class Delegation(Proposal):
    """Who decides for the Head of Department, from a day until a day, up to an amount; one at a time.

    Proposed by the head, in whose name the delegate decides, and approved by the Team. It cannot be passed on.
    """

    LONGEST_DAYS: ClassVar = 366

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="delegations")
    delegate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations")
    most = money(help_text="The largest assessed amount of a request that the delegate decides.")

    class Meta(Proposal.Meta):
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False, most__gt=0, most__lt=10**13), name="delegation_has_end_and_limit"
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=False)
                & ~Q(delegate=F("proposed_by"))
                & (Q(approved_by__isnull=True) | ~Q(delegate=F("approved_by"))),
                name="delegation_to_another_person",
            ),
            ExclusionConstraint(
                name="delegation_no_overlap",
                expressions=[
                    (
                        Func(
                            "department_id",
                            "department_id",
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"delegation to {self.delegate} from {self.starts_on}"

    @property
    def ledger_ref(self) -> str:
        return f"delegation:{self.pk}"
