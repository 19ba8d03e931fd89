"""The list of people, one person, and the closing of an account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policies, selectors, services
from accounts.access import label_of
from accounts.filters import PeopleFilter
from accounts.forms import EditPersonForm, PersonForm, ReasonForm
from accounts.models import RoleGrant, User
from accounts.requests import SignedInRequest
from accounts.views.pieces import act_page, find_person, found, person_address
from core import listing
from core.acts import send
from core.errors import Stale
from core.pages import page_or_partial, paginate


@login_required
@require_GET
def people_list(request: SignedInRequest) -> HttpResponse:
    rows, filters = listing.filtered(request, PeopleFilter, selectors.people_rows(request.user))
    reads = policies.can_read_records(request.user)
    if not reads:
        del filters.fields["role"]
    page = paginate(request, listing.ordered(request, rows, selectors.PEOPLE_ORDERINGS))
    waiting = RoleGrant.objects.proposed().count() if reads else 0
    return page_or_partial(
        request,
        page="accounts/people_list.html",
        partial="accounts/_people_table.html",
        filter_form=filters,
        page_of=page,
        sorts=listing.sorts(request, selectors.PEOPLE_ORDERINGS),
        labelled=[(person, [label_of(one.group.name) for one in getattr(person, "roles_now", [])]) for person in page],
        reads=reads,
        may_manage=policies.can_manage(request.user),
        waiting=waiting,
    )


@login_required
@require_GET
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    who = find_person(request, pk)
    record = selectors.record_of(who, reader=request.user)
    may_manage = policies.can_manage(request.user)
    return page_or_partial(
        request,
        page="accounts/person.html",
        person=who,
        postings=selectors.postings_of(who),
        record=record,
        roles=[] if record is None else [_offered(request.user, grant) for grant in record.roles],
        accounts=[]
        if record is None
        else [(account, policies.can_disable(request.user, account)) for account in record.accounts],
        may_manage=may_manage,
        may_give_role=policies.can_give_role(request.user, who),
        may_record_leaving=policies.can_record_leaving(request.user, who),
        may_invite=may_manage and not who.accounts.filter(is_active=True).exists(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def person_new(request: SignedInRequest) -> HttpResponse:
    policies.can_manage(request.user).or_raise()
    form = PersonForm(request.POST or None)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="accounts/person_form.html", form=form, person=None)

    def work() -> str:
        made = services.register_person(actor=request.user, **form.said())
        messages.success(request, _("The person is on record."))
        return person_address(made.pk)

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_http_methods(["GET", "POST"])
def person_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """A form opened before somebody else's edit is refused, beside what is stored now."""
    who = find_person(request, pk)
    policies.can_manage(request.user).or_raise()
    form = EditPersonForm(request.POST or None, person=who)

    def shown(status: int = 200, **more: Any) -> HttpResponse:
        return page_or_partial(request, page="accounts/person_form.html", status=status, form=form, person=who, **more)

    def work() -> str:
        services.edit_person(
            actor=request.user,
            person_id=who.pk,
            expected_version=form.cleaned_data["expected_version"],
            **form.said(),
        )
        messages.success(request, _("The person is saved."))
        return person_address(who.pk)

    if request.method != "POST":
        return shown()
    try:
        return send(request, form, work=work, again=shown)
    except Stale as stale:
        fresh = EditPersonForm(person=who)
        fields = [field for field in fresh if not field.is_hidden]
        stored = [(field.label, field.value()) for field in fields if field.value() != form[field.name].value()]
        return shown(stale.status, stale=stale, stored=stored)


@login_required
@require_http_methods(["GET", "POST"])
def account_disable(request: SignedInRequest, pk: int) -> HttpResponse:
    policies.can_read_records(request.user).or_raise()
    account: User = found(User.objects.select_related("person"), pk)
    policies.can_disable(request.user, account).or_raise()
    form = ReasonForm(request.POST or None)
    return act_page(
        request,
        form,
        heading=_("Disable the account %(account)s") % {"account": account.username},
        explains=_("At once: no sign-in, and open sessions and tokens end. Postings and roles stay until ended."),
        button=_("Disable the account"),
        back=person_address(account.person_id),
        back_label=account.person.in_language("name"),
        work=lambda: services.disable_account(
            actor=request.user, account_id=account.pk, reason=form.cleaned_data["reason"]
        ),
        done=_("The account is disabled."),
        style="danger",
    )


def _offered(user: User, grant: RoleGrant) -> dict[str, Any]:
    """One role of the person, and what this reader may do about it."""
    return {
        "grant": grant,
        "label": label_of(grant.group.name),
        "may_confirm": policies.can_confirm_role(user, grant),
        "may_withdraw": policies.can_withdraw_role(user, grant),
        "may_end": policies.can_end_role(user, grant),
    }
