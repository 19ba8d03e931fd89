"""KPIs and sources over the API: the same rows, rules and services as the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core import as_at
from core.api.views import RegisterViewSet, collection_command, command
from kpis import selectors, services
from kpis.api import breach_serializers as breached
from kpis.api import breakdown_serializers as breakdown_shapes
from kpis.api import judgement_serializers as judged
from kpis.api import serializers as shapes
from kpis.filters import KpiFilter
from kpis.models import Baseline, FollowUp, Kpi, KpiTarget, Reading, ReadingVerdict
from kpis.services.definitions import current_series

OF_A_DAY = frozenset({"list", "retrieve", "readings", "years", "breakdowns", "effect", "judgement", "breaches"})


class KpiViewSet(RegisterViewSet):
    """KPIs of visible projects. Readings are added and judged by acts, never edited or removed."""

    rows = Kpi.objects
    serializer_class = shapes.KpiOut
    filterset_class = KpiFilter
    ordering_fields = ("reference", "starts_on")
    paged = frozenset({"readings"})
    known_then = True

    @property
    def reads_the_past(self) -> bool:
        return self.action in OF_A_DAY

    def get_queryset(self) -> "QuerySet[Kpi]":
        return super().get_queryset().select_related("project", "definition")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with as_at.reading(self._moment(request)):
            page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
            return self.get_paginated_response(shapes.KpiOut(selectors.lines(page or []), many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with as_at.reading(self._moment(request)):
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
        """Every visible revision of the series that runs, oldest period first; of groups for those who judge them."""
        with as_at.reading(self._moment(request)):
            series = current_series(self.get_object())
            rows = Reading.objects.visible_to(self.actor).with_rule().filter(series=series)
            page = self.paginate_queryset(rows.order_by("period_start", "cell", "revision"))
            return self.get_paginated_response(shapes.ReadingOut(page, many=True).data)

    @extend_schema(responses=judged.YearOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], filterset_class=None, pagination_class=None)
    def years(self, request: Request, reference: str) -> Response:
        """The readings added up by the KPI's kind of year, newest first; empty for a yearly KPI."""
        with as_at.reading(self._moment(request)):
            years = selectors.histories([self.get_object()])[0].years
            return Response(judged.YearOut([year for _name, _words, year in years], many=True).data)

    @extend_schema(responses=breakdown_shapes.BreakdownOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], filterset_class=None, pagination_class=None)
    def breakdowns(self, request: Request, reference: str) -> Response:
        """The last periods told apart by group; small groups are hidden, and others with them as cover."""
        with as_at.reading(self._moment(request)):
            found = selectors.breakdowns_of(selectors.histories([self.get_object()])[0])
            return Response(breakdown_shapes.BreakdownOut(found, many=True).data)

    @extend_schema(responses=judged.EffectAnswerOut)
    @action(detail=True, methods=["get"], filter_backends=[], filterset_class=None, pagination_class=None)
    def effect(self, request: Request, reference: str) -> Response:
        """What going live did to the readings of the series that runs."""
        with as_at.reading(self._moment(request)):
            history = selectors.histories([self.get_object()])[0]
            return Response(judged.EffectAnswerOut({"effect": selectors.effect_of(self.actor, history)}).data)

    @extend_schema(responses=judged.JudgementOut)
    @action(detail=True, methods=["get"], filter_backends=[], filterset_class=None, pagination_class=None)
    def judgement(self, request: Request, reference: str) -> Response:
        """Green, amber or red; the range of chance; whether the pace since the baseline brings it to its target."""
        with as_at.reading(self._moment(request)):
            return Response(judged.JudgementOut(selectors.histories([self.get_object()])[0]).data)

    @extend_schema(responses=breached.BreachOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], filterset_class=None, pagination_class=None)
    def breaches(self, request: Request, reference: str) -> Response:
        """When the KPI was far behind its target, newest first, and what was said about it where one may see that."""
        with as_at.reading(self._moment(request)):
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

    @extend_schema(responses=shapes.ReadingDraftAnswerOut)
    @action(detail=True, methods=["get"], filter_backends=[], filterset_class=None, pagination_class=None)
    def draft(self, request: Request, reference: str) -> Response:
        """What the asking person has typed of a reading and not reported."""
        kept = selectors.draft_of(self.actor, self.get_object())
        return Response(shapes.ReadingDraftAnswerOut({"draft": kept}).data)

    @command(request=shapes.ReadingDraftIn, response=shapes.ReadingDraftAnswerOut)
    def save_draft(self, thing: Kpi, data: dict[str, Any]) -> dict[str, Any]:
        return {"draft": services.save_draft(actor=self.actor, kpi_id=thing.pk, **data)}

    @command(request=shapes.ReadingIn, response=shapes.TypedOut, status=201)
    def type_reading(self, thing: Kpi, data: dict[str, Any]) -> Reading:
        return services.type_reading(actor=self.actor, kpi_id=thing.pk, **data)

    @command(request=shapes.VerifyIn, response=shapes.VerdictOut)
    def verify_reading(self, thing: Kpi, data: dict[str, Any]) -> ReadingVerdict:
        return services.verify_reading(actor=self.actor, kpi_id=thing.pk, **data)
