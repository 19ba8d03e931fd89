"""Starting and ending postings, and changing the head of a department."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from accounts import policies, services
from accounts.forms import EndPostingForm, HeadForm, PostingForm
from accounts.models import Posting
from accounts.requests import SignedInRequest
from accounts.views.pieces import act_page, find_person, found, person_address


@login_required
@require_http_methods(["GET", "POST"])
def posting_new(request: SignedInRequest, pk: int) -> HttpResponse:
    person = find_person(request, pk)
    policies.can_manage(request.user).or_raise()
    form = PostingForm(request.POST or None, user=request.user)
    return act_page(
        request,
        form,
        heading=_("Post %(person)s to a department") % {"person": person},
        explains=_("As staff. A Head of Department is changed on a page of its own, so that there is one on any day."),
        button=pgettext("verb", "Post"),
        back=person_address(person.pk),
        back_label=person.in_language("name"),
        work=lambda: services.start_posting(
            actor=request.user,
            person_id=person.pk,
            department_id=form.cleaned_data["department"].pk,
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
        ),
        done=_("The posting is recorded."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def posting_end(request: SignedInRequest, pk: int) -> HttpResponse:
    posting: Posting = found(Posting.objects.visible_to(request.user).select_related("person", "department"), pk)
    policies.can_end_posting(request.user, posting).or_raise()
    form = EndPostingForm(request.POST or None)
    return act_page(
        request,
        form,
        heading=_("End the posting to %(department)s") % {"department": posting.department},
        explains=_("The last day is still served. Leads and seats stay; recording a leaving hands them over."),
        button=_("End the posting"),
        back=person_address(posting.person_id),
        back_label=posting.person.in_language("name"),
        work=lambda: services.end_posting(
            actor=request.user,
            posting_id=posting.pk,
            last_day=form.cleaned_data["last_day"],
            reason=form.cleaned_data["reason"],
        ),
        done=_("The posting ends on that day."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def head_new(request: SignedInRequest) -> HttpResponse:
    policies.can_manage(request.user).or_raise()
    form = HeadForm(request.POST or None, user=request.user)

    def work() -> object:
        typed = form.cleaned_data
        return services.appoint_head(
            actor=request.user,
            department_id=typed["department"].pk,
            person_id=typed["person"].pk,
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            is_acting=typed["is_acting"],
            former_stays=typed["former_stays"],
            reason=typed["reason"],
        )

    back = reverse("people:people")
    return act_page(
        request,
        form,
        heading=_("Change the Head of a Department"),
        explains=_("One head on any day: the earlier one serves until the day before the first day."),
        button=_("Appoint"),
        back=back,
        back_label=_("People"),
        work=work,
        done=_("The new head is appointed."),
    )
