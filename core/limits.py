"""How much one request may carry (TRUST 4)."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.urls import Resolver404, resolve

V = TypeVar("V", bound=Callable[..., Any])

LONGEST_URL = 10_000  # characters; this long is already too long
LONGEST_HEADER = 32 * 1024
LARGEST_API_BODY = 1024 * 1024
LARGEST_BODY = 11 * 1024 * 1024
LONGEST_LIST = 10_000
LARGEST_FILE_BODY = 21 * 1024 * 1024  # one file of 20 MB and the form around it
LARGEST_TABLE_BODY = 101 * 1024 * 1024  # one table to import


def takes_body_of(most: int) -> Callable[[V], V]:
    """Mark a view, or a view class, whose multipart forms may be this large: it takes files."""

    def mark(view: V) -> V:
        view.largest_body = most  # type: ignore[attr-defined]
        return view

    return mark


def largest_body(request: HttpRequest, usual: int) -> int:
    """What this request may carry: more than usual only for a multipart form to a view that takes files."""
    if not request.META.get("CONTENT_TYPE", "").lower().startswith("multipart/form-data"):
        return usual
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return usual
    of_class: int = getattr(getattr(view, "cls", None), "largest_body", usual)
    return int(getattr(view, "largest_body", of_class))
