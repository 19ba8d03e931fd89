"""The request list, and the page of one request."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import as_at, listing
from core.acts import Act, offers, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate, repeatable
from exports import serving
from funding import policies
from funding.filters import RequestFilter
from funding.forms import CommitForm
from funding.models import FundingRequest, UnsentForm
from funding.querysets_meetings import next_meeting
from funding.querysets_reviews import standing_with_request
from funding.rules import lifecycle
from funding.selectors import requests as rows
from funding.selectors.clock import held
from funding.selectors.money import decision_rows
from funding.selectors.request_page import request_page
from funding.selectors.routes import related
from funding.views import acts, outcome_acts
from work.querysets import follows


@login_required
@require_GET
@as_at.honoured
def request_list(request: SignedInRequest) -> HttpResponse:
    found, filters = listing.filtered(request, RequestFilter, rows.for_list(request.user))
    page_of = paginate(request, listing.ordered(request, found, rows.ORDERINGS))
    return page_or_partial(
        request,
        page="funding/request_list.html",
        partial="funding/_request_table.html",
        filter_form=filters,
        page_of=page_of,
        listed=held(list(page_of.object_list)),
        totals=rows.totals(found),
        sorts=listing.sorts(request, rows.ORDERINGS),
        may_ask=policies.can_draft(request.user),
        unsent=UnsentForm.objects.visible_to(request.user).select_related("request").order_by("-kept_at"),
    )


@repeatable("columns")
@login_required
@require_GET
def request_export(request: SignedInRequest) -> HttpResponseBase:
    """Exactly the rows that the list shows under the same filters, as a file."""
    return serving.answer(request, "requests")


@login_required
@require_GET
def request_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """The whole paper; for a reader to whom only publication opened it, its title, tier, amount and decision."""
    funding = whole(request, reference)
    if funding is not None:
        return show(request, funding)
    found = rows.for_list(request.user).filter(reference=reference).first() or find(request, reference)
    return page_or_partial(
        request, page="funding/request_public.html", funding=found, decisions=decision_rows(request.user, found)
    )


@login_required
@require_GET
def request_related(request: SignedInRequest, reference: str) -> HttpResponse:
    """The requests counted together with this one as things stand now: a fragment, and a page without JavaScript."""
    funding = find(request, reference)
    return page_or_partial(
        request,
        page="funding/related.html",
        partial="funding/_related.html",
        funding=funding,
        related=related(request.user, funding),
    )


def request_act(act: Act) -> Callable[..., HttpResponse]:
    """The page behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, reference: str) -> HttpResponse:
        funding = find(request, reference)
        form = acts.form_of(act, funding, request.POST)

        def work() -> str:
            act.work(request.user, funding, form.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("funding:request-detail", args=[funding.reference])

        def again() -> HttpResponse:
            act.may(request.user, funding).or_raise()  # who may not do it at all learns that, not the form's faults
            return show(request, funding, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return view


def whole(request: SignedInRequest, reference: str) -> FundingRequest | None:
    """The request, if this person may see the whole paper."""
    joined = ("project", "department", "applicant", "lead", "policy", "programme", "supplements")
    found = FundingRequest.objects.visible_to(request.user).select_related(*joined, "appeal__against__request")
    rows = found.prefetch_related("editors", "lines").annotate(
        standing_reviews=standing_with_request(),
        next_meeting_at=next_meeting(),
        is_followed=follows("request", request.user),
    )
    return rows.filter(reference=reference).first()


def find(request: SignedInRequest, reference: str) -> FundingRequest:
    found = whole(request, reference)
    if found is None:
        raise NotVisible("request.none", _("There is no such request for you."))
    return found


def show(
    request: SignedInRequest,
    funding: FundingRequest,
    *,
    refused: Mapping[str, TrackerForm] | None = None,
    refused_commit: tuple[int, CommitForm] | None = None,
    refused_answer: tuple[int, TrackerForm] | None = None,
) -> HttpResponse:
    """The page of one request, with a refused form as it was typed."""
    page = request_page(request.user, funding, refused_commit=refused_commit, refused_answer=refused_answer)
    possible = acts.possible(acts.REQUEST_MOVES, lifecycle.REQUEST, funding.status)
    offered = offers(
        [*possible, *outcome_acts.after(funding)],
        user=request.user,
        thing=funding,
        form=lambda act: acts.form_of(act, funding),
        address=acts.request_address(funding),
        refused=refused or {},
    )
    return page_or_partial(
        request,
        page="funding/request.html",
        status=422 if refused or refused_commit or refused_answer else 200,
        funding=funding,
        paper=page,
        offers=offered,
        may_edit=lifecycle.allows(lifecycle.REQUEST, "edit", funding.status)
        and policies.can_edit(request.user, funding),
        may_copy=policies.can_copy(request.user, funding),
        may_revise=lifecycle.allows(lifecycle.REQUEST, "revise", funding.status)
        and policies.can_revise(request.user, funding),
    )
