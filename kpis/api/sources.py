"""Sources over the API: the same rows, rules and services as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.views import RegisterViewSet, collection_command, command
from core.errors import InvalidInput
from kpis import services
from kpis.api import push_serializers as pushing_shapes
from kpis.api import serializers as kpi_shapes
from kpis.api import source_serializers as shapes
from kpis.models import CollectionRun, Kpi, PushKey, Source


class SourceViewSet(RegisterViewSet):
    """Sources of the own department; all of them for those who manage sources and the auditor."""

    rows = Source.objects
    serializer_class = shapes.SourceOut
    ordering_fields = ("reference", "status")
    paged = frozenset({"keys", "runs"})

    def get_queryset(self) -> "QuerySet[Source]":
        return super().get_queryset().select_related("department")

    @collection_command(request=shapes.SourceIn, response=shapes.SourceOut)
    def create(self, data: dict[str, Any]) -> Source:
        department = data.pop("department")
        kpis = [self._reported(row) for row in data.pop("kpis")]
        collected = shapes.collected(data)
        return services.propose_source(
            actor=self.actor, department_id=department.pk, collected=collected, kpis=kpis, **data
        )

    @command(request=shapes.ChangedSourceIn, response=shapes.SourceOut)
    def change(self, thing: Source, data: dict[str, Any]) -> Source:
        collected = shapes.collected(data)
        return services.change_source(actor=self.actor, source_id=thing.pk, collected=collected, **data)

    @extend_schema(request=shapes.SourceIn, responses=shapes.TriedOut)
    @action(detail=False, methods=["post"], url_path="try-proposal")
    def try_proposal(self, request: Request) -> Response:
        """Call what would be proposed, once; nothing is kept, so no Idempotency-Key is."""
        data = self._read(shapes.SourceIn)
        department = data.pop("department")
        kpis = [self._reported(row) for row in data.pop("kpis")]
        tried = services.try_proposal(
            actor=self.actor, department_id=department.pk, collected=shapes.collected(data), kpis=kpis
        )
        return Response(shapes.TriedOut(tried).data)

    @extend_schema(request=None, responses=shapes.TriedOut)
    @action(detail=True, methods=["post"], url_path="try")
    def try_source(self, request: Request, reference: str) -> Response:
        """Call the source once as a run would; nothing is kept."""
        source = self.get_object()
        self._read(None)
        return Response(shapes.TriedOut(services.try_source(actor=self.actor, source_id=source.pk)).data)

    @collection_command(request=pushing_shapes.PushSourceIn, response=shapes.SourceOut)
    def propose_push(self, data: dict[str, Any]) -> Source:
        department = data.pop("department")
        kpis = [self._reported(row) for row in data.pop("kpis")]
        return services.propose_push_source(actor=self.actor, department_id=department.pk, kpis=kpis, **data)

    @extend_schema(responses=pushing_shapes.PushKeyOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[])
    def keys(self, request: Request, reference: str) -> Response:
        """The source's keys, live and revoked, never their secrets."""
        page = self.paginate_queryset(PushKey.objects.filter(source=self.get_object()))
        return self.get_paginated_response(pushing_shapes.PushKeyOut(page, many=True).data)

    @extend_schema(request=None, responses={201: pushing_shapes.NewPushKeyOut})
    @action(detail=True, methods=["post"], url_path="make-key")
    def make_key(self, request: Request, reference: str) -> Response:
        """A new key; its secret is in this answer and nowhere else, so no Idempotency-Key keeps the answer."""
        source = self.get_object()
        self._read(None)
        key, secret = services.make_key(actor=self.actor, source_id=source.pk)
        shown = pushing_shapes.NewPushKeyOut(key, context={"secret": secret}).data
        return Response(shown, status=201, headers={"Cache-Control": "no-store"})

    @command(request=pushing_shapes.RevokeKeyIn, response=pushing_shapes.PushKeyOut)
    def revoke_key(self, thing: Source, data: dict[str, Any]) -> PushKey:
        return services.revoke_key(actor=self.actor, source_id=thing.pk, number=data["number"])

    @extend_schema(responses=kpi_shapes.RunOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[])
    def runs(self, request: Request, reference: str) -> Response:
        """The source's runs, newest window first."""
        rows: QuerySet[CollectionRun] = CollectionRun.objects.filter(source=self.get_object())
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(kpi_shapes.RunOut(page, many=True).data)

    @command(request=None, response=shapes.SourceOut)
    def approve(self, thing: Source, data: dict[str, Any]) -> Source:
        return services.approve_source(actor=self.actor, source_id=thing.pk)

    @command(request=shapes.PauseIn, response=shapes.SourceOut)
    def pause(self, thing: Source, data: dict[str, Any]) -> Source:
        return services.pause_source(actor=self.actor, source_id=thing.pk, **data)

    @command(request=None, response=shapes.SourceOut)
    def resume(self, thing: Source, data: dict[str, Any]) -> Source:
        return services.resume_source(actor=self.actor, source_id=thing.pk)

    def _reported(self, row: dict[str, Any]) -> services.Reported:
        kpi = Kpi.objects.visible_to(self.actor).filter(reference=row.pop("kpi")).first()
        if kpi is None:
            message = _("Choose one of the entries offered.")
            raise InvalidInput("choice.invalid", message, fields={"kpis": [message]})
        return services.Reported(kpi_id=kpi.pk, **row)
