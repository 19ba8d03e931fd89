"""Departments over the API: the tree with its numbers, one department, and how its number of projects moved."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Department, User
from core import params
from core.api.serializers import Out, TrilingualOut
from core.errors import NotVisible
from projects.api.life_serializers import OfficerOut
from projects.models import Project, Stage
from projects.selectors import departments
from projects.views.departments import PERIOD, period

DAYS = [
    OpenApiParameter("from", OpenApiTypes.DATE, description="First day; 1 April of the financial year when left out."),
    OpenApiParameter("to", OpenApiTypes.DATE, description="Last day, included; today when left out."),
]


class FiguresOut(Out):
    projects = serializers.IntegerField(help_text="In the register today, drafts not included.")
    claimed = serializers.IntegerField()
    verified = serializers.IntegerField()
    in_use = serializers.IntegerField()


class HeadOut(Out):
    person = OfficerOut()
    is_acting = serializers.BooleanField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="First day no longer head.")


class BranchOut(Out):
    department = serializers.CharField(source="department.safe_code")
    name = TrilingualOut("name", source="department")
    parent = serializers.CharField(source="department.parent.safe_code", default=None, allow_null=True)  # type: ignore[assignment] # the API's word
    level = serializers.IntegerField(help_text="0 for the top of the tree.")
    head = HeadOut(allow_null=True)
    own = FiguresOut()
    whole = FiguresOut(help_text="With everything below it.")


class LedOut(Out):
    project = serializers.CharField(source="project.reference")
    person = OfficerOut()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True)


class StageProjectsOut(Out):
    stage = serializers.ChoiceField(choices=Stage.choices, help_text="Empty is not stated.")
    projects = serializers.ListField(child=serializers.CharField())


class DepartmentPeopleOut(Out):
    department = serializers.CharField(source="department.safe_code")
    name = TrilingualOut("name", source="department")
    figures = FiguresOut()
    heads = HeadOut(many=True, help_text="Present and past, the latest first.")
    leads = LedOut(many=True)
    stages = StageProjectsOut(many=True)


class NamedOut(Out):
    reference = serializers.CharField()
    title = TrilingualOut()
    registered_on = serializers.DateField()


class LeftOut(Out):
    reference = serializers.CharField(source="project.reference")
    title = TrilingualOut("title", source="project")
    left_on = serializers.DateField(source="project.left_on")
    kind = serializers.CharField(source="leaving.kind", help_text="merge, split, reclassify or stop.")
    effective_on = serializers.DateField(source="leaving.effective_on")
    reason = serializers.CharField(source="leaving.reason")
    successors = serializers.SerializerMethodField()

    def get_successors(self, one: departments.Exited) -> list[str]:
        return [successor.reference for successor in one.successors]


class MovementOut(Out):
    """opening + added - exited = closing, each by name."""

    department = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    opening_count = serializers.IntegerField()
    added_count = serializers.IntegerField()
    exited_count = serializers.IntegerField()
    closing_count = serializers.IntegerField()
    opening = NamedOut(many=True)
    added = NamedOut(many=True)
    exited = LeftOut(many=True)
    closing = NamedOut(many=True)


class TreeView(APIView):
    """Every bureau and department with its head and its numbers, parents before their children."""

    @extend_schema(responses=BranchOut(many=True), operation_id="department_tree")
    def get(self, request: Request, **kwargs: Any) -> Response:
        params.refuse_unknown(request.query_params, frozenset())
        return Response(BranchOut(departments.tree(_user(request)), many=True).data)


class StandingView(APIView):
    """One department: its numbers, who headed it and led its projects and when, its projects by stage."""

    @extend_schema(responses=DepartmentPeopleOut, operation_id="department_standing")
    def get(self, request: Request, safe_code: str, **kwargs: Any) -> Response:
        params.refuse_unknown(request.query_params, frozenset())
        user, department = _user(request), _find(request, safe_code)
        projects = departments.projects_of(department, user)
        stages = [
            {"stage": stage.value, "projects": [one.reference for one in there]}
            for stage, there in departments.by_stage(projects)
        ]
        standing = {
            "department": department,
            "figures": departments.figures_of(department, user),
            "heads": departments.heads_of(department),
            "leads": departments.leads_of(projects),
            "stages": stages,
        }
        return Response(DepartmentPeopleOut(standing).data)


class MovementView(APIView):
    """How the number of a department's projects moved between two days, both included."""

    @extend_schema(responses=MovementOut, operation_id="department_movements", parameters=DAYS)
    def get(self, request: Request, safe_code: str, **kwargs: Any) -> Response:
        params.refuse_unknown(request.query_params, PERIOD)
        user, department = _user(request), _find(request, safe_code)
        first, last = period(request._request)  # type: ignore[arg-type] # the page reads the same address
        moved = departments.moved(departments.projects_of(department, user), first=first, last=last)
        told: dict[str, Any] = {"department": department.safe_code, "first": first, "last": last}
        for name in ("opening", "added", "exited", "closing"):
            named: tuple[Project, ...] = getattr(moved, name)
            told[name], told[f"{name}_count"] = named, len(named)
        told["exited"] = departments.exits_of(moved.exited, user)
        return Response(MovementOut(told).data)


def _user(request: Request) -> User:
    return request.user  # type: ignore[return-value] # anonymous never gets here


def _find(request: Request, safe_code: str) -> Department:
    found = Department.objects.visible_to(_user(request)).filter(safe_code=safe_code).first()
    if found is None:
        raise NotVisible("department.none", _("There is no such department."))
    return found
