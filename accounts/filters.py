"""The filters of the list of people, one set for page and API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
import django_filters as filters

from accounts import policies
from accounts.models import Department, Person
from accounts.roles import LABELS
from core import clock, search

NAMES = ("name_en", "name_zh_hant", "name_zh_hans", "title_en", "title_zh_hant", "title_zh_hans")


class PeopleFilter(filters.FilterSet):
    """Plain words of name and post in any language, department today, and role for those who read records."""

    q = filters.CharFilter(method="in_words", label=_("Name or post"))
    department = filters.ModelChoiceFilter(
        queryset=Department.objects.all(),
        to_field_name="safe_code",
        method="in_department",
        label=_("Department"),
        empty_label=_("Any department"),
    )
    role = filters.ChoiceFilter(
        choices=list(LABELS.items()), method="in_role", label=_("Role"), empty_label=_("Any role")
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def in_words(self, rows: "QuerySet[Person]", name: str, value: str) -> "QuerySet[Person]":
        return search.matching(rows, value, NAMES, kept=False)

    def in_department(self, rows: Any, name: str, value: Department) -> Any:
        return rows.posted_in([value.pk], on=clock.today())

    def in_role(self, rows: Any, name: str, value: str) -> Any:
        """Who holds a role is part of people's records."""
        policies.can_read_records(self.request.user).or_raise()
        return rows.holding(value, at=clock.now())
