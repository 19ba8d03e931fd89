"""Roles, what a person can see, the review of rights, and sharing one record."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import access, policies, selectors, services
from accounts.forms import EndRoleForm, ReasonForm, RoleForm, ShareForm
from accounts.models import RoleGrant
from accounts.requests import SignedInRequest
from accounts.services import sharing
from accounts.sharing import shareable
from accounts.views.pieces import act_page, find_person, found, person_address
from core.forms import TrackerForm
from core.pages import page_or_partial


@login_required
@require_GET
def review(request: SignedInRequest) -> HttpResponse:
    """Who holds what now, and what waits for a second administrator."""
    policies.can_read_records(request.user).or_raise()
    found_rights = selectors.review(request.user)
    return page_or_partial(
        request,
        page="accounts/review.html",
        proposals=[
            (grant, access.label_of(grant.group.name), policies.can_confirm_role(request.user, grant))
            for grant in found_rights.proposals
        ],
        roles=[(grant, access.label_of(grant.group.name)) for grant in found_rights.roles],
        grants=found_rights.grants,
        leaving=found_rights.leaving,
    )


@login_required
@require_GET
def person_access(request: SignedInRequest, pk: int) -> HttpResponse:
    """What can this person see?"""
    person = find_person(request, pk)
    policies.can_read_record(request.user, person).or_raise()
    return page_or_partial(
        request,
        page="accounts/person_access.html",
        person=person,
        reach=access.reach_of(person, reader=request.user),
    )


@login_required
@require_http_methods(["GET", "POST"])
def role_new(request: SignedInRequest, pk: int) -> HttpResponse:
    person = find_person(request, pk)
    policies.can_give_role(request.user, person).or_raise()
    form = RoleForm(request.POST or None)
    return act_page(
        request,
        form,
        heading=_("Give %(person)s a role") % {"person": person},
        explains=_("A deciding role is confirmed by a second administrator and opens 24 hours after that."),
        button=_("Give the role"),
        back=person_address(person.pk),
        back_label=person.in_language("name"),
        work=lambda: services.give_role(
            actor=request.user,
            person_id=person.pk,
            role=form.cleaned_data["role"],
            last_day=form.cleaned_data["last_day"],
            reason=form.cleaned_data["reason"],
        ),
        done=_("The role is recorded."),
    )


@login_required
@require_POST
def role_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    grant = _grant(request, pk)
    form = TrackerForm(request.POST)
    return act_page(
        request,
        form,
        heading=_("Confirm the role"),
        explains="",
        button=_("Confirm"),
        back=person_address(grant.person_id),
        back_label=grant.person.in_language("name"),
        work=lambda: services.confirm_role(actor=request.user, grant_id=grant.pk),
        done=_("The role is confirmed. It opens in 24 hours."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def role_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    grant = _grant(request, pk)
    policies.can_withdraw_role(request.user, grant).or_raise()
    form = ReasonForm(request.POST or None)
    return act_page(
        request,
        form,
        heading=_("Withdraw the proposal"),
        explains=_("The role was proposed and nobody confirmed it. It comes to nothing and stays on record."),
        button=_("Withdraw the proposal"),
        back=person_address(grant.person_id),
        back_label=grant.person.in_language("name"),
        work=lambda: services.withdraw_role(actor=request.user, grant_id=grant.pk, reason=form.cleaned_data["reason"]),
        done=_("The proposal is withdrawn."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def role_end(request: SignedInRequest, pk: int) -> HttpResponse:
    grant = _grant(request, pk)
    policies.can_end_role(request.user, grant).or_raise()
    form = EndRoleForm(request.POST or None)
    return act_page(
        request,
        form,
        heading=_("End the role: %(role)s") % {"role": access.label_of(grant.group.name)},
        explains=_("What was done under the role stands."),
        button=_("End the role"),
        back=person_address(grant.person_id),
        back_label=grant.person.in_language("name"),
        work=lambda: services.end_role(
            actor=request.user,
            grant_id=grant.pk,
            last_day=form.cleaned_data["last_day"],
            reason=form.cleaned_data["reason"],
        ),
        done=_("The role ends."),
        style="danger",
    )


@login_required
@require_http_methods(["GET", "POST"])
def grant_new(request: SignedInRequest, kind: str, reference: str) -> HttpResponse:
    """Share one record with one person until a day."""
    what = shareable(kind)
    thing = what.find(reference, seen_by=request.user)
    what.may_share(request.user, thing).or_raise()
    form = ShareForm(request.POST or None, user=request.user)
    return act_page(
        request,
        form,
        heading=_("Share %(reference)s with a person") % {"reference": reference},
        explains=_(
            "The person then reads it as its department does, risks and comments included, and changes nothing."
        ),
        button=_("Share"),
        back=what.address(reference),
        back_label=reference,
        work=lambda: services.share(
            actor=request.user,
            kind=kind,
            reference=reference,
            person_id=form.cleaned_data["person"].pk,
            last_day=form.cleaned_data["last_day"],
            reason=form.cleaned_data["reason"],
        ),
        done=_("It is shared until that day."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def grant_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    grant = sharing.grant_for(request.user, pk)
    what = shareable(grant.kind)
    sharing.may_revoke(request.user, grant).or_raise()
    form = ReasonForm(request.POST or None)
    return act_page(
        request,
        form,
        heading=_("End the sharing of %(reference)s with %(person)s")
        % {"reference": grant.reference, "person": grant.person},
        explains=_("It ends now and stays on record."),
        button=_("End the sharing"),
        back=what.address(grant.reference),
        back_label=grant.reference,
        work=lambda: services.revoke_grant(actor=request.user, grant_id=grant.pk, reason=form.cleaned_data["reason"]),
        done=_("The sharing has ended."),
        style="danger",
    )


def _grant(request: SignedInRequest, pk: int) -> RoleGrant:
    grant: RoleGrant = found(selectors.role_grant_rows(request.user), pk)
    return grant
