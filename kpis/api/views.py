"""KPIs and sources over the API: the same rows, rules and services as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.views import RegisterViewSet, collection_command, command
from core.errors import InvalidInput
from kpis import selectors, services
from kpis.api import serializers as shapes
from kpis.filters import KpiFilter
from kpis.models import Baseline, CollectionRun, Kpi, KpiTarget, Reading, ReadingVerdict, Source
from kpis.services.definitions import current_series


class KpiViewSet(RegisterViewSet):
    """KPIs of visible projects. Readings are added and judged by acts, never edited or removed."""

    rows = Kpi.objects
    serializer_class = shapes.KpiOut
    filterset_class = KpiFilter
    ordering_fields = ("reference", "starts_on")

    def get_queryset(self) -> "QuerySet[Kpi]":
        return super().get_queryset().select_related("project", "definition")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(shapes.KpiOut(selectors.lines(page or []), many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(shapes.KpiOut(selectors.lines([self.get_object()])[0]).data)

    @collection_command(request=shapes.KpiIn, response=shapes.KpiOut)
    def create(self, data: dict[str, Any]) -> selectors.Line:
        project = data.pop("project")
        key = data.pop("definition")
        kpi = services.define_kpi(actor=self.actor, project_id=project.pk, definition_key=key, **data)
        return selectors.lines([kpi])[0]

    @extend_schema(responses=shapes.ReadingOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], filterset_class=None)
    def readings(self, request: Request, reference: str) -> Response:
        """Every visible revision of the series that runs, oldest period first."""
        series = current_series(self.get_object())
        rows = Reading.objects.visible_to(self.actor).filter(series=series)
        page = self.paginate_queryset(rows.order_by("period_start", "cell", "revision"))
        return self.get_paginated_response(shapes.ReadingOut(page, many=True).data)

    @command(request=shapes.BaselineIn, response=shapes.BaselineOut)
    def baseline(self, thing: Kpi, data: dict[str, Any]) -> Baseline:
        return services.set_baseline(actor=self.actor, kpi_id=thing.pk, **data)

    @command(request=None, response=shapes.BaselineOut)
    def lock_baseline(self, thing: Kpi, data: dict[str, Any]) -> Baseline:
        return services.lock_baseline(actor=self.actor, kpi_id=thing.pk)

    @command(request=shapes.TargetIn, response=shapes.KpiTargetOut)
    def target(self, thing: Kpi, data: dict[str, Any]) -> KpiTarget:
        return services.set_target(actor=self.actor, kpi_id=thing.pk, **data)

    @command(request=shapes.ReadingIn, response=shapes.TypedOut, status=201)
    def type_reading(self, thing: Kpi, data: dict[str, Any]) -> Reading:
        return services.type_reading(actor=self.actor, kpi_id=thing.pk, **data)

    @command(request=shapes.VerifyIn, response=shapes.VerdictOut)
    def verify_reading(self, thing: Kpi, data: dict[str, Any]) -> ReadingVerdict:
        return services.verify_reading(actor=self.actor, kpi_id=thing.pk, **data)


class SourceViewSet(RegisterViewSet):
    """Sources of the own department; all of them for those who manage sources and the auditor."""

    rows = Source.objects
    serializer_class = shapes.SourceOut
    ordering_fields = ("reference", "status")

    def get_queryset(self) -> "QuerySet[Source]":
        return super().get_queryset().select_related("department")

    @collection_command(request=shapes.SourceIn, response=shapes.SourceOut)
    def create(self, data: dict[str, Any]) -> Source:
        department = data.pop("department")
        paths = services.Paths(**data.pop("paths"))
        kpis = [self._reported(row) for row in data.pop("kpis")]
        return services.propose_source(actor=self.actor, department_id=department.pk, paths=paths, kpis=kpis, **data)

    @extend_schema(responses=shapes.RunOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[])
    def runs(self, request: Request, reference: str) -> Response:
        """The source's runs, newest window first."""
        rows: QuerySet[CollectionRun] = CollectionRun.objects.filter(source=self.get_object())
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(shapes.RunOut(page, many=True).data)

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
