"""Every change of a subject, before and after."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core import params
from core.pages import page_or_partial, paginate
from work import history as told
from work import subjects

KNOWN = frozenset({"page", "page_size"})


@login_required
@require_GET
def history(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    params.refuse_unknown(request.GET, KNOWN)
    subject = subjects.find(word, reference, user=request.user)
    page = paginate(request, told.events(subject))
    return page_or_partial(
        request,
        page="work/history.html",
        subject=subject,
        page_of=page,
        entries=told.entries(subject, page.object_list),
    )
