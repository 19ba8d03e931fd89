"""Who sits on which body, and the secretary's two acts: appoint, and end a term."""

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
from core.acts import Act, offers, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial
from funding import policies, services
from funding.forms import bodies as forms
from funding.models import Body
from funding.selectors import bodies as selectors
from funding.selectors import meetings
from funding.views.meeting_acts import PLAN

APPOINT = Act(
    name="appoint",
    label=gettext_lazy("Appoint"),
    explains=gettext_lazy("An open round keeps its roll; the next one has the new holder."),
    form=forms.AppointForm,
    may=policies.can_appoint,
    work=lambda user, body, typed: services.appoint(actor=user, body_id=body.pk, **said(typed)),
    done=gettext_lazy("Appointed."),
)
END_TERM = Act(
    name="end-term",
    label=gettext_lazy("End a term"),
    explains=gettext_lazy("The seat stays, vacant, and counts for the quorum until it is filled."),
    form=forms.EndTermForm,
    may=policies.can_end_term,
    work=lambda user, body, typed: services.end_term(
        actor=user, body_id=body.pk, term_id=typed["term"], ends_on=typed["ends_on"], reason=typed["reason"]
    ),
    done=gettext_lazy("The term ends on that day."),
    style="outline-secondary",
)
ACTS = (PLAN, APPOINT, END_TERM)


@login_required
@require_GET
def body_list(request: SignedInRequest) -> HttpResponse:
    found = [(body, selectors.seats(body)) for body in selectors.bodies(request.user)]
    return page_or_partial(request, page="funding/body_list.html", bodies=found)


@login_required
@require_GET
def body_detail(request: SignedInRequest, code: str) -> HttpResponse:
    return _show(request, _find(request, code))


def body_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, code: str) -> HttpResponse:
        body = _find(request, code)
        form = _form(act, body, request.user, request.POST)

        def work() -> str:
            act.work(request.user, body, form.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("funding:body-detail", args=[body.code])

        def again() -> HttpResponse:
            act.may(request.user, body).or_raise()  # who may not do it at all learns that, not the form's faults
            return _show(request, body, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return view


def said(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What the form holds, without the token of its sending."""
    return {name: value for name, value in typed.items() if name != "form_token"}


def _show(request: SignedInRequest, body: Body, *, refused: Mapping[str, TrackerForm] | None = None) -> HttpResponse:
    return page_or_partial(
        request,
        page="funding/body.html",
        status=422 if refused else 200,
        body=body,
        seats=selectors.seats(body),
        meetings=meetings.of_body(request.user, body),
        offers=offers(
            ACTS,
            user=request.user,
            thing=body,
            form=lambda act: _form(act, body, request.user),
            address=lambda act: reverse(f"funding:body-{act.name}", args=[body.code]),
            refused=refused or {},
        ),
    )


def _form(act: Act, body: Body, user: Any, data: Any = None) -> TrackerForm:
    options: dict[str, Any] = {}
    if act is APPOINT:
        options["seats"] = [(seat.number, f"{seat.number}. {seat.get_duty_display()}") for seat in body.seats.all()]
    elif act is END_TERM:
        options["terms"] = [
            (term.pk, f"{term.seat.number}. {term.person} ({term.get_capacity_display()})")
            for term in selectors.open_terms(body)
        ]
    return act.form(data, user=user, **options)


def _find(request: SignedInRequest, code: str) -> Body:
    found = selectors.bodies(request.user).filter(code=code).first()
    if found is None:
        raise NotVisible("body.none", _("There is no such body."))
    return found
