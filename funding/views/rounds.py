"""The round list, the one screen of a round, and its acts."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import listing
from core.acts import Act, offers, send
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from funding.filters import RoundFilter
from funding.models import Round
from funding.selectors import rounds as rows
from funding.selectors.round_page import round_page
from funding.views import acts

ORDERINGS = {"opened": ("opened_at",), "status": ("status", "opened_at"), "request": ("request__reference",)}


@login_required
@require_GET
def round_list(request: SignedInRequest) -> HttpResponse:
    found, filters = listing.filtered(request, RoundFilter, rows.for_list(request.user))
    return page_or_partial(
        request,
        page="funding/round_list.html",
        partial="funding/_round_table.html",
        filter_form=filters,
        page_of=paginate(request, listing.ordered(request, found, ORDERINGS)),
        sorts=listing.sorts(request, ORDERINGS),
    )


@login_required
@require_GET
def round_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return show(request, find(request, pk))


@login_required
@require_GET
def round_standing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who has voted, the quorum and the last call, asked for again by an open page every few seconds."""
    round_ = find(request, pk)
    standing = "funding/_standing.html"
    return page_or_partial(
        request, page=standing, partial=standing, round=round_, screen=round_page(request.user, round_)
    )


def round_act(act: Act) -> Callable[..., HttpResponse]:
    """The page behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, pk: int) -> HttpResponse:
        round_ = find(request, pk)
        form = acts.form_of(act, round_, request.POST)

        def work() -> str:
            act.work(request.user, round_, form.cleaned_data)
            messages.success(request, str(act.done))
            return _where_next(act, round_)

        def again() -> HttpResponse:
            act.may(request.user, round_).or_raise()  # who may not do it at all learns that, not the form's faults
            return show(request, round_, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return view


def find(request: SignedInRequest, pk: int) -> Round:
    return rows.one(request.user, pk)


def show(request: SignedInRequest, round_: Round, *, refused: Mapping[str, TrackerForm] | None = None) -> HttpResponse:
    """The one screen of a round: the frozen paper, the vote, the roll, and what this person may do."""
    offered = offers(
        acts.possible_in(round_),
        user=request.user,
        thing=round_,
        form=lambda act: acts.form_of(act, round_),
        address=acts.round_address(round_),
        refused=refused or {},
    )
    ballot = next((offer for offer in offered if offer.act is acts.VOTE), None)
    return page_or_partial(
        request,
        page="funding/round.html",
        status=422 if refused else 200,
        ballot=ballot,
        offers=[offer for offer in offered if offer.act is not acts.VOTE],
        why_no_vote="" if ballot else acts.VOTE.may(request.user, round_).reason,
        round=round_,
        screen=round_page(request.user, round_),
    )


def _where_next(act: Act, round_: Round) -> str:
    """Back to the round; who has just declared an interest may not see it any more."""
    if act is acts.DECLARE:
        return reverse("funding:round-list")
    return reverse("funding:round-detail", args=[round_.pk])
