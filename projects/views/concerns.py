"""Risks and issues of a project, for insiders only: for everybody else these pages are not there (DESIGN 8)."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import as_at, listing
from core.acts import Act, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from projects import policies, services
from projects.models import Concern, Project
from projects.records import acts, concerns
from projects.records.filters import ConcernOfProjectFilter
from projects.records.forms import ConcernForm
from projects.views.records import StaleForm, record_act, record_offers


@login_required
@require_GET
@as_at.honoured
def risks_page(request: SignedInRequest, reference: str) -> HttpResponse:
    project = _insiders_project(request, reference)
    rows = concerns.concern_rows(request.user).filter(project=project)
    found, filters = listing.filtered(request, ConcernOfProjectFilter, rows)
    page_of = paginate(request, found)
    return page_or_partial(
        request,
        page="projects/risks.html",
        partial="projects/_risk_table.html",
        project=project,
        filter_form=filters,
        page_of=page_of,
        rated=concerns.rated(page_of.object_list),
        matrix=concerns.matrix(request.user, project),
        today=as_at.day(),
        may_raise=not as_at.current() and policies.can_raise_concern(request.user, project),
    )


@login_required
@require_http_methods(["GET", "POST"])
def risk_new(request: SignedInRequest, reference: str) -> HttpResponse:
    project = _insiders_project(request, reference)
    policies.can_raise_concern(request.user, project).or_raise()
    form = ConcernForm(request.POST or None, user=request.user, thing=project)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="projects/risk_form.html", form=form, project=project)

    def work() -> str:
        made = services.raise_concern(actor=request.user, project_id=project.pk, **form.said())
        messages.success(request, _("It is on the record."))
        return _address(made)

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_GET
@as_at.honoured
def risk_page(request: SignedInRequest, reference: str, pk: int) -> HttpResponse:
    return _show(request, _find(request, reference, pk))


def risk_act(act: Act) -> Any:
    return record_act(act, find=_find, address=_address, show=_show)


def _insiders_project(request: SignedInRequest, reference: str) -> Project:
    rows = Project.objects.insider_to(request.user).select_related("department")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotVisible("project.none", _("There is no such project for you."))
    return found


def _find(request: SignedInRequest, reference: str, pk: int) -> Concern:
    found = concerns.concern_rows(request.user).filter(project__reference=reference, pk=pk).first()
    if found is None:
        raise NotVisible("concern.none", _("There is no such risk or issue for you."))
    return found


def _address(concern: Concern) -> str:
    return reverse("projects:risk", args=[concern.project.reference, concern.pk])


def _show(
    request: SignedInRequest,
    concern: Concern,
    *,
    status: int = 200,
    refused: Mapping[str, TrackerForm] | None = None,
    stale: StaleForm | None = None,
) -> HttpResponse:
    def address(act: Act) -> str:
        return reverse(f"projects:risk-{act.name}", args=[concern.project.reference, concern.pk])

    return page_or_partial(
        request,
        page="projects/risk.html",
        status=status,
        project=concern.project,
        one=concerns.rated([concern])[0],
        today=as_at.day(),
        stale=stale,
        address=_address(concern),
        offers=record_offers(acts.CONCERN_ACTS, user=request.user, thing=concern, address=address, refused=refused),
    )
