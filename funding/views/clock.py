"""Who holds which open request, and until when."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core.pages import page_or_partial
from funding.selectors import reviews
from funding.selectors.clock import overdue_first


@login_required
@require_GET
def clock_list(request: SignedInRequest) -> HttpResponse:
    """The open requests whose papers the reader may see, the most overdue first."""
    clocks = overdue_first(request.user)
    mine = [one for one in clocks if request.user.person_id in one.with_people]
    return page_or_partial(
        request,
        page="funding/clock.html",
        clocks=clocks,
        mine=mine,
        reviews=reviews.awaiting(request.user),
        overdue=sum(one.is_overdue for one in clocks),
    )
