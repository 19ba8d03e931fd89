"""Procedures over the API: the same rows, rules and services as the pages."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.views import RegisterViewSet, command, patch_command
from projects import selectors, services
from projects.api import procedure_shapes
from projects.api import serializers as shapes
from projects.filters import ProcedureFilter
from projects.models import Procedure
from projects.selectors import likeness, maps
from work.api.subjects import SubjectOperations


class ProcedureViewSet(SubjectOperations, RegisterViewSet):
    """The procedure register with what counts today, and the acts that make a procedure count."""

    rows = Procedure.objects
    paged = frozenset({"history"})
    word = "procedure"
    known_then = True
    serializer_class = shapes.ProcedureOut
    filterset_class = ProcedureFilter
    ordering_fields = ("reference", "name_en", "planned_on")

    def get_queryset(self) -> "QuerySet[Procedure]":
        if getattr(self, "swagger_fake_view", False):
            return Procedure.objects.none()
        return selectors.procedure_rows(self.actor)

    def get_serializer_class(self) -> Any:
        return shapes.ProcedureOut if self.action == "list" else shapes.ProcedureDetailOut

    def paginate_queryset(self, queryset: Any) -> Any:
        return with_standing(super().paginate_queryset(queryset) or [])

    def get_object(self) -> Procedure:
        found = super().get_object()
        return shown(self.actor, found) if self.action == "retrieve" else found

    @command(request=shapes.ClaimIn, response=shapes.ProcedureDetailOut, status=202)
    def claim(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        project = data.pop("project")
        services.claim(actor=self.actor, procedure_id=thing.pk, project_id=project.pk, **data)
        return shown(self.actor, thing)

    @command(request=shapes.EvidenceIn, response=shapes.ProcedureDetailOut, status=201)
    def evidence(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.add_evidence(actor=self.actor, procedure_id=thing.pk, **data)
        return shown(self.actor, thing)

    @command(request=None, response=shapes.ProcedureDetailOut)
    def verify(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.verify(actor=self.actor, procedure_id=thing.pk)
        return shown(self.actor, thing)

    @command(request=None, response=shapes.ProcedureDetailOut)
    def confirm_late(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.confirm_late(actor=self.actor, procedure_id=thing.pk)
        return shown(self.actor, thing)

    @command(request=shapes.AttestIn, response=shapes.ProcedureDetailOut)
    def attest(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.attest(actor=self.actor, procedure_id=thing.pk, note=data["note"])
        return shown(self.actor, thing)

    @command(request=shapes.EndIn, response=shapes.ProcedureDetailOut)
    def retire(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.retire(actor=self.actor, procedure_id=thing.pk, **data)
        return shown(self.actor, thing)

    @patch_command(request=procedure_shapes.ProcedurePatchIn, response=shapes.ProcedureDetailOut)
    def partial_update(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        edited = services.edit_procedure(
            actor=self.actor, procedure_id=thing.pk, expected_version=self.expected_version, **data
        )
        return shown(self.actor, edited)

    @command(request=procedure_shapes.TransferIn, response=shapes.ProcedureDetailOut)
    def transfer(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.transfer_claim(
            actor=self.actor, procedure_id=thing.pk, to_project_id=data["to_project"].pk, reason=data["reason"]
        )
        return shown(self.actor, thing)

    @command(request=procedure_shapes.MergeIn, response=shapes.ProcedureDetailOut)
    def merge(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.merge_procedure(
            actor=self.actor, procedure_id=thing.pk, into_id=data["into"].pk, reason=data["reason"]
        )
        return shown(self.actor, thing)

    @command(request=procedure_shapes.SplitIn, response=shapes.ProcedureDetailOut, status=201)
    def split(self, thing: Procedure, data: dict[str, Any]) -> Procedure:
        services.split_procedure(actor=self.actor, procedure_id=thing.pk, into=data["into"], reason=data["reason"])
        return shown(self.actor, thing)

    @extend_schema(responses=procedure_shapes.ProcessMapsOut)
    @action(detail=True, methods=["get"])
    def map(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The latest version of both maps with what they come to."""
        found = maps.maps_of(self.get_object())
        return Response(procedure_shapes.ProcessMapsOut(found, context=self.get_serializer_context()).data)

    @command(request=procedure_shapes.ProcessMapIn, response=procedure_shapes.ProcessMapsOut, status=201)
    def draw_map(self, thing: Procedure, data: dict[str, Any]) -> maps.Maps:
        services.draw_map(actor=self.actor, procedure_id=thing.pk, **data)
        return maps.maps_of(thing)

    @extend_schema(responses=procedure_shapes.LookAlikeOut(many=True))
    @action(detail=True, methods=["get"], url_path="look-alikes", pagination_class=None, filterset_class=None)
    def look_alikes(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Procedures whose name, now or once, is close to this one's."""
        found = likeness.like(self.get_object(), self.actor)
        return Response(procedure_shapes.LookAlikeOut(found, many=True).data)


def with_standing(procedures: Sequence[Procedure]) -> list[Procedure]:
    """Each procedure carrying what it is today, as `today`, for the serializers."""
    found = selectors.counted(procedures)
    for one in found:
        one.procedure.today = one  # type: ignore[attr-defined] # read by the serializers
    return [one.procedure for one in found]


def shown(actor: Any, procedure: Procedure) -> Procedure:
    """The procedure as stored now, with its standing and its facts."""
    [found] = with_standing([selectors.procedure_rows(actor).get(pk=procedure.pk)])
    found.told = selectors.told_facts(found, actor)  # type: ignore[attr-defined] # read by the serializers
    return found
