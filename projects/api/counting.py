"""Counting rules, targets with their shares, and days restated, over the API."""

from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import params
from core.api.serializers import ErrorOut
from core.api.views import RegisterViewSet, collection_command, command
from core.errors import InvalidInput
from projects import services
from projects.api import counting_shapes as shapes
from projects.models import CountingRule, Target
from projects.selectors import counting
from projects.services.shares import Shares
from projects.views.targets import past_day

DAY = OpenApiParameter("day", OpenApiTypes.DATE, required=True, description="A Hong Kong day that is over.")


class CountingRuleViewSet(RegisterViewSet):
    """What makes a procedure count, as dated data; proposed by one person and approved by another."""

    rows = CountingRule.objects
    known_then = True
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = r"[0-9]{1,18}"
    serializer_class = shapes.RuleOut
    ordering_fields = ("starts_on",)

    @collection_command(request=shapes.RuleIn, response=shapes.RuleOut)
    def create(self, data: dict[str, Any]) -> CountingRule:
        return services.propose_rule(actor=self.actor, **data)

    @extend_schema(responses=shapes.RuleImpactOut)
    @action(detail=True, methods=["get"])
    def impact(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What the count would be with and without the rule, every procedure that moves by name."""
        return Response(shapes.RuleImpactOut(counting.rule_impact(self.get_object(), self.actor)).data)

    @command(request=None, response=shapes.RuleOut)
    def approve(self, thing: CountingRule, data: dict[str, Any]) -> CountingRule:
        return services.approve_rule(actor=self.actor, rule_id=thing.pk)

    @command(request=shapes.RuleWithdrawIn, response=shapes.RuleOut)
    def withdraw(self, thing: CountingRule, data: dict[str, Any]) -> CountingRule:
        return services.withdraw_rule(actor=self.actor, rule_id=thing.pk, reason=data["reason"])


class TargetViewSet(RegisterViewSet):
    """Targets by their due day: how far, judged at the end of it, and shared out among departments."""

    rows = Target.objects.filter(metric=Target.Metric.PROCEDURES_IN_USE)
    lookup_field = "due_on"
    lookup_value_regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    serializer_class = shapes.TargetOut
    ordering_fields: ClassVar[tuple[str, ...]] = ("due_on",)

    def get_object(self) -> Any:
        """A day that is not in the calendar names no target."""
        try:
            date.fromisoformat(self.kwargs["due_on"])
        except ValueError:
            self.kwargs["due_on"] = date.min.isoformat()
        found = super().get_object()
        return counting.judged_target(found, self.actor) if self.action == "retrieve" else found

    def paginate_queryset(self, queryset: Any) -> Any:
        return [counting.judged_target(target, self.actor) for target in super().paginate_queryset(queryset) or []]

    @command(request=shapes.TargetSharesIn, response=shapes.TargetOut)
    def shares(self, thing: Target, data: dict[str, Any]) -> counting.JudgedTarget:
        """Set departments' shares; those that are not named stay."""
        said: Shares = {(one["department"].pk, one["due_on"]): one["value"] for one in data["shares"]}
        services.set_shares(actor=self.actor, target_id=thing.pk, shares=said, source=data["source"])
        return counting.judged_target(thing, self.actor)


class RestatementView(APIView):
    """A past day as known at its end, and as known now."""

    @extend_schema(parameters=[DAY], responses={200: shapes.RestatedOut, 422: ErrorOut})
    def get(self, request: Request) -> Response:
        params.refuse_repeated(request.query_params)
        params.refuse_unknown(request.query_params, frozenset({"day"}))
        day = past_day(request.query_params.get("day", ""))
        if day is None:
            message = _("Say which day.")
            raise InvalidInput("required", message, fields={"day": [message]})
        return Response(shapes.RestatedOut(counting.restated(day, request.user)).data)  # type: ignore[arg-type] # signed in
