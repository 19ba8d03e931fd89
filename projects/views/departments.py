"""Bureaux and departments: the tree with its numbers, and one of them with its people, projects and movement."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import Department, User
from accounts.requests import SignedInRequest
from core import as_at, params
from core.days import parse_day
from core.errors import DomainError, InvalidInput, NotVisible
from core.pages import page_or_partial
from projects import selectors
from projects.models import TargetShare
from projects.selectors import departments

PERIOD = frozenset({"from", "to"})
TIMED = frozenset({as_at.PARAMETER})


@login_required
@require_GET
@as_at.honoured
def department_list(request: SignedInRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, TIMED)
    return page_or_partial(request, page="projects/department_list.html", branches=departments.tree(request.user))


@login_required
@require_GET
@as_at.honoured
def department_detail(request: SignedInRequest, safe_code: str) -> HttpResponse:
    params.refuse_unknown(request.GET, PERIOD | TIMED)
    first, last = period(request)
    department = find(request, safe_code)
    projects = departments.projects_of(department, request.user)
    moved = departments.moved(projects, first=first, last=last)
    procedures = selectors.procedure_rows(request.user).filter(department=department)
    return page_or_partial(
        request,
        page="projects/department.html",
        partial="projects/_movement.html",
        department=department,
        figures=departments.figures_of(department, request.user),
        heads=departments.heads_of(department),
        leads=departments.leads_of(projects),
        stages=departments.by_stage(projects),
        counted=selectors.counted(procedures),
        shares=TargetShare.objects.filter(department=department, value__gt=0).select_related("target"),
        moved=moved,
        exits=departments.exits_of(moved.exited, request.user),
        today=as_at.day(),
    )


def find(request: SignedInRequest, safe_code: str) -> Department:
    return find_for(request.user, safe_code)


def find_for(user: User, safe_code: str) -> Department:
    rows = Department.objects.visible_to(user).select_related("parent").prefetch_related("children")
    found = rows.filter(safe_code=safe_code).first()
    if found is None:
        raise NotVisible("department.none", _("There is no such department."))
    return found


def period(request: SignedInRequest) -> tuple[date, date]:
    """`?from=` and `?to=`: both days included; since the financial year began until today when not said."""
    last = _day(request, "to") or as_at.day()
    return _day(request, "from") or departments.start_of_financial_year(last), last


def _day(request: SignedInRequest, name: str) -> date | None:
    written = params.one(request, name)
    if not written:
        return None
    try:
        return parse_day(written)
    except DomainError as error:
        raise InvalidInput(error.code, error.message, fields={name: [error.message]}) from error
