"""`/my-work/`: everything that waits for the reader, by date; and the badge that counts it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.duties import duties_of
from accounts.requests import SignedInRequest
from core import params
from core.pages import page_or_partial
from work import agenda, tabs
from work.selectors.notices import MOST_COUNTED, unread


@login_required
@require_safe
def my_work(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset())
    found = duties_of(request.user)
    parts = agenda.by_urgency(found)
    return page_or_partial(request, page="work/my_work.html", count=len(found), parts=parts, tabs=tabs.own())


@login_required
@require_safe
def my_work_count(request: SignedInRequest) -> HttpResponse:
    """The badges beside “My work” and “Notices”, asked for by each page once it is shown."""
    params.refuse_unknown(request.GET, frozenset())
    found = duties_of(request.user)
    told = {"count": len(found), "late": agenda.late(found), "unread": unread(request.user), "most": MOST_COUNTED}
    return render(request, "work/_my_work_count.html", told)
