"""Numbered pages of 50, at most 200 (TRUST 4.8)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from core import params
from core.errors import NotVisible


class Pages(PageNumberPagination):
    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    last_page_strings = ()

    def get_page_size(self, request: Request | HttpRequest) -> int:
        query = request.query_params if isinstance(request, Request) else request.GET
        asked = query.get(self.page_size_query_param)
        return self.page_size if asked is None else params.whole(asked, "page_size", most=self.max_page_size)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        number = request.query_params.get(self.page_query_param, "1")
        if not (number.isascii() and number.isdigit() and len(number) <= 9):
            raise NotVisible("page.none", _("This list has no such page."))
        return super().paginate_queryset(queryset, request, view)
