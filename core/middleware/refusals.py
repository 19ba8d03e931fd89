"""The one place where a refusal of a page becomes an answer; `core.api.errors` is its twin for API views."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from core import audit, params
from core.errors import DomainError
from core.refusals import answer


class DomainErrors:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A query parameter is given once, unless the view (or its class) names it in `repeatable`."""
        owner = getattr(view, "cls", getattr(view, "view_class", view))
        try:
            params.refuse_repeated(request.GET, repeatable=getattr(owner, "repeatable", frozenset()))
        except DomainError as error:
            return answer(request, error)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        audit.watch(getattr(request, "user", None), exception.code)
        return answer(request, exception)
