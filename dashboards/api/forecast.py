"""`GET /api/v1/forecast/`: what `/forecast/` shows, as data."""

from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import as_at
from core.api.schema import AS_AT
from core.api.serializers import Out
from dashboards.forecast import asking, selectors

WHAT_IF = [
    OpenApiParameter("slipping", str, description="References of procedures that slip, with commas between them."),
    OpenApiParameter("slip_months", int, description="How many months they slip, 0 to 12; 2 when not said."),
    OpenApiParameter("sooner", int, description="Days less that each decision takes, 0 to 60."),
]


class TargetOutlookOut(Out):
    value = serializers.IntegerField(source="goal.value")
    due_on = serializers.DateField(source="goal.due_on")
    chance = serializers.FloatField(help_text="Share of the futures, 0 to 1.")
    half_likely_on = serializers.DateField(allow_null=True, help_text="Null: not within a year after the last target.")
    likely_on = serializers.DateField(allow_null=True, help_text="80% likely by this day.")
    starts_needed = serializers.IntegerField(allow_null=True, help_text="For 80%; null: no number would do.")


class BandPointOut(Out):
    on = serializers.DateField()
    low = serializers.IntegerField(help_text="5% of the futures have at most as many in use.")
    middle = serializers.IntegerField()
    high = serializers.IntegerField(help_text="95% of the futures have at most as many in use.")


class WeightyOut(Out):
    procedure = serializers.CharField(source="procedure.reference")
    stands_at = serializers.CharField(source="phase.name")
    chance_lost = serializers.FloatField(source="influence.lost", help_text="If it comes two months later.")
    too_late = serializers.FloatField(source="influence.missed", help_text="Share of the futures in which it then is.")


class TargetWeightyOut(Out):
    value = serializers.IntegerField()
    due_on = serializers.DateField()
    procedures = WeightyOut(many=True)


class StepOut(Out):
    step = serializers.CharField(source="step.phase.name")
    plan = serializers.CharField(source="step.timing.value")
    moves = serializers.IntegerField()
    days = serializers.IntegerField()
    learned_days = serializers.FloatField()
    reference_days = serializers.FloatField(allow_null=True)
    uses_reference = serializers.BooleanField()


class ReferenceRowOut(Out):
    state = serializers.CharField(source="state.name")
    number = serializers.IntegerField()
    stayed = serializers.IntegerField()
    moved = serializers.IntegerField()
    in_use = serializers.IntegerField()
    retired = serializers.IntegerField()
    forward = serializers.FloatField(help_text="A year.")
    exits = serializers.FloatField(help_text="A year.")


class WhatIfTargetOut(Out):
    value = serializers.IntegerField()
    due_on = serializers.DateField()
    chance_before = serializers.FloatField()
    chance_after = serializers.FloatField()
    in_use_before = serializers.IntegerField(help_text="Middle of the futures.")
    in_use_after = serializers.IntegerField()


class ForecastOut(Out):
    as_at = serializers.DateTimeField()
    position = serializers.IntegerField(help_text="Ledger position the forecast is made at.")
    basis = serializers.CharField(allow_null=True, help_text="own, both or reference; null: no probability is given.")
    futures = serializers.IntegerField()
    in_use = serializers.IntegerField()
    pipeline = serializers.IntegerField(help_text="Procedures on their way.")
    targets = TargetOutlookOut(many=True)
    band = BandPointOut(many=True)
    matters_most = TargetWeightyOut(many=True)
    steps = StepOut(many=True)
    reference = ReferenceRowOut(many=True, help_text="US inventories of AI use cases of 2023 and 2024.")
    what_if = WhatIfTargetOut(many=True, allow_null=True)


class ForecastView(APIView):
    """The forecast, now or as it was known then; the same for everybody."""

    @extend_schema(operation_id="forecast_retrieve", responses=ForecastOut, parameters=[AS_AT, *WHAT_IF])
    def get(self, request: Request) -> Response:
        user = cast("User", request.user)
        with as_at.reading(as_at.asked(request.query_params)):
            asked = asking.asked(request.query_params, user)
            return Response(ForecastOut(_told(selectors.forecast(user, asked.changes))).data)


def _told(found: selectors.Forecast) -> dict[str, Any]:
    outlook = found.outlook
    return {
        "as_at": found.as_at,
        "position": found.position,
        "basis": outlook.basis.value if outlook.basis else None,
        "futures": outlook.futures,
        "in_use": outlook.in_use,
        "pipeline": outlook.pipeline,
        "targets": outlook.targets,
        "band": outlook.band,
        "matters_most": [
            {"value": goal.value, "due_on": goal.due_on, "procedures": each} for goal, each in found.weighty
        ],
        "steps": outlook.steps,
        "reference": found.reference,
        "what_if": _what_if(found.what_if),
    }


def _what_if(found: selectors.WhatIf | None) -> list[dict[str, Any]] | None:
    if found is None:
        return None
    told = zip(found.before, found.after, found.middle_before, found.middle_after, strict=True)
    return [
        {
            "value": before.goal.value,
            "due_on": before.goal.due_on,
            "chance_before": before.chance,
            "chance_after": after.chance,
            "in_use_before": middle_before,
            "in_use_after": middle_after,
        }
        for before, after, middle_before, middle_after in told
    ]
