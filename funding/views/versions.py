"""Submitted versions of a request, any two of them side by side, and who may edit what."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core import params
from core.pages import page_or_partial
from funding.selectors import edit_table, versions
from funding.selectors.versions import LARGEST_NUMBER
from funding.views.requests import find


@login_required
@require_GET
def request_versions(request: SignedInRequest, reference: str) -> HttpResponse:
    """`?before=1&after=3` chooses the two; without them the last two."""
    params.refuse_unknown(request.GET, frozenset({"before", "after"}))
    funding = find(request, reference)
    found = versions.of(funding)
    before, after = (_number(request, name) for name in ("before", "after"))
    return page_or_partial(
        request,
        page="funding/versions.html",
        funding=funding,
        versions=found,
        between=versions.between(found, before, after),
    )


@login_required
@require_GET
def request_edit_table(request: SignedInRequest) -> HttpResponse:
    """The edit table itself, as everybody may read it."""
    params.refuse_unknown(request.GET, frozenset())
    return page_or_partial(
        request,
        page="funding/edit_table.html",
        states=edit_table.states(),
        rows=edit_table.rows(),
    )


def _number(request: SignedInRequest, name: str) -> int | None:
    asked = params.one(request, name)
    return params.whole(asked, name, most=LARGEST_NUMBER) if asked else None
