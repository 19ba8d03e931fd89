"""One page for a person who leaves: choose the day, see what they hold, name who takes it over."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import holdings, policies, selectors, services
from accounts.forms import LeavingDayForm, LeavingForm
from accounts.models import Person
from accounts.requests import SignedInRequest
from accounts.views.pieces import find_person, person_address
from core.days import parse_day
from core.errors import DomainError
from core.pages import INVALID, once, page_or_partial


@login_required
@require_http_methods(["GET", "POST"])
def leaving(request: SignedInRequest, pk: int) -> HttpResponse:
    person = find_person(request, pk)
    policies.can_record_leaving(request.user, person).or_raise()
    if request.method == "POST":
        return _confirm(request, person)
    asked = request.GET.get("last_day")
    day_form = LeavingDayForm({"last_day": asked} if asked is not None else None)
    if asked is None or not day_form.is_valid():
        return _shown(request, person, day_form=day_form, status=INVALID if asked is not None else 200)
    last_day = day_form.cleaned_data["last_day"]
    return _shown(request, person, day_form=day_form, form=_form(person, last_day), last_day=last_day)


def _confirm(request: SignedInRequest, person: Person) -> HttpResponse:
    last_day = parse_day(request.POST.get("last_day", ""))
    form = _form(person, last_day, request)

    def again() -> HttpResponse:
        day_form = LeavingDayForm(initial={"last_day": last_day})
        return _shown(request, person, day_form=day_form, form=form, last_day=last_day, status=INVALID)

    def work() -> str:
        services.record_leaving(
            actor=request.user,
            person_id=person.pk,
            last_day=last_day,
            reason=form.cleaned_data["reason"],
            holders=form.holders(),
        )
        messages.success(request, _("The leaving is confirmed. What was held is handed over."))
        return person_address(person.pk)

    if not form.is_valid():
        return again()
    try:
        return once(request, form, work)
    except DomainError as refusal:
        refusal.fields = form.refuse_by_holding(refusal.fields)
        if not set(refusal.fields) & set(form.fields):
            raise
        form.refuse(refusal)
    return again()


def _form(person: Person, last_day: date, request: SignedInRequest | None = None) -> LeavingForm:
    after = last_day + timedelta(days=1)
    return LeavingForm(
        request.POST if request else None,
        person=person,
        after=after,
        held=holdings.held_by(person, after),
        initial={"last_day": last_day},
    )


def _shown(
    request: SignedInRequest,
    person: Person,
    *,
    day_form: LeavingDayForm,
    form: LeavingForm | None = None,
    last_day: date | None = None,
    status: int = 200,
) -> HttpResponse:
    return page_or_partial(
        request,
        page="accounts/leaving.html",
        status=status,
        person=person,
        day_form=day_form,
        leaving_form=form,
        last_day=last_day,
        postings=[posting for posting in selectors.postings_of(person) if posting.state != "past"],
        record=selectors.record_of(person, reader=request.user),
    )
