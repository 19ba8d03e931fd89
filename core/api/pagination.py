"""Numbered pages of 50, at most 200 (TRUST 4.8); or, for large sets, from one record to the next by a cursor.

A cursor starts with `?cursor=` and goes on with the address under `next`: nothing is counted, and a record that
comes or goes meanwhile moves no other from one page to the next.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import CursorPagination, PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

from core import params
from core.errors import InvalidInput, NotVisible

CURSOR = "cursor"


class ByCursor(CursorPagination):
    """In the order in which the records came to be."""

    ordering = "pk"
    cursor_query_param = CURSOR

    def __init__(self, page_size: int) -> None:
        self.page_size = page_size

    def decode_cursor(self, request: Request) -> Any:
        """What somebody wrote by hand is no cursor of ours."""
        cursor = super().decode_cursor(request)
        place = str(cursor.position) if cursor is not None and cursor.position is not None else None
        if place is not None and not (place.isascii() and place.isdigit() and len(place) <= 18):
            raise NotVisible("page.none", _("This list has no such page."))
        return cursor


class Pages(PageNumberPagination):
    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    last_page_strings = ()
    by_cursor: ByCursor | None = None

    def get_page_size(self, request: Request | HttpRequest) -> int:
        query = request.query_params if isinstance(request, Request) else request.GET
        asked = query.get(self.page_size_query_param)
        return self.page_size if asked is None else params.whole(asked, "page_size", most=self.max_page_size)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        if CURSOR in request.query_params:
            return self._from_cursor(queryset, request, view)
        number = request.query_params.get(self.page_query_param, "1")
        if not (number.isascii() and number.isdigit() and len(number) <= 9):
            raise NotVisible("page.none", _("This list has no such page."))
        return super().paginate_queryset(queryset, request, view)

    def _from_cursor(self, queryset: Any, request: Request, view: Any) -> Any:
        if {"ordering", self.page_query_param} & set(request.query_params) or not hasattr(queryset, "order_by"):
            message = _("A cursor has its own order; ask for it without page and order.")
            raise InvalidInput("param.unknown", message, fields={CURSOR: [message]})
        self.by_cursor = ByCursor(self.get_page_size(request))
        return self.by_cursor.paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data: Any) -> Response:
        if self.by_cursor is None:
            return super().get_paginated_response(data)
        links = {"next": self.by_cursor.get_next_link(), "previous": self.by_cursor.get_previous_link()}
        return Response({"count": None, **links, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        described: dict[str, Any] = super().get_paginated_response_schema(schema)
        described["properties"]["count"] |= {"nullable": True, "description": "Null where a cursor is used."}
        return described

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        told = "Empty to begin; then as the address under `next` has it. Without page and ordering."
        cursor = {"name": CURSOR, "in": "query", "required": False, "description": told, "schema": {"type": "string"}}
        return [*super().get_schema_operation_parameters(view), cursor]
