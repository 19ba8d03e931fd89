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
from kpis.api import breach_serializers as breached
from kpis.api import judgement_serializers as judged
from kpis.api import push_serializers as pushing_shapes
from kpis.api import serializers as shapes
from kpis.filters import KpiFilter
from kpis.models import Baseline, CollectionRun, FollowUp, Kpi, KpiTarget, PushKey, Reading, ReadingVerdict, Source
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
        rows = Reading.objects.visible_to(self.actor).with_rule().filter(series=series)
        page = self.paginate_queryset(rows.order_by("period_start", "cell", "revision"))
        return self.get_paginated_response(shapes.ReadingOut(page, many=True).data)

    @extend_schema(responses=judged.YearOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], filterset_class=None, pagination_class=None)
    def years(self, request: Request, reference: str) -> Response:
        """The readings added up by the KPI's kind of year, newest first; empty for a yearly KPI."""
        years = selectors.histories([self.get_object()])[0].years
        return Response(judged.YearOut([year for _name, _words, year in years], many=True).data)

    @extend_schema(responses=judged.EffectAnswerOut)
    @action(detail=True, methods=["get"], filter_backends=[], filterset_class=None, pagination_class=None)
    def effect(self, request: Request, reference: str) -> Response:
        """What going live did to the readings of the series that runs."""
        history = selectors.histories([self.get_object()])[0]
        return Response(judged.EffectAnswerOut({"effect": selectors.effect_of(self.actor, history)}).data)

    @extend_schema(responses=judged.JudgementOut)
    @action(detail=True, methods=["get"], filter_backends=[], filterset_class=None, pagination_class=None)
    def judgement(self, request: Request, reference: str) -> Response:
        """Green, amber or red; the range of chance; whether the pace since the baseline brings it to its target."""
        return Response(judged.JudgementOut(selectors.histories([self.get_object()])[0]).data)

    @extend_schema(responses=breached.BreachOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], filterset_class=None, pagination_class=None)
    def breaches(self, request: Request, reference: str) -> Response:
        """When the KPI was far behind its target, newest first, and what was said about it where one may see that."""
        told = selectors.breaches_of(self.actor, self.get_object())
        return Response(breached.BreachOut(told, many=True).data)

    @command(request=breached.FollowUpIn, response=breached.FollowUpOut, status=201)
    def follow_up(self, thing: Kpi, data: dict[str, Any]) -> FollowUp:
        return services.follow_up(actor=self.actor, kpi_id=thing.pk, **data)

    @command(request=shapes.BaselineIn, response=shapes.BaselineOut)
    def baseline(self, thing: Kpi, data: dict[str, Any]) -> Baseline:
        return services.set_baseline(actor=self.actor, kpi_id=thing.pk, **data)

    @command(request=None, response=shapes.BaselineOut)
    def lock_baseline(self, thing: Kpi, data: dict[str, Any]) -> Baseline:
        return services.lock_baseline(actor=self.actor, kpi_id=thing.pk)

    @command(request=shapes.TargetIn, response=shapes.KpiTargetOut)
    def target(self, thing: Kpi, data: dict[str, Any]) -> KpiTarget:
        return services.set_target(actor=self.actor, kpi_id=thing.pk, **data)

    @command(request=shapes.TargetsIn, response=shapes.TargetsOut)
    def targets(self, thing: Kpi, data: dict[str, Any]) -> dict[str, Any]:
        given = [(one["period"], one["value"]) for one in data["targets"]]
        return {"targets": services.set_targets(actor=self.actor, kpi_id=thing.pk, targets=given)}

    @command(request=shapes.AdoptIn, response=shapes.KpiOut, status=201)
    def adopt(self, thing: Kpi, data: dict[str, Any]) -> selectors.Line:
        services.adopt_definition(actor=self.actor, kpi_id=thing.pk, **data)
        return selectors.lines([self.get_object()])[0]

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
        if "Idempotency-Key" in request.headers:
            message = _("The answer holds a secret and is not kept, so it cannot be asked for again.")
            raise InvalidInput("idempotency.unsupported", message)
        self._read(None)
        key, secret = services.make_key(actor=self.actor, source_id=source.pk)
        shown = pushing_shapes.NewPushKeyOut(key, context={"secret": secret}).data
        return Response(shown, status=201, headers={"Cache-Control": "no-store"})

    @command(request=pushing_shapes.RevokeKeyIn, response=pushing_shapes.PushKeyOut)
    def revoke_key(self, thing: Source, data: dict[str, Any]) -> PushKey:
        return services.revoke_key(actor=self.actor, source_id=thing.pk, number=data["number"])

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
