"""Open data for everybody, without signing in (FEATURES O5)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import params
from core.errors import NotVisible
from core.pages import page_or_partial
from exchange import open_data


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset())
    return page_or_partial(
        request, page="exchange/open_data.html", files=open_data.FILES.values(), licence=open_data.LICENCE
    )


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset())
    found = open_data.FILES.get(name)
    if found is None:
        raise NotVisible("not_found", _("There is no such thing, or you may not see it."))
    return _sent(open_data.content(found), found.content_type, name)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset())
    return _sent(open_data.catalogue(), "application/ld+json", "catalog.jsonld")


def _sent(content: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = f"public, max-age={open_data.KEPT_SECONDS}"
    answer["Link"] = f'<{open_data.LICENCE}>; rel="license"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
