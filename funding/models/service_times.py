"""How many working days each stage may take, and when above is told: dated, two-person policy (DESIGN 4)."""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
import pghistory

from funding.models.policy import Proposal


@pghistory.track()
class ServiceTimes(Proposal):
    """Working days of each stage, counted from the day after the request came to its holder."""

    COLUMNS: ClassVar[Mapping[str, str]] = {
        "decide": "decide_days",
        "endorse": "endorse_days",
        "screen": "screen_days",
        "list": "list_days",
        "vote": "vote_days",
        "publish": "publish_days",
        "answer": "answer_days",
        "escalate": "escalate_days",
    }

    decide_days = models.PositiveSmallIntegerField(default=10, help_text="The Head of Department decides.")
    endorse_days = models.PositiveSmallIntegerField(default=5, help_text="The Head of Department endorses.")
    screen_days = models.PositiveSmallIntegerField(default=5, help_text="The secretary screens.")
    list_days = models.PositiveSmallIntegerField(default=15, help_text="The secretary puts it to a vote.")
    vote_days = models.PositiveSmallIntegerField(default=10, help_text="The body decides.")
    publish_days = models.PositiveSmallIntegerField(default=3, help_text="The secretary publishes.")
    answer_days = models.PositiveSmallIntegerField(default=10, help_text="The applicant answers questions.")
    escalate_days = models.PositiveSmallIntegerField(default=3, help_text="From the due day until above is told.")

    class Meta(Proposal.Meta):
        verbose_name_plural = "service times"
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    decide_days__range=(1, 250),
                    endorse_days__range=(1, 250),
                    screen_days__range=(1, 250),
                    list_days__range=(1, 250),
                    vote_days__range=(1, 250),
                    publish_days__range=(1, 250),
                    answer_days__range=(1, 250),
                    escalate_days__range=(1, 250),
                ),
                name="servicetimes_between_1_and_250",
            ),
            ExclusionConstraint(
                name="servicetimes_no_overlap",
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
        return f"service times from {self.starts_on}"

    @property
    def ledger_ref(self) -> str:
        return f"service-times:{self.pk}"

    @property
    def days(self) -> dict[str, int]:
        """Working days by stage and until escalation, as the rules want them."""
        return {stage: getattr(self, column) for stage, column in self.COLUMNS.items()}
