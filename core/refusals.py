"""How every refusal leaves the system: JSON under /api/, a fragment for htmx, else a page (DESIGN 9).

`answer` may use the whole page frame. `answer_alone` is for when that cannot be trusted: before the
session is known, without a database, or after an unexpected failure. It reads nothing but templates.
"""

from collections.abc import Iterator

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core.api.errors import body
from core.errors import DomainError, NotVisible, TooMany, Unavailable
from core.pages import is_partial

OWN_PAGE = {400, 403, 404, 429, 500, 503}
NEVER_SHOWN_AGAIN = ("password", "csrfmiddlewaretoken", "form_token", "secret", "code")


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The refusal in the form this request was made in, with what was typed."""
    if is_api(request):
        return _json(error)
    if isinstance(error, NotVisible | TooMany) and not is_partial(request):
        return _with_headers(render(request, f"errors/{error.status}.html", status=error.status), error)
    template = "errors/_refusal.html" if is_partial(request) else "errors/refusal.html"
    context = {"error": error, "kept": list(kept(request))}
    return _with_headers(render(request, template, context, status=error.status), error)


def answer_alone(request: HttpRequest, error: DomainError, *, template: str = "", keep: bool = False) -> HttpResponse:
    """The refusal without session, database or context processors, in the reader's language."""
    with translation.override(translation.get_language_from_request(request)):
        if is_api(request):
            return _json(error)
        page = template or f"errors/{error.status if error.status in OWN_PAGE else 400}.html"
        context = {"request": request, "kept": list(kept(request)) if keep else []}
        response = HttpResponse(render_to_string(page, context), status=error.status)
        response.headers["Content-Language"] = translation.get_language()
    return _with_headers(response, error)


def kept(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What a person had typed, to be shown again: never secrets, never files."""
    try:
        sent = list(request.POST.lists()) if request.method == "POST" else []
    except (UnreadablePostError, SuspiciousOperation):
        return
    for name, values in sent:
        if not any(word in name.lower() for word in NEVER_SHOWN_AGAIN):
            yield from ((name, value) for value in values if value)


def away() -> Unavailable:
    """The database cannot be reached or did not answer. Nothing was stored."""
    return Unavailable("system.away", _("The system cannot answer right now. Nothing was stored; try again shortly."))


def _json(error: DomainError) -> HttpResponse:
    return _with_headers(JsonResponse(body(error.code, error.message, error.fields), status=error.status), error)


def _with_headers(response: HttpResponse, error: DomainError) -> HttpResponse:
    if error.retry_after:
        response["Retry-After"] = str(error.retry_after)
    return response
