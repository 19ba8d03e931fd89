"""The register of benefits over the API: promises, their reviews and the track record they are tempered by."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.serializers import DayIn, In, LineIn, Out, ParagraphIn, TrilingualOut
from core.api.views import RegisterViewSet, collection_command, command
from core.simplified import simplified
from kpis import selectors, services
from kpis.api.serializers import NumberIn, NumberOut, VisibleSlugIn
from kpis.filters import BenefitFilter
from kpis.models import Benefit, BenefitReview, Kpi
from kpis.models.benefits import FORMULAS
from kpis.rules.benefits import REVIEWS
from kpis.rules.values import HUNDRED
from kpis.services import Promise
from projects.models import BenefitKind


class BenefitReviewOut(Out):
    """Promised against realised, as the readings stood when the review was recorded."""

    months = serializers.IntegerField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    promised = NumberOut()
    realised = NumberOut()
    baseline = NumberOut(allow_null=True)
    value = NumberOut(allow_null=True, help_text="The KPI's figure of all these months; null where readings add up.")
    cases = NumberOut(allow_null=True)
    lessons = serializers.CharField()
    next_steps = serializers.CharField()
    status = serializers.ChoiceField(choices=BenefitReview.Status.choices)
    recorded_at = serializers.DateTimeField()
    judged_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()


class DueReviewOut(Out):
    months = serializers.IntegerField()
    due_on = serializers.DateField()
    missing = serializers.IntegerField(help_text="Periods without a verified reading; 0 in lists.")
    now = NumberOut(allow_null=True, help_text="What today's readings come to, where that differs from the review.")
    review = BenefitReviewOut(allow_null=True)


class TemperingOut(Out):
    factor = serializers.FloatField()
    weight = serializers.FloatField(help_text="Of the department's and kind's own average.")
    own = serializers.FloatField(allow_null=True)
    own_cases = serializers.IntegerField()
    everybody = serializers.FloatField()
    all_cases = serializers.IntegerField()


class BenefitOut(Out):
    reference = serializers.CharField(source="benefit.reference")
    project = serializers.CharField(source="benefit.project.reference")
    kpi = serializers.CharField(source="benefit.kpi.reference")
    kind = serializers.ChoiceField(choices=BenefitKind.choices, source="benefit.kind")
    is_harm = serializers.BooleanField(source="benefit.is_harm")
    summary = TrilingualOut(source="benefit")
    formula = serializers.ChoiceField(choices=FORMULAS, source="benefit.formula")
    factor = NumberOut(source="benefit.factor")
    factor_source = serializers.CharField(source="benefit.factor_source")
    share = NumberOut(source="benefit.share", help_text="Percent of the KPI.")
    promised = NumberOut(source="benefit.promised")
    due_on = serializers.DateField(source="benefit.due_on")
    status = serializers.ChoiceField(choices=Benefit.Status.choices, source="benefit.status")
    withdrawn_reason = serializers.CharField(source="benefit.withdrawn_reason")
    is_promise_after_live = serializers.BooleanField(help_text="Promised when the project was running already.")
    tempered = NumberOut(allow_null=True, help_text="The promise times the factor of the track record.")
    tempering = TemperingOut(allow_null=True)
    reviews = DueReviewOut(many=True)


class BenefitIn(In):
    read_only_names = frozenset({"reference", "project", "status", "reviews", "tempered"})

    kpi = VisibleSlugIn(slug_field="reference", queryset=Kpi.objects.all())
    kind = serializers.ChoiceField(choices=BenefitKind.choices)
    formula = serializers.ChoiceField(choices=FORMULAS)
    promised = NumberIn()
    due_on = DayIn()
    summary_en = LineIn(max_length=200)
    summary_zh_hant = LineIn(max_length=100)
    summary_zh_hans = LineIn(max_length=100, required=False, allow_blank=True, default="")
    is_harm = serializers.BooleanField(required=False, default=False)
    factor = NumberIn(required=False, default=Decimal(1))
    factor_source = LineIn(max_length=300, required=False, allow_blank=True, default="")
    share = NumberIn(required=False, default=HUNDRED)


class BenefitReviewIn(In):
    read_only_names = frozenset({"realised"})

    months = serializers.ChoiceField(choices=REVIEWS)
    lessons = ParagraphIn(max_length=4_000)
    next_steps = ParagraphIn(max_length=2_000, required=False, allow_blank=True, default="")


class BenefitJudgeIn(In):
    months = serializers.ChoiceField(choices=REVIEWS)
    accept = serializers.BooleanField()
    note = LineIn(max_length=300, required=False, allow_blank=True, default="")


class BenefitWithdrawIn(In):
    reason = LineIn(max_length=300)


class BenefitViewSet(RegisterViewSet):
    """Benefits of visible projects. Figures of reviews are worked out from verified readings, never sent."""

    rows = Benefit.objects
    serializer_class = BenefitOut
    filterset_class = BenefitFilter
    ordering_fields = ("reference", "due_on")

    def get_queryset(self) -> "QuerySet[Benefit]":
        rows = super().get_queryset()
        return rows.select_related("kpi__project__department", "kpi__definition", "owner")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(BenefitOut(selectors.benefit_lines(page or []), many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(BenefitOut(selectors.benefit_line(self.get_object())).data)

    @collection_command(request=BenefitIn, response=BenefitOut)
    def create(self, data: dict[str, Any]) -> selectors.BenefitLine:
        kpi = data.pop("kpi")
        data["summary_zh_hans"] = data["summary_zh_hans"] or simplified(data["summary_zh_hant"])
        benefit = services.register_benefit(actor=self.actor, kpi_id=kpi.pk, promise=Promise(**data))
        return selectors.benefit_line(self.get_queryset().get(pk=benefit.pk))

    @command(request=BenefitReviewIn, response=BenefitReviewOut, status=201)
    def review(self, thing: Benefit, data: dict[str, Any]) -> BenefitReview:
        return services.record_review(actor=self.actor, benefit_id=thing.pk, **data)

    @command(request=BenefitJudgeIn, response=BenefitReviewOut)
    def judge_review(self, thing: Benefit, data: dict[str, Any]) -> BenefitReview:
        return services.judge_review(actor=self.actor, benefit_id=thing.pk, **data)

    @command(request=BenefitWithdrawIn, response=BenefitOut)
    def withdraw(self, thing: Benefit, data: dict[str, Any]) -> selectors.BenefitLine:
        services.withdraw_benefit(actor=self.actor, benefit_id=thing.pk, reason=data["reason"])
        return selectors.benefit_line(self.get_queryset().get(pk=thing.pk))
