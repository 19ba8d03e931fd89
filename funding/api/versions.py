"""What the API tells of a request beside its state now: versions, their differences, a copy, the edit table."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core import params
from core.api.views import RegisterViewSet, command
from core.errors import NotVisible
from funding import services
from funding.api import request_shapes as shapes
from funding.api.policy_shapes import ClockOut
from funding.api.serializers import RequestDetailOut
from funding.models import FundingRequest, Programme
from funding.selectors import clock, edit_table, versions
from funding.selectors.versions import LARGEST_NUMBER

NAMES = frozenset({"before", "after"})
CHOSEN = [
    OpenApiParameter(name, int, description=f"Number of the {which} version; without both, the last two.")
    for name, which in (("before", "first"), ("after", "second"))
]


class VersionOperations:
    """Mixed into the viewset of requests, before its base."""

    @extend_schema(responses=shapes.RequestVersionOut(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def versions(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Every version that was submitted, newest first, whole."""
        return Response(shapes.RequestVersionOut(versions.of(self.get_object()), many=True).data)

    @extend_schema(responses=shapes.DifferencesOut, parameters=CHOSEN, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None, parameters=NAMES)
    def differences(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Any two versions side by side, line by line, with the differences in money."""
        chosen = [_number(request, name) for name in ("before", "after")]
        found = versions.between(versions.of(self.get_object()), *chosen)
        if found is None:
            raise NotVisible("version.none", _("There is no such version of this request."))
        return Response(shapes.DifferencesOut(found).data)

    @extend_schema(responses=shapes.EditRowOut(many=True), filters=False)
    @action(detail=False, methods=["get"], url_path="edit-table", pagination_class=None, filterset_class=None)
    def edit_table(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Who may edit which field of a request in which state, and how."""
        return Response(shapes.EditRowOut(edit_table.rows(), many=True).data)

    @extend_schema(responses=ClockOut, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def clock(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Who holds it, by when, and when an answer is likely, with how that was worked out."""
        found = clock.clock_of(self.get_object())
        if found is None:
            raise NotVisible("clock.none", _("Nothing is awaited for this request."))
        return Response(ClockOut(found).data)

    @command(request=shapes.CopyIn, response=RequestDetailOut, status=201)
    def copy(self: Any, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        project = data.get("project")
        return services.copy_request(actor=self.actor, request_id=thing.pk, project_id=project.pk if project else None)


class ProgrammeViewSet(RegisterViewSet):
    """Programmes that requests declare. One is declared by naming it in a request."""

    rows = Programme.objects
    serializer_class = shapes.ProgrammeOut
    ordering_fields = ("reference",)

    def get_queryset(self) -> "QuerySet[Programme]":
        return super().get_queryset().select_related("department")


def _number(request: Request, name: str) -> int | None:
    asked = request.query_params.get(name, "")
    return params.whole(asked, name, most=LARGEST_NUMBER) if asked else None
