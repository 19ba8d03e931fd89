"""The plan of a project: its milestones and dependencies, and the page of each."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import as_at, params
from core.acts import Act, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from projects import policies, services
from projects.models import Milestone, Project
from projects.records import acts, figures, wording
from projects.records.forms import DependencyForm, MilestoneForm
from projects.records.plan import KINDS, Plan, Planned, line, plan, rows_of
from projects.views.records import StaleForm, record_act, record_offers, visible_project

NEW_FORMS: dict[str, type[MilestoneForm]] = {"milestones": MilestoneForm, "dependencies": DependencyForm}


@login_required
@require_GET
@as_at.honoured
def plan_page(request: SignedInRequest, reference: str) -> HttpResponse:
    project = visible_project(request, reference)
    today = as_at.day()
    found = plan(request.user, project, today)
    return page_or_partial(
        request,
        page="projects/plan.html",
        project=project,
        plan=found,
        chart=_chart(found),
        may_plan=not as_at.current() and policies.can_plan(request.user, project),
    )


@login_required
@require_http_methods(["GET", "POST"])
def planned_new(request: SignedInRequest, reference: str, word: str) -> HttpResponse:
    project = visible_project(request, reference)
    _kind(word)
    policies.can_plan(request.user, project).or_raise()
    form = NEW_FORMS[word](request.POST or None, user=request.user)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="projects/planned_form.html", form=form, project=project, word=word)

    def work() -> str:
        _add(request, project, word, form.cleaned_data)
        messages.success(request, _("The entry is added to the plan."))
        return reverse("projects:plan", args=[project.reference])

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_GET
@as_at.honoured
def planned_page(request: SignedInRequest, reference: str, word: str, pk: int) -> HttpResponse:
    return _show(request, _find(request, reference, word, pk))


@login_required
@require_GET
@as_at.honoured
def overdue(request: SignedInRequest) -> HttpResponse:
    """Every milestone past its day that the reader may see, longest first: what the overview counts."""
    params.refuse_unknown(request.GET, frozenset({"page", "page_size", as_at.PARAMETER}))
    today = as_at.day()
    rows = Milestone.objects.visible_to(request.user).overdue(today).select_related("project")
    page = paginate(request, rows.order_by("current_on", "pk"))
    return page_or_partial(request, page="projects/milestones_overdue.html", page_of=page, today=today)


def planned_act(act: Act) -> Any:
    return record_act(act, find=_find, address=_address, show=_show)


def _add(request: SignedInRequest, project: Project, word: str, typed: Mapping[str, Any]) -> None:
    said = {name: typed[name] for name in ("name_en", "name_zh_hant", "due_on", "forecast_on")}
    if word == "milestones":
        services.add_milestone(actor=request.user, project_id=project.pk, **said)
    else:
        other = typed["on_project"]
        services.add_dependency(
            actor=request.user, project_id=project.pk, on_project_id=other.pk if other else None, **said
        )


def _kind(word: str) -> type[Planned]:
    if word not in KINDS:
        raise NotVisible("plan.none", _("There is no such entry in a plan."))
    return KINDS[word]


def _find(request: SignedInRequest, reference: str, word: str, pk: int) -> Planned:
    found: Planned | None = rows_of(_kind(word), request.user).filter(project__reference=reference, pk=pk).first()
    if found is None:
        raise NotVisible("plan.none", _("There is no such entry in a plan."))
    return found


def _word(thing: Planned) -> str:
    return next(word for word, kind in KINDS.items() if isinstance(thing, kind))


def _address(thing: Planned) -> str:
    return reverse("projects:planned", args=[thing.project.reference, _word(thing), thing.pk])


def _show(
    request: SignedInRequest,
    thing: Planned,
    *,
    status: int = 200,
    refused: Mapping[str, TrackerForm] | None = None,
    stale: StaleForm | None = None,
) -> HttpResponse:
    def address(act: Act) -> str:
        return reverse(f"projects:planned-{act.name}", args=[thing.project.reference, _word(thing), thing.pk])

    return page_or_partial(
        request,
        page="projects/planned.html",
        status=status,
        project=thing.project,
        line=line(thing, as_at.day()),
        stale=stale,
        address=_address(thing),
        offers=record_offers(acts.PLANNED_ACTS, user=request.user, thing=thing, address=address, refused=refused),
    )


def _chart(found: Plan) -> dict[str, Any]:
    bars = [
        figures.Bar(
            str(one.thing),
            one.thing.original_on,
            one.thing.current_on,
            one.course.expected_on,
            one.thing.done_on,
        )
        for one in found.lines
    ]
    return {
        "figure": figures.timeline(bars, as_at.day()),
        "title": wording.timeline_title(found),
        "summary": wording.timeline_summary(found),
        "table": {"headings": wording.timeline_headings(), "rows": wording.timeline_rows(found)},
        "is_tall": len(bars) > 5,
    }
