"""The money of one decision: recording, releasing, carrying over, planning and explaining it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import as_at
from core.acts import Act, offers, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial
from funding import policies, services
from funding.forms import money as forms
from funding.models import Decision, Expenditure
from funding.selectors.decision_money import decision_money, decisions
from funding.selectors.envelopes import open_requests
from funding.services.spending import Payment


def _spend(user: Any, decision: Decision, typed: Mapping[str, Any]) -> object:
    said = {name: typed[name] for name in ("category", "amount", "spent_on", "voucher", "description")}
    return services.record_spending(
        actor=user, decision_id=decision.pk, envelope_id=typed["envelope"].pk, payment=Payment(**said)
    )


def _release(user: Any, decision: Decision, typed: Mapping[str, Any]) -> object:
    return services.release_money(
        actor=user,
        decision_id=decision.pk,
        envelope_id=typed["envelope"].pk,
        milestone_id=typed["milestone"].pk,
        amount=typed["amount"],
        note=typed["note"],
    )


def _carry(user: Any, decision: Decision, typed: Mapping[str, Any]) -> object:
    return services.propose_carry_over(
        actor=user,
        decision_id=decision.pk,
        source_id=typed["source"].pk,
        target_id=typed["target"].pk,
        amount=typed["amount"],
        reason=typed["reason"],
    )


def _move(user: Any, decision: Decision, typed: Mapping[str, Any]) -> object:
    return services.move_budget(
        actor=user,
        decision_id=decision.pk,
        source=forms.place(typed["line"]),
        target=(typed["financial_year"], typed["category"]),
        amount=typed["amount"],
        reason=typed["reason"],
    )


def _explain(user: Any, decision: Decision, typed: Mapping[str, Any]) -> object:
    year, category = forms.place(typed["line"])
    return services.explain_variance(
        actor=user, decision_id=decision.pk, financial_year=year, category=category, text=typed["text"]
    )


ACTS = (
    Act(
        name="spend",
        label=gettext_lazy("Record expenditure"),
        explains=gettext_lazy(
            "What was paid is a fact, also above the approval. A mistake is taken back by another person."
        ),
        form=forms.SpendForm,
        may=policies.can_record_spending,
        work=_spend,
        done=gettext_lazy("The expenditure is on record."),
    ),
    Act(
        name="release",
        label=gettext_lazy("Release money"),
        explains=gettext_lazy(
            "Against a milestone that is reached, while no condition is open and nothing is overspent."
        ),
        form=forms.ReleaseForm,
        may=policies.can_release,
        work=_release,
        done=gettext_lazy("The money is released."),
    ),
    Act(
        name="carry",
        label=gettext_lazy("Propose a carry-over"),
        explains=gettext_lazy(
            "What is committed and not spent in its year, into a later year. A second person approves it."
        ),
        form=forms.CarryForm,
        may=policies.can_carry_over,
        work=_carry,
        done=gettext_lazy("The carry-over is proposed."),
    ),
    Act(
        name="move",
        label=gettext_lazy("Move planned money"),
        explains=gettext_lazy("Between years and categories. The sum stays what was approved."),
        form=forms.MoveForm,
        may=policies.can_plan,
        work=_move,
        done=gettext_lazy("The plan is changed."),
        style="outline-secondary",
    ),
    Act(
        name="explain",
        label=gettext_lazy("Explain a variance"),
        explains=gettext_lazy("Said about the figures as they stand now; other figures need another explanation."),
        form=forms.ExplainForm,
        may=policies.can_plan,
        work=_explain,
        done=gettext_lazy("The explanation is on record."),
        style="outline-secondary",
    ),
)
CORRECT = Act(
    name="correct",
    label=gettext_lazy("Take this entry back"),
    explains=gettext_lazy("A reversing entry is added; both stay on record. A second person does it."),
    form=forms.CorrectForm,
    may=policies.can_correct_spending,
    work=lambda user, row, typed: services.correct_spending(actor=user, expenditure_id=row.pk, reason=typed["reason"]),
    done=gettext_lazy("The entry is taken back."),
)


@login_required
@require_GET
@as_at.honoured
def money_decision(request: SignedInRequest, number: int) -> HttpResponse:
    return _show(request, _find(number))


def money_act(act: Act) -> Callable[..., HttpResponse]:
    @login_required
    @require_POST
    def view(request: SignedInRequest, number: int) -> HttpResponse:
        decision = _find(number)
        act.may(request.user, decision).or_raise()
        form: Any = act.form
        typed = form(request.POST, user=request.user, decision=decision)

        def work() -> str:
            act.work(request.user, decision, typed.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("funding:money-decision", args=[decision.pk])

        return send(request, typed, work=work, again=lambda: _show(request, decision, refused={act.name: typed}))

    return view


@login_required
@require_GET
def expenditure_detail(request: SignedInRequest, number: int) -> HttpResponse:
    return _show_expenditure(request, _expenditure(request, number))


@login_required
@require_POST
def expenditure_correct(request: SignedInRequest, number: int) -> HttpResponse:
    row = _expenditure(request, number)
    form = CORRECT.form(request.POST, user=request.user)

    def work() -> str:
        CORRECT.work(request.user, row, form.cleaned_data)
        messages.success(request, str(CORRECT.done))
        return reverse("funding:money-decision", args=[row.decision_id])

    def again() -> HttpResponse:
        CORRECT.may(request.user, row).or_raise()
        return _show_expenditure(request, row, refused={CORRECT.name: form})

    return send(request, form, work=work, again=again)


def _show(
    request: SignedInRequest, decision: Decision, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    def form(act: Act) -> TrackerForm:
        made: Any = act.form
        found: TrackerForm = made(user=request.user, decision=decision, auto_id=f"{act.name}_%s")
        return found

    return page_or_partial(
        request,
        page="funding/money/decision.html",
        status=422 if refused else 200,
        paper=decision_money(request.user, decision),
        offers=offers(
            () if as_at.current() else ACTS,
            user=request.user,
            thing=decision,
            form=form,
            address=lambda act: reverse(f"funding:money-{act.name}", args=[decision.pk]),
            refused=refused or {},
        ),
    )


def _show_expenditure(
    request: SignedInRequest, row: Expenditure, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    return page_or_partial(
        request,
        page="funding/money/expenditure.html",
        status=422 if refused else 200,
        row=row,
        may_read=bool(open_requests(request.user, [row.decision.request_id])),
        offers=offers(
            (CORRECT,),
            user=request.user,
            thing=row,
            form=lambda act: act.form(user=request.user),
            address=lambda act: reverse("funding:money-correct", args=[row.pk]),
            refused=refused or {},
        ),
    )


def _find(number: int) -> Decision:
    found: Decision | None = decisions().filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotVisible("decision.none", _("There is no such decision for you."))
    return found


def _expenditure(request: SignedInRequest, number: int) -> Expenditure:
    rows = Expenditure.objects.visible_to(request.user).select_related(
        "decision__request__project", "decision__request_version", "envelope", "recorded_by", "reverses", "batch"
    )
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotVisible("spending.none", _("There is no such expenditure."))
    return found
