"""Answers, appeals, the Legislative Council's page, conditions, and the files that prove them."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import clock, uploads
from core.acts import Act, offers, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.limits import LARGEST_FILE_BODY, takes_body_of
from core.pages import page_or_partial, paginate
from funding import policies, services
from funding.forms.outcomes import AnswerForm
from funding.models import Condition, EvidenceFile, FinanceCommitteeItem, FundingRequest
from funding.policies.finance_committee import NOT_BEFORE_COUNCIL
from funding.selectors import outcomes as rows
from funding.views import outcome_acts as acts
from funding.views import requests


@login_required
@require_POST
def request_answer(request: SignedInRequest, reference: str, number: str) -> HttpResponse:
    """Answer one question where it stands."""
    funding = requests.find(request, reference)
    form = AnswerForm(request.POST, auto_id=f"id_answer{number}_%s")

    def work() -> str:
        services.answer_question(
            actor=request.user, request_id=funding.pk, number=int(number), text=form.cleaned_data["text"]
        )
        messages.success(request, _("The answer is recorded."))
        return reverse("funding:request-detail", args=[reference])

    def again() -> HttpResponse:
        policies.can_answer(request.user, funding).or_raise()
        return requests.show(request, funding, refused_answer=(int(number), form))

    return send(request, form, work=work, again=again)


@login_required
@require_POST
def request_appeal(request: SignedInRequest, reference: str) -> HttpResponse:
    funding = requests.find(request, reference)
    form = acts.form_of(acts.APPEAL, funding, request.POST)

    def work() -> str:
        made = services.appeal(actor=request.user, request_id=funding.pk, ground=form.cleaned_data["ground"])
        messages.success(request, str(acts.APPEAL.done))
        return reverse("funding:request-detail", args=[made.reference])

    def again() -> HttpResponse:
        policies.can_appeal(request.user, funding).or_raise()
        return requests.show(request, funding, refused={acts.APPEAL.name: form})

    return send(request, form, work=work, again=again)


@login_required
@require_GET
def request_evidence(request: SignedInRequest, reference: str, pk: str) -> HttpResponseBase:
    """One of the files that prove an outcome or a condition, as a download."""
    funding = requests.find(request, reference)
    found = EvidenceFile.objects.filter(request=funding, pk=int(pk)).first()
    if found is None:
        raise NotVisible("file.none", _("There is no such file for you."))
    return uploads.attachment(name=found.stored_name, shown_name=found.shown_name, media_type=found.media_type)


@login_required
@require_GET
def request_legco(request: SignedInRequest, reference: str) -> HttpResponse:
    return show_legco(request, requests.find(request, reference))


def legco_act(act: Act) -> Callable[..., HttpResponse]:
    """The page behind one act of the Legislative Council's part."""

    @takes_body_of(LARGEST_FILE_BODY)
    @login_required
    @require_POST
    def view(request: SignedInRequest, reference: str) -> HttpResponse:
        funding = requests.find(request, reference)
        act.may(request.user, funding).or_raise()
        form = acts.form_of(act, funding, request.POST, request.FILES)

        def work() -> str:
            act.work(request.user, funding, form.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("funding:request-legco", args=[reference])

        return send(request, form, work=work, again=lambda: show_legco(request, funding, refused={act.name: form}))

    return view


def show_legco(
    request: SignedInRequest, funding: FundingRequest, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    """Papers, every entry there was with what the second officer said, and what this person may do."""
    item: FinanceCommitteeItem | None = rows.item_of(funding)
    if item is None:
        raise NotVisible("legco.none", NOT_BEFORE_COUNCIL)
    return page_or_partial(
        request,
        page="funding/legco.html",
        status=422 if refused else 200,
        funding=funding,
        item=item,
        offers=offers(
            acts.of_item(item),
            user=request.user,
            thing=funding,
            form=lambda act: acts.form_of(act, funding),
            address=lambda act: reverse(f"funding:request-{act.name}", args=[funding.reference]),
            refused=refused or {},
        ),
    )


@login_required
@require_GET
def condition_list(request: SignedInRequest) -> HttpResponse:
    """The conditions that are owed, the earliest day first."""
    found = rows.for_list(request.user).open()  # type: ignore[attr-defined] # of its queryset
    return page_or_partial(
        request, page="funding/condition_list.html", page_of=paginate(request, found), today=clock.today()
    )


@login_required
@require_GET
def condition_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return show_condition(request, find_condition(request, pk))


def condition_act(act: Act) -> Callable[..., HttpResponse]:
    """The page behind one act on a condition."""

    @takes_body_of(LARGEST_FILE_BODY)
    @login_required
    @require_POST
    def view(request: SignedInRequest, pk: int) -> HttpResponse:
        condition = find_condition(request, pk)
        act.may(request.user, condition).or_raise()
        form = acts.form_of(act, condition, request.POST, request.FILES)

        def work() -> str:
            act.work(request.user, condition, form.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("funding:condition-detail", args=[pk])

        return send(
            request, form, work=work, again=lambda: show_condition(request, condition, refused={act.name: form})
        )

    return view


def find_condition(request: SignedInRequest, pk: int) -> Condition:
    found: Condition | None = rows.for_list(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise NotVisible("condition.none", _("There is no such condition for you."))
    return found


def show_condition(
    request: SignedInRequest, condition: Condition, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    return page_or_partial(
        request,
        page="funding/condition.html",
        status=422 if refused else 200,
        condition=condition,
        steps=condition.steps.select_related("person", "evidence").order_by("-at", "-pk"),
        today=clock.today(),
        offers=offers(
            acts.of_condition(condition),
            user=request.user,
            thing=condition,
            form=lambda act: acts.form_of(act, condition),
            address=lambda act: reverse(f"funding:condition-{act.name}", args=[condition.pk]),
            refused=refused or {},
        ),
    )
