"""Filters of the lists of records, one set for page and API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
import django_filters as filters

from core import search
from projects.models import Concern, Dependency, IndependentRating, Milestone, Resource, ResourceUse, StatusReport
from projects.rules.risks import LEVELS

LEVEL_CHOICES = [(str(level), str(level)) for level in LEVELS]
RESOURCE_KEY = ("reference", "name_en", "name_zh_hant", "name_zh_hans", "details")
STATES = [("open", _("still open")), ("closed", _("closed"))]


class OfProject(filters.FilterSet):
    """Records of one project, by its reference."""

    project = filters.CharFilter(field_name="project__reference", label=_("Project"))


class MilestoneFilter(OfProject):
    class Meta:
        model = Milestone
        fields: list[str] = []


class DependencyFilter(OfProject):
    class Meta:
        model = Dependency
        fields: list[str] = []


class ReportFilter(OfProject):
    class Meta:
        model = StatusReport
        fields: list[str] = []


class RatingFilter(OfProject):
    class Meta:
        model = IndependentRating
        fields: list[str] = []


class UseFilter(OfProject):
    resource = filters.CharFilter(field_name="resource__reference", label=_("Entry"))

    class Meta:
        model = ResourceUse
        fields: list[str] = []


class ConcernOfProjectFilter(filters.FilterSet):
    """Kind, open or closed, and the field of the matrix."""

    kind = filters.ChoiceFilter(choices=Concern.Kind.choices, label=_("Kind"), empty_label=_("Any kind"))
    state = filters.ChoiceFilter(choices=STATES, method="in_state", label=_("State"), empty_label=_("Any state"))
    likelihood = filters.ChoiceFilter(choices=LEVEL_CHOICES, label=_("Likelihood"), empty_label=_("Any likelihood"))
    impact = filters.ChoiceFilter(choices=LEVEL_CHOICES, label=_("Impact"), empty_label=_("Any impact"))

    class Meta:
        model = Concern
        fields: list[str] = []

    def in_state(self, rows: "QuerySet[Concern]", name: str, value: str) -> "QuerySet[Concern]":
        return rows.filter(closed_on__isnull=value == "open")


class ConcernFilter(ConcernOfProjectFilter, OfProject):
    """The same over the API, with the project named."""

    class Meta:
        model = Concern
        fields: list[str] = []


class ResourceFilter(filters.FilterSet):
    """Kind, and plain words of the name, the details or the reference."""

    kind = filters.ChoiceFilter(choices=Resource.Kind.choices, label=_("Kind"), empty_label=_("Any kind"))
    q = filters.CharFilter(method="in_words", label=_("Words"))

    class Meta:
        model = Resource
        fields: list[str] = []

    def in_words(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return search.matching(rows, value, RESOURCE_KEY, kept=False)
