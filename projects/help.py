"""Requests for help as lists read them and as people type them."""

from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
import django_filters as filters

from accounts.models import User
from core.forms import ParagraphField, TrackerForm
from projects.models import HelpRequest

OPEN = "open"
ANSWERS = [
    (one.value, one.label)
    for one in (HelpRequest.Outcome.HELPING, HelpRequest.Outcome.ADVISED, HelpRequest.Outcome.DECLINED)
]
OUTCOMES = [(value or OPEN, label) for value, label in HelpRequest.Outcome.choices]


def help_rows(user: User) -> "QuerySet[HelpRequest]":
    """Open ones first, then the newest, of projects whose inner records the person reads."""
    rows: Any = HelpRequest.objects.visible_to(user)
    return (
        rows.select_related("project", "project__department", "asked_by", "answered_by")
        .annotate(is_answered=Case(When(outcome="", then=Value(0)), default=Value(1)))
        .order_by("is_answered", "-asked_at", "-pk")
    )


class HelpFilter(filters.FilterSet):
    outcome = filters.ChoiceFilter(
        choices=OUTCOMES, method="with_outcome", label=_("Outcome"), empty_label=_("Any outcome")
    )
    kind = filters.ChoiceFilter(choices=HelpRequest.Kind.choices, label=_("Kind of help"), empty_label=_("Any kind"))
    project = filters.CharFilter(field_name="project__reference", label=_("Project"))

    class Meta:
        model = HelpRequest
        fields: list[str] = []

    def with_outcome(self, rows: "QuerySet[HelpRequest]", name: str, value: str) -> "QuerySet[HelpRequest]":
        return rows.filter(outcome="" if value == OPEN else value)


class AskHelpForm(TrackerForm):
    kind = forms.ChoiceField(label=_("Kind of help"), choices=HelpRequest.Kind.choices)
    question = ParagraphField(
        label=_("Question"), max_length=5_000, help_text=_("What is in the way, since when, and what would help.")
    )


class AnswerHelpForm(TrackerForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=ANSWERS)
    answer = ParagraphField(label=_("Answer"), max_length=5_000)


class WithdrawHelpForm(TrackerForm):
    reason = ParagraphField(label=_("Reason"), max_length=2_000)
