"""The filters of the request and round lists, one set for page, export and API."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
import django_filters as filters

from accounts.models import Department
from core import clock, search
from core.filters import DayFilter
from funding import held
from funding.models import Commitment, FundingRequest, Outcome, RequestStatus, Round, RoundStatus, Tier

SEARCHED = ("reference", "title_en", "title_zh_hant", "title_zh_hans")
AWAITING_DECISION = (
    RequestStatus.SUBMITTED,
    RequestStatus.ENDORSED,
    RequestStatus.SCREENED,
    RequestStatus.DECIDING,
)


def awaiting_decision(rows: "QuerySet[FundingRequest]") -> "QuerySet[FundingRequest]":
    """Submitted and not yet decided: what the overview counts as waiting, and what its link lists."""
    return rows.filter(status__in=AWAITING_DECISION)


def committed_in(rows: "QuerySet[FundingRequest]", financial_year: int) -> "QuerySet[FundingRequest]":
    """Requests with money set aside in an envelope of this financial year (2026 is 2026-27)."""
    held = Commitment.objects.filter(envelope__financial_year=financial_year)
    return rows.filter(pk__in=held.values("decision__request"))


class RequestFilter(filters.FilterSet):
    """Status, outcome, tier, department, project and plain words of the title or reference."""

    status = filters.ChoiceFilter(choices=RequestStatus.choices, label=_("Status"), empty_label=_("Any status"))
    outcome = filters.ChoiceFilter(
        choices=Outcome.choices, method="published_as", label=_("Outcome"), empty_label=_("Any outcome")
    )
    tier = filters.ChoiceFilter(choices=Tier.choices, label=_("Decided by"), empty_label=_("Any body"))
    department = filters.ModelChoiceFilter(
        queryset=Department.objects.all(),
        to_field_name="safe_code",
        label=_("Department"),
        empty_label=_("Any department"),
    )
    project = filters.CharFilter(field_name="project__reference", label=_("Project"))
    q = filters.CharFilter(method="in_words", label=_("Words"))
    awaiting = filters.ChoiceFilter(
        choices=[("decision", _("a decision"))], method="waits", label=_("Waiting for"), empty_label=_("Anything")
    )
    holder = filters.ChoiceFilter(
        choices=[
            (held.ME, _("you")),
            (held.APPLICANT, _("the applicant")),
            (held.HEAD, _("the Head of Department")),
            (held.SECRETARY, _("the secretary of the working group")),
            (held.CHAIR, _("the chair of the working group")),
        ],
        method="is_with",
        label=pgettext_lazy("holder", "With"),
        empty_label=_("Anybody"),
    )
    due = filters.ChoiceFilter(
        choices=[(held.OVERDUE, _("Overdue")), (held.SOON, _("Within 5 working days"))],
        method="is_due",
        label=pgettext_lazy("clock", "Due"),
        empty_label=_("At any time"),
    )
    committed_in = filters.NumberFilter(
        method="holds_money", min_value=1990, max_value=2098, label=_("Money committed in financial year")
    )

    published_since = DayFilter(method="published_from", label=_("Decision published from this day on"))

    class Meta:
        model = FundingRequest
        fields: list[str] = []

    def waits(self, rows: "QuerySet[FundingRequest]", name: str, value: str) -> "QuerySet[FundingRequest]":
        return awaiting_decision(rows)

    def is_with(self, rows: "QuerySet[FundingRequest]", name: str, value: str) -> "QuerySet[FundingRequest]":
        return held.held_by(rows, value, self.request.user)

    def is_due(self, rows: "QuerySet[FundingRequest]", name: str, value: str) -> "QuerySet[FundingRequest]":
        return held.due(rows, value)

    def holds_money(self, rows: "QuerySet[FundingRequest]", name: str, value: Decimal) -> "QuerySet[FundingRequest]":
        return committed_in(rows, int(value))

    def published_from(self, rows: "QuerySet[FundingRequest]", name: str, value: date) -> Any:
        return rows.published_since(clock.end_of_day(value - timedelta(days=1)))  # type: ignore[attr-defined]

    def published_as(self, rows: "QuerySet[FundingRequest]", name: str, value: str) -> "QuerySet[FundingRequest]":
        """By outcome once published: before that a filter would give the result away."""
        return rows.filter(outcome=value, status=RequestStatus.PUBLISHED)

    def in_words(self, rows: "QuerySet[FundingRequest]", name: str, value: str) -> "QuerySet[FundingRequest]":
        return search.matching(rows, value, SEARCHED, kept=False)


class RoundFilter(filters.FilterSet):
    """Rounds by state and by request."""

    status = filters.ChoiceFilter(choices=RoundStatus.choices, label=_("Status"), empty_label=_("Any status"))
    request = filters.CharFilter(field_name="request__reference", label=_("Request"))

    class Meta:
        model = Round
        fields: list[str] = []
