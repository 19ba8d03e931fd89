"""Filters of dated facts in the API."""

from typing import Any

from django.db.models import QuerySet
import django_filters as filters

from accounts.models import Department, ObjectGrant, Posting, RoleGrant
from accounts.roles import LABELS
from core import clock


class _Dated(filters.FilterSet):
    person = filters.NumberFilter(field_name="person", min_value=1, max_value=2**63 - 1)
    now = filters.BooleanFilter(method="held_now", help_text="true for those in force at this moment.")

    def held_now(self, rows: Any, name: str, value: bool) -> "QuerySet[Any]":
        live: QuerySet[Any] = rows.on(clock.today()) if rows.model is Posting else rows.live(clock.now())
        return live if value else rows.exclude(pk__in=live.values("pk"))


class PostingFilter(_Dated):
    department = filters.ModelChoiceFilter(queryset=Department.objects.all(), to_field_name="safe_code")

    class Meta:
        model = Posting
        fields: list[str] = []


class RoleGrantFilter(_Dated):
    role = filters.ChoiceFilter(field_name="group__name", choices=list(LABELS.items()))

    class Meta:
        model = RoleGrant
        fields: list[str] = []


class ObjectGrantFilter(_Dated):
    reference = filters.CharFilter()

    class Meta:
        model = ObjectGrant
        fields: list[str] = []
