"""`?picture=NAME.png` or `.svg` on a page answers with that chart of it instead of the page.

The page is worked out as ever - who may see it, its filters, its moment - and the chart it drew is sent as a
picture, so a picture shows the same series as the page and nothing that the page would not show its reader.
"""

from collections.abc import Callable
import re
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import charts
from core.charts.pages import PARAMETER, Shown
from core.errors import DomainError, InvalidInput, NotVisible
from core.params import repeated
from core.refusals import answer, is_api

KINDS: Final = {"png": "image/png", "svg": "image/svg+xml"}
ASKED: Final = re.compile(r"([A-Za-z0-9_-]{1,80})\.(png|svg)")


class ChartPictures:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or PARAMETER not in request.GET or is_api(request):
            return self.get_response(request)
        try:
            name, kind = _asked(request)
            page = self._page(request)
            return _picture(request, name, kind) if page.status_code == 200 else page
        except DomainError as error:
            return answer(request, error)

    def _page(self, request: HttpRequest) -> HttpResponse:
        """The page without the parameter, which no page knows."""
        rest = request.GET.copy()
        del rest[PARAMETER]
        request.GET = rest  # type: ignore[assignment] # a copy of the same kind
        return self.get_response(request)


def _asked(request: HttpRequest) -> tuple[str, str]:
    values = request.GET.getlist(PARAMETER)
    if len(values) > 1:
        raise repeated(PARAMETER)
    found = ASKED.fullmatch(values[0])
    if found is None:
        message = _("Name a chart of this page with .png or .svg after it.")
        raise InvalidInput("picture.format", message, fields={PARAMETER: [message]})
    return found[1], found[2]


def _picture(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    shown: Shown | None = getattr(request, "charts", {}).get(name)
    if shown is None:
        raise NotVisible("picture.none", _("This page has no such chart."))
    draw = charts.png if kind == "png" else charts.svg
    drawn = draw(shown.figure, title=shown.title, note=shown.note)
    response = HttpResponse(drawn, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}_{get_language()}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
