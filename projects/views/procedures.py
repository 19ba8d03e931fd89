"""The procedure register: what counts, what does not and why, and what can be done about it."""

from collections.abc import Callable, Mapping, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import as_at, clock, listing
from core.acts import Act, Offer, offers, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate, repeatable
from exports import serving
from projects import policies, selectors
from projects.acts import COUNTING_ACTS, form_for
from projects.acts.lineage import LINEAGE_ACTS
from projects.filters import ProcedureFilter
from projects.models import EvidenceKind, Procedure, Project
from projects.selectors import counting, likeness, lineage
from work.querysets import any_tag
from work.selectors import know_tags


@login_required
@require_GET
@as_at.honoured
def procedure_list(request: SignedInRequest) -> HttpResponse:
    rows = selectors.procedure_rows(request.user)
    found, filters = listing.filtered(request, ProcedureFilter, rows)
    in_order = listing.ordered(request, found, selectors.PROCEDURE_ORDERINGS)
    page = paginate(request, in_order.annotate(any_tag=any_tag()))
    counted = selectors.counted(page.object_list)
    if counted:
        know_tags(counted[0].procedure.any_tag)  # type: ignore[attr-defined] # annotated above
    return page_or_partial(
        request,
        page="projects/procedure_list.html",
        partial="projects/_procedure_table.html",
        filter_form=filters,
        page_of=page,
        counted=counted,
        sorts=listing.sorts(request, selectors.PROCEDURE_ORDERINGS),
        as_at=as_at.now(),
        figures=counting.figures(_whatever_its_state(request, rows)),
    )


def _whatever_its_state(request: SignedInRequest, rows: "QuerySet[Procedure]") -> "QuerySet[Procedure]":
    """The rows under the filters of the address but for state and reason, which the figures above the list tell."""
    asked = request.GET.copy()
    for name in ("state", "reason"):
        asked.pop(name, None)
    return ProcedureFilter(asked, queryset=rows, request=request).qs


@repeatable("columns")
@login_required
@require_GET
def procedure_export(request: SignedInRequest) -> HttpResponseBase:
    """Exactly the rows that the list shows under the same filters, as a file."""
    return serving.answer(request, "procedures")


@login_required
@require_GET
@as_at.honoured
def procedure_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    return show(request, find(request, reference))


@login_required
@require_GET
def how_we_count(request: SignedInRequest) -> HttpResponse:
    """The counting rule in words, from the rule's own data."""
    rules = [
        (rule, [EvidenceKind(kind).label for kind in rule.required_evidence])
        for rule in selectors.approved_counting_rules()
    ]
    return page_or_partial(
        request, page="projects/how_we_count.html", rules=rules, targets=selectors.targets(), today=clock.today()
    )


def procedure_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, reference: str) -> HttpResponse:
        procedure = find(request, reference)
        form = form_for(act, request.user, procedure, request.POST)

        def work() -> str:
            act.work(request.user, procedure, form.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("projects:procedure-detail", args=[procedure.reference])

        def again() -> HttpResponse:
            act.may(request.user, procedure).or_raise()  # who may not do it at all learns that, not the form's faults
            return show(request, procedure, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return view


def find(request: SignedInRequest, reference: str) -> Procedure:
    found = selectors.procedure_rows(request.user).filter(reference=reference).first()
    if found is None:
        raise NotVisible("procedure.none", _("There is no such procedure for you."))
    return found


def show(
    request: SignedInRequest, procedure: Procedure, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    """The page of one procedure, with a refused form as it was typed."""
    one = selectors.counted([procedure])[0]
    vars(procedure)["claim_now"] = policies.live_claim(procedure)
    verifies = request.user.has_perm("projects.verify_procedure") and one.claim is not None
    return page_or_partial(
        request,
        page="projects/procedure.html",
        status=422 if refused else 200,
        procedure=procedure,
        one=one,
        missing=[EvidenceKind(kind).label for kind in one.standing.missing],
        projects=Project.objects.visible_to(request.user).filter(procedures=procedure).select_related("department"),
        history=selectors.told_facts(procedure, request.user),
        family=lineage.of(procedure, request.user),
        look_alikes=likeness.like(procedure, request.user) if verifies else None,
        may_edit=not as_at.current() and policies.can_edit_procedure(request.user, procedure),
        offers=_offers(request, procedure, COUNTING_ACTS, refused or {}),
        rare=_offers(request, procedure, LINEAGE_ACTS, refused or {}),
        rare_open=any(act.name in (refused or {}) for act in LINEAGE_ACTS),
    )


def _offers(
    request: SignedInRequest, procedure: Procedure, acts: Sequence[Act], refused: Mapping[str, TrackerForm]
) -> list[Offer]:
    """What this person may do now; nothing in the past."""
    if as_at.current():
        return []
    return offers(
        acts,
        user=request.user,
        thing=procedure,
        form=lambda act: form_for(act, request.user, procedure),
        address=lambda act: reverse(f"projects:procedure-{act.name}", args=[procedure.reference]),
        refused=refused,
    )
