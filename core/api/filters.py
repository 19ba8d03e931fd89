"""Filtering and ordering by named columns only (TRUST T33)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from core.errors import InvalidInput

NAME = "ordering"


class AskedFilters(DjangoFilterBackend):
    """The view's `filterset_class`, where the address names one of its filters; else no form is built."""

    def filter_queryset(self, request: Request, queryset: "QuerySet[Any]", view: Any) -> "QuerySet[Any]":
        filterset = self.get_filterset_class(view, queryset)
        if filterset is None or filterset.base_filters.keys().isdisjoint(request.query_params):
            return queryset
        found: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return found


class StrictOrdering(BaseFilterBackend):
    """`?ordering=name` or `-name` out of the view's `ordering_fields`; ties by primary key, so pages never overlap."""

    def filter_queryset(self, request: Request, queryset: "QuerySet[Any]", view: Any) -> "QuerySet[Any]":
        asked = request.query_params.get(NAME, "")
        fields = view.ordering_fields
        if not asked:
            first = queryset.query.order_by or queryset.model._meta.ordering
            return queryset.order_by(*first, "pk")
        if asked.removeprefix("-") not in fields:
            message = _("This list cannot be ordered by that.")
            raise InvalidInput("param.unknown", message, fields={NAME: [message]})
        return queryset.order_by(asked, "pk")

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        if not view.ordering_fields:
            return []
        names = [sign + name for name in view.ordering_fields for sign in ("", "-")]
        return [{"name": NAME, "in": "query", "required": False, "schema": {"type": "string", "enum": names}}]
