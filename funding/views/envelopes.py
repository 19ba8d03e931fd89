"""Envelopes by financial year: what was voted, committed, released, spent and is left, with the rows behind it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import as_at
from core.acts import Act, offers, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial
from funding import policies, services
from funding.forms import money as forms
from funding.models import CarryOver, EnvelopeVote
from funding.selectors import envelopes

MORE = Act(
    name="vote",
    label=gettext_lazy("Propose a vote of money"),
    explains=gettext_lazy("It counts once a second person of the Team approves it."),
    form=forms.VoteForm,
    may=lambda user, envelope: policies.can_vote_money(user),
    work=lambda user, envelope, typed: services.propose_vote(
        actor=user, envelope_id=envelope.pk, amount=typed["amount"], source=typed["source"]
    ),
    done=gettext_lazy("The vote of money is proposed."),
)


def _pair(kind: str, approve: Callable[..., Any], withdraw: Callable[..., Any]) -> tuple[Act, Act]:
    """Approve and withdraw, for votes of money and for carry-overs alike."""
    return (
        Act(
            name=f"{kind}-approve",
            label=gettext_lazy("Approve"),
            explains=gettext_lazy("It counts from now on."),
            form=forms.ConfirmForm,
            may=policies.can_approve_money,
            work=lambda user, row, typed: approve(user, row),
            done=gettext_lazy("Approved."),
        ),
        Act(
            name=f"{kind}-withdraw",
            label=gettext_lazy("Withdraw the proposal"),
            explains=gettext_lazy("It stays on record and never counts."),
            form=forms.WithdrawForm,
            may=policies.can_withdraw_money,
            work=lambda user, row, typed: withdraw(user, row, typed["reason"]),
            done=gettext_lazy("The proposal is withdrawn."),
            style="outline-secondary",
        ),
    )


VOTE_ACTS = _pair(
    "vote",
    lambda user, row: services.approve_vote(actor=user, vote_id=row.pk),
    lambda user, row, reason: services.withdraw_vote(actor=user, vote_id=row.pk, reason=reason),
)
CARRY_ACTS = _pair(
    "carry-over",
    lambda user, row: services.approve_carry_over(actor=user, carry_over_id=row.pk),
    lambda user, row, reason: services.withdraw_carry_over(actor=user, carry_over_id=row.pk, reason=reason),
)


@login_required
@require_GET
@as_at.honoured
def money_index(request: SignedInRequest) -> HttpResponse:
    return page_or_partial(
        request,
        page="funding/money/index.html",
        years=envelopes.by_year(),
        waiting=envelopes.waiting(),
        carry_overs=envelopes.waiting_carry_overs(),
        may_vote=not as_at.current() and bool(policies.can_vote_money(request.user)),
        may_import=not as_at.current() and bool(policies.can_import_spending(request.user)),
    )


@login_required
@require_http_methods(["GET", "POST"])
def envelope_new(request: SignedInRequest) -> HttpResponse:
    policies.can_vote_money(request.user).or_raise()
    form = forms.EnvelopeForm(request.POST or None, user=request.user)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="funding/money/envelope_form.html", form=form)

    def work() -> str:
        typed = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
        vote = services.propose_envelope(actor=request.user, **typed)
        messages.success(request, _("The vote of money is proposed. A second person of the Team approves it."))
        return reverse("funding:money-vote", args=[vote.pk])

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_GET
@as_at.honoured
def envelope_detail(request: SignedInRequest, code: str) -> HttpResponse:
    return _show_envelope(request, _envelope(code))


@login_required
@require_POST
def envelope_vote(request: SignedInRequest, code: str) -> HttpResponse:
    envelope = _envelope(code)
    form = MORE.form(request.POST, user=request.user)

    def work() -> str:
        MORE.work(request.user, envelope, form.cleaned_data)
        messages.success(request, str(MORE.done))
        return reverse("funding:money-envelope", args=[envelope.code])

    def again() -> HttpResponse:
        MORE.may(request.user, envelope).or_raise()
        return _show_envelope(request, envelope, refused={MORE.name: form})

    return send(request, form, work=work, again=again)


@login_required
@require_GET
def vote_detail(request: SignedInRequest, number: int) -> HttpResponse:
    return _show_proposal(request, VOTE_ACTS, _vote(request, number))


@login_required
@require_GET
def carry_over_detail(request: SignedInRequest, number: int) -> HttpResponse:
    return _show_proposal(request, CARRY_ACTS, _carry_over(request, number))


def proposal_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind the button that approves or withdraws a vote of money or a carry-over."""
    is_vote = act in VOTE_ACTS

    @login_required
    @require_POST
    def view(request: SignedInRequest, number: int) -> HttpResponse:
        row = _vote(request, number) if is_vote else _carry_over(request, number)
        form = act.form(request.POST, user=request.user)

        def work() -> str:
            act.work(request.user, row, form.cleaned_data)
            messages.success(request, str(act.done))
            return _address(row)

        def again() -> HttpResponse:
            act.may(request.user, row).or_raise()
            return _show_proposal(request, VOTE_ACTS if is_vote else CARRY_ACTS, row, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return view


def _show_envelope(
    request: SignedInRequest, envelope: Any, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    return page_or_partial(
        request,
        page="funding/money/envelope.html",
        status=422 if refused else 200,
        paper=envelopes.envelope_page(request.user, envelope),
        offers=offers(
            () if as_at.current() else (MORE,),
            user=request.user,
            thing=envelope,
            form=lambda act: act.form(user=request.user),
            address=lambda act: reverse("funding:money-envelope-vote", args=[envelope.code]),
            refused=refused or {},
        ),
    )


def _show_proposal(
    request: SignedInRequest,
    acts: tuple[Act, ...],
    row: EnvelopeVote | CarryOver,
    *,
    refused: Mapping[str, TrackerForm] | None = None,
) -> HttpResponse:
    is_vote = isinstance(row, EnvelopeVote)
    return page_or_partial(
        request,
        page="funding/money/vote.html" if is_vote else "funding/money/carry_over.html",
        status=422 if refused else 200,
        row=row,
        offers=offers(
            acts,
            user=request.user,
            thing=row,
            form=lambda act: act.form(user=request.user),
            address=lambda act: reverse(f"funding:money-{act.name}", args=[row.pk]),
            refused=refused or {},
        ),
    )


def _address(row: EnvelopeVote | CarryOver) -> str:
    name = "vote" if isinstance(row, EnvelopeVote) else "carry-over"
    return reverse(f"funding:money-{name}", args=[row.pk])


def _envelope(code: str) -> Any:
    found = envelopes.with_sums().filter(code=code).first()
    if found is None:
        raise NotVisible("envelope.none", _("There is no such envelope."))
    return found


def _vote(request: SignedInRequest, number: int) -> EnvelopeVote:
    rows = EnvelopeVote.objects.visible_to(request.user).select_related("envelope", "proposed_by", "approved_by")
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotVisible("vote.none", _("There is no such vote of money."))
    return found


def _carry_over(request: SignedInRequest, number: int) -> CarryOver:
    rows = CarryOver.objects.visible_to(request.user).select_related(
        "decision__request", "source", "target", "proposed_by", "approved_by"
    )
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotVisible("carry.none", _("There is no such carry-over."))
    return found
