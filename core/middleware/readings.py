"""One reading of a page asks the same thing once (`core.kept`)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core import kept


class KeptAnswers:
    """For GET and HEAD, until the view has answered; what is streamed afterwards asks anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with kept.reading():
            return self.get_response(request)
