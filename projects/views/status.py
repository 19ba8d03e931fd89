"""The monthly status of a project: the department's reports and the independent ratings, side by side."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core import as_at
from core.acts import Act
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial
from projects import policies
from projects.records import acts, status
from projects.records.status import Month
from projects.views.records import StaleForm, record_act, record_offers, visible_project


@login_required
@require_GET
@as_at.honoured
def status_page(request: SignedInRequest, reference: str) -> HttpResponse:
    project = visible_project(request, reference)
    today = as_at.day()
    return page_or_partial(
        request,
        page="projects/status.html",
        project=project,
        months=status.months(request.user, project, today),
        may_report=not as_at.current() and policies.can_report(request.user, project),
        may_rate=not as_at.current() and policies.can_rate(request.user, project, status.first_of_month(today)),
    )


@login_required
@require_GET
@as_at.honoured
def month_page(request: SignedInRequest, reference: str, month: str) -> HttpResponse:
    return _show(request, _find(request, reference, month))


def month_act(act: Act) -> Any:
    return record_act(act, find=_find, address=_address, show=_show)


def _find(request: SignedInRequest, reference: str, month: str) -> Month:
    """The month of a project, said or not; one that has not begun is not there."""
    project = visible_project(request, reference)
    first = status.parse_month(month)
    if first is None or first > as_at.day():
        raise NotVisible("month.none", _("There is no such month to report."))
    return status.one_month(request.user, project, first)


def _address(month: Month) -> str:
    return reverse("projects:status-month", args=[month.project.reference, month.name])


def _show(
    request: SignedInRequest,
    month: Month,
    *,
    status: int = 200,
    refused: Mapping[str, TrackerForm] | None = None,
    stale: StaleForm | None = None,
) -> HttpResponse:
    def address(act: Act) -> str:
        return reverse(f"projects:status-{act.name}", args=[month.project.reference, month.name])

    return page_or_partial(
        request,
        page="projects/status_month.html",
        status=status,
        project=month.project,
        month=month,
        stale=stale,
        address=_address(month),
        offers=record_offers(acts.MONTH_ACTS, user=request.user, thing=month, address=address, refused=refused),
    )
