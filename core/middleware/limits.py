"""What no request may be, judged before anything else looks at it (TRUST 4.8, 4.9)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core import params
from core.errors import DomainError, HeaderTooLong, MethodNotAllowed, NotVisible, TooLarge, UrlTooLong
from core.limits import LARGEST_API_BODY, LARGEST_BODY, LONGEST_HEADER, LONGEST_URL, largest_body
from core.refusals import answer_alone, is_api

PAGE_METHODS = ("GET", "HEAD", "OPTIONS", "POST")
API_METHODS = (*PAGE_METHODS, "PUT", "PATCH", "DELETE")


class RequestLimits:
    """Refuses by method, length and size. The methods are the real ones: overriding headers mean nothing here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        allowed = API_METHODS if is_api(request) else PAGE_METHODS
        try:
            refuse_method(request, allowed)
            refuse_length(request)
            refuse_size(request)
            refuse_characters(request)
        except DomainError as error:
            response = answer_alone(request, error)
            if isinstance(error, MethodNotAllowed):
                response["Allow"] = ", ".join(allowed)
            return response
        return self.get_response(request)


def refuse_method(request: HttpRequest, allowed: tuple[str, ...]) -> None:
    if request.method not in allowed:
        raise MethodNotAllowed("method.not_allowed", _("This address does not take this method."))


def refuse_length(request: HttpRequest) -> None:
    if len(request.path_info) + len(request.META.get("QUERY_STRING", "")) >= LONGEST_URL:
        raise UrlTooLong("url.max", _("The address is too long."))
    if any(len(value) > LONGEST_HEADER for value in request.META.values() if isinstance(value, str)):
        raise HeaderTooLong("header.max", _("A header of the request is too long."))


def refuse_size(request: HttpRequest) -> None:
    """By the announced length, so that nothing is read for nothing; parsers count again while they read."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    largest = largest_body(request, LARGEST_API_BODY if is_api(request) else LARGEST_BODY)
    if not announced.isdigit() or int(announced) > largest:
        raise TooLarge("body.max", _("The body is larger than this address takes."))


def refuse_characters(request: HttpRequest) -> None:
    if "\x00" in request.path_info:
        raise NotVisible("not_found", _("There is no such thing, or you may not see it."))
    params.refuse_unreadable(request.GET)
