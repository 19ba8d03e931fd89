"""Meetings of the bodies: the list, the page of one, and its acts."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core.acts import Act, offers, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from funding.models import Meeting
from funding.selectors import meetings as selectors
from funding.views import meeting_acts as acts


@login_required
@require_GET
def meeting_list(request: SignedInRequest) -> HttpResponse:
    page_of = paginate(request, selectors.for_list(request.user))
    return page_or_partial(request, page="funding/meeting_list.html", page_of=page_of)


@login_required
@require_GET
def meeting_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return show(request, find(request, pk))


def meeting_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, pk: int) -> HttpResponse:
        meeting = find(request, pk)
        form = acts.form_of(act, meeting, request.user, request.POST)

        def work() -> str:
            made = act.work(request.user, meeting, form.cleaned_data)
            messages.success(request, str(act.done))
            return _where_next(act, meeting, made)

        def again() -> HttpResponse:
            act.may(request.user, meeting).or_raise()  # who may not do it at all learns that, not the form's faults
            return show(request, meeting, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return view


def find(request: SignedInRequest, pk: int) -> Meeting:
    found = selectors.for_page(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise NotVisible("meeting.none", _("There is no such meeting for you."))
    return found


def show(
    request: SignedInRequest, meeting: Meeting, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    return page_or_partial(
        request,
        page="funding/meeting.html",
        status=422 if refused else 200,
        meeting=meeting,
        place=selectors.place(meeting),
        screen=selectors.meeting_page(request.user, meeting),
        offers=offers(
            acts.possible(meeting, request.user),
            user=request.user,
            thing=meeting,
            form=lambda act: acts.form_of(act, meeting, request.user),
            address=lambda act: reverse(f"funding:meeting-{act.name}", args=[meeting.pk]),
            refused=refused or {},
        ),
    )


def _where_next(act: Act, meeting: Meeting, made: object) -> str:
    """An opened item leads to its round; everything else back to the meeting."""
    if act is acts.OPEN_ITEM:
        return reverse("funding:round-detail", args=[getattr(made, "pk", 0)])
    return reverse("funding:meeting-detail", args=[meeting.pk])
