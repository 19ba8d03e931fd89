"""Questions about look-alikes with the secretary's answer, and findings that make or cut a link."""

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
from core.acts import Act, offers, send
from core.errors import NotAllowed, NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from funding import policies, services
from funding.forms import lookalikes as forms
from funding.models import LookalikeRule
from funding.policies.states import SECRETARY
from funding.selectors import lookalikes as selectors
from funding.views.requests import find

ANSWER = Act(
    name="answer",
    label=gettext_lazy("Record the answer"),
    explains=gettext_lazy(
        "Belonging together counts both amounts for each and may change who decides. Until you answer, no lower"
        " body decides either of them."
    ),
    form=forms.AnswerForm,
    may=policies.can_answer_lookalike,
    work=lambda user, question, typed: services.answer_lookalike(
        actor=user, question_id=question.pk, linked=typed["linked"], reason=typed["reason"]
    ),
    done=gettext_lazy("The answer is on record."),
)
CONFIRM = Act(
    name="confirm",
    label=gettext_lazy("Record your finding"),
    explains=gettext_lazy(
        "If you agree, the two are no longer counted together over this link, and every request that is still"
        " open is routed anew."
    ),
    form=forms.ConfirmCutForm,
    may=policies.can_confirm_cut,
    work=lambda user, finding, typed: services.confirm_cut(
        actor=user, finding_id=finding.pk, agree=typed["agree"], reason=typed["reason"]
    ),
    done=gettext_lazy("The finding is on record."),
)


@login_required
@require_GET
def lookalike_list(request: SignedInRequest) -> HttpResponse:
    questions = paginate(request, selectors.questions(request.user))
    findings = list(selectors.findings(request.user)[:50])
    rows: list[Any] = [*questions, *findings]
    pairs = [one for row in rows for one in (row.first, row.second)]
    return page_or_partial(
        request,
        page="funding/lookalikes.html",
        page_of=questions,
        findings=findings,
        readable=selectors.readable(request.user, pairs),
        rule=LookalikeRule.objects.approved().order_by("-starts_on").first(),
        may_cut=request.user.has_perm(SECRETARY),
    )


@login_required
@require_GET
def lookalike_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show_question(request, _question(request, pk))


@login_required
@require_GET
def request_lookalikes(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was asked and found about one request: a fragment of its page, and a page without JavaScript."""
    funding = find(request, reference)
    return page_or_partial(
        request,
        page="funding/request_lookalikes.html",
        partial="funding/_lookalikes_panel.html",
        funding=funding,
        panel=selectors.of_request(request.user, funding),
    )


@login_required
@require_POST
def lookalike_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, ANSWER, _question(request, pk), show=_show_question, name="funding:lookalike-detail")


@login_required
@require_http_methods(["GET", "POST"])
def finding_new(request: SignedInRequest) -> HttpResponse:
    """The secretary proposes to cut a link; `?first=` names one of the two requests."""
    if not request.user.has_perm(SECRETARY):
        raise NotAllowed("secretary.only", _("Only the secretary does this."))
    first = request.GET.get("first", "")[:32]
    form = forms.CutForm(request.POST or None, user=request.user, initial={"first": first})

    def shown() -> HttpResponse:
        return page_or_partial(request, page="funding/finding_form.html", form=form)

    def work() -> str:
        typed = form.cleaned_data
        finding = services.propose_cut(
            actor=request.user, request_id=typed["first"].pk, other_id=typed["second"].pk, reason=typed["reason"]
        )
        messages.success(request, _("The finding is on record. A second person of the Team agrees before it counts."))
        return reverse("funding:finding-detail", args=[finding.pk])

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_GET
def finding_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show_finding(request, _finding(request, pk))


@login_required
@require_POST
def finding_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, CONFIRM, _finding(request, pk), show=_show_finding, name="funding:finding-detail")


def _act(
    request: SignedInRequest, act: Act, thing: Any, *, show: Callable[..., HttpResponse], name: str
) -> HttpResponse:
    form = act.form(request.POST, user=request.user)

    def work() -> str:
        act.work(request.user, thing, form.cleaned_data)
        messages.success(request, str(act.done))
        return reverse(name, args=[thing.pk])

    def again() -> HttpResponse:
        act.may(request.user, thing).or_raise()  # who may not do it at all learns that, not the form's faults
        return show(request, thing, refused={act.name: form})

    return send(request, form, work=work, again=again)


def _show_question(
    request: SignedInRequest, question: Any, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    return page_or_partial(
        request,
        page="funding/lookalike.html",
        status=422 if refused else 200,
        question=question,
        working=selectors.working(question),
        readable=selectors.readable(request.user, [question.first, question.second]),
        offers=_offers(request, ANSWER, question, "funding:lookalike-answer", refused),
    )


def _show_finding(
    request: SignedInRequest, finding: Any, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    return page_or_partial(
        request,
        page="funding/finding.html",
        status=422 if refused else 200,
        finding=finding,
        offers=_offers(request, CONFIRM, finding, "funding:finding-confirm", refused),
    )


def _offers(
    request: SignedInRequest, act: Act, thing: Any, name: str, refused: Mapping[str, TrackerForm] | None
) -> list[Any]:
    return offers(
        [act],
        user=request.user,
        thing=thing,
        form=lambda act: act.form(user=request.user),
        address=lambda act: reverse(name, args=[thing.pk]),
        refused=refused or {},
    )


def _question(request: SignedInRequest, pk: int) -> Any:
    found = selectors.questions(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise NotVisible("lookalike.none", _("There is no such question for you."))
    return found


def _finding(request: SignedInRequest, pk: int) -> Any:
    found = selectors.findings(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise NotVisible("finding.none", _("There is no such finding for you."))
    return found
