"""Inviting people, and the invitations on their way."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import policies, selectors, services
from accounts.forms import InviteForm, InvitePersonForm
from accounts.models import Invitation, Person
from accounts.requests import SignedInRequest
from accounts.views.pieces import find_person, found
from core.acts import send
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate


@login_required
@require_GET
def invitation_list(request: SignedInRequest) -> HttpResponse:
    policies.can_read_records(request.user).or_raise()
    return page_or_partial(
        request,
        page="accounts/invitation_list.html",
        page_of=paginate(request, selectors.invitation_rows(request.user)),
        may_manage=policies.can_manage(request.user),
    )


@login_required
@require_http_methods(["GET", "POST"])
def invitation_new(request: SignedInRequest) -> HttpResponse:
    return _invite(request, InviteForm(request.POST or None, user=request.user), None)


@login_required
@require_http_methods(["GET", "POST"])
def invitation_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """For a person already on record, whose account it then is."""
    person = find_person(request, pk)
    form = InvitePersonForm(request.POST or None, user=request.user, initial={"email": person.email})
    return _invite(request, form, person)


@login_required
@require_GET
def invitation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return _shown(request, _find(request, pk))


@login_required
@require_POST
def invitation_resend(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = _find(request, pk)
    links: list[str] = []

    def work() -> str:
        links.append(services.resend_invitation(actor=request.user, invitation_id=invitation.pk)[1])
        return _address(invitation)

    answer = send(request, TrackerForm(request.POST), work=work, again=lambda: _shown(request, invitation))
    return _with_link(request, answer, invitation.pk, links)


@login_required
@require_POST
def invitation_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = _find(request, pk)

    def work() -> str:
        services.withdraw_invitation(actor=request.user, invitation_id=invitation.pk)
        messages.success(request, _("The invitation is withdrawn; its link opens nothing."))
        return _address(invitation)

    return send(request, TrackerForm(request.POST), work=work, again=lambda: _shown(request, invitation))


def _invite(request: SignedInRequest, form: InvitePersonForm, person: Person | None) -> HttpResponse:
    policies.can_manage(request.user).or_raise()
    made: list[tuple[Invitation, str]] = []

    def shown() -> HttpResponse:
        return page_or_partial(request, page="accounts/invitation_form.html", form=form, person=person)

    def work() -> str:
        typed = {name: value for name, value in form.cleaned_data.items() if name not in {"form_token", "department"}}
        made.append(
            services.invite(
                actor=request.user,
                department_id=form.cleaned_data["department"].pk,
                person_id=person.pk if person else None,
                **typed,
            )
        )
        return _address(made[0][0])

    if request.method != "POST":
        return shown()
    answer = send(request, form, work=work, again=shown)
    return _with_link(request, answer, made[0][0].pk, [made[0][1]]) if made else answer


def _with_link(request: SignedInRequest, answer: HttpResponse, pk: int, links: list[str]) -> HttpResponse:
    """The link is in this one answer and nowhere else: no address, no session, no cookie holds it."""
    if not links:
        return answer
    if not links[0]:
        messages.success(request, _("The link is on its way by mail."))
        return answer
    page = _shown(request, _find(request, pk), link=links[0])
    page["Cache-Control"] = "no-store"
    return page


def _shown(request: SignedInRequest, invitation: Invitation, link: str = "") -> HttpResponse:
    return page_or_partial(
        request,
        page="accounts/invitation.html",
        invitation=invitation,
        link=link,
        may_change=policies.can_change_invitation(request.user, invitation),
        form=TrackerForm(),
    )


def _find(request: SignedInRequest, pk: int) -> Invitation:
    invitation: Invitation = found(selectors.invitation_rows(request.user), pk)
    return invitation


def _address(invitation: Invitation) -> str:
    return reverse("people:invitation-detail", args=[invitation.pk])
