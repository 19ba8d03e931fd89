"""Shapes of what is judged of a KPI: colour, outlook, effect of going live. Estimates are text of six decimals."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import Out
from kpis.api.serializers import NumberOut
from kpis.rules.effect import Verdict
from kpis.rules.outlook import Prospect
from kpis.rules.rag import Rag
from kpis.rules.values import STORED


class EstimatedOut(NumberOut):
    """A number that was estimated rather than measured, rounded to what is stored of measured ones."""

    def to_representation(self, value: Any) -> str:
        return super().to_representation(Decimal(repr(float(value))).quantize(STORED))


class IntervalOut(Out):
    value = EstimatedOut(source="middle")
    low = EstimatedOut()
    high = EstimatedOut()


class ExpectedOut(Out):
    """What a period after going live would have shown without it."""

    period_start = serializers.DateField()
    value = EstimatedOut()
    low = EstimatedOut()
    high = EstimatedOut()


class EffectOut(Out):
    """Readings on both sides, the raw change, and the estimate with its 95% interval once there are enough of them."""

    went_live_on = serializers.DateField()
    verdict = serializers.ChoiceField(choices=[one.value for one in Verdict])
    sentence = serializers.CharField()
    readings_before = serializers.SerializerMethodField()
    readings_after = serializers.SerializerMethodField()
    missing_before = serializers.IntegerField(source="missing.before")
    missing_after = serializers.IntegerField(source="missing.after")
    raw_before = EstimatedOut(allow_null=True)
    raw_after = EstimatedOut(allow_null=True)
    effect = IntervalOut(source="estimate.effect", default=None, allow_null=True)
    without_last = IntervalOut(source="estimate.without_last", default=None, allow_null=True)
    correlation = EstimatedOut(source="estimate.correlation", default=None, allow_null=True)
    has_season = serializers.BooleanField(source="estimate.has_season", default=False)
    compared_with = serializers.SerializerMethodField()
    expected = serializers.SerializerMethodField()

    def get_readings_before(self, effect: Any) -> int:
        return len(effect.before)

    def get_readings_after(self, effect: Any) -> int:
        return len(effect.after)

    def get_compared_with(self, effect: Any) -> list[str]:
        return [kpi.reference for kpi in effect.compared]

    @extend_schema_field(ExpectedOut(many=True))
    def get_expected(self, effect: Any) -> Any:
        rows = [
            {"period_start": start, "value": one.value, "low": one.low, "high": one.high}
            for start, one in effect.expected.items()
        ]
        return ExpectedOut(rows, many=True).data


class EffectAnswerOut(Out):
    """`effect` is null while the project of the KPI is not live."""

    effect = EffectOut(allow_null=True)


class OutlookOut(Out):
    """Paces are growth by year, -0.08 for 8% less; `expected` is the value on the target's day at this pace."""

    pace = EstimatedOut()
    required_pace = EstimatedOut(source="required", allow_null=True)
    progress = EstimatedOut()
    expected = EstimatedOut(allow_null=True)
    prospect = serializers.ChoiceField(choices=[one.value for one in Prospect], allow_null=True)


class UsualOut(Out):
    """The range of chance, from `basis` readings, and the first days of later periods that left it."""

    mean = EstimatedOut(source="usual.mean")
    low = EstimatedOut(source="usual.low")
    high = EstimatedOut(source="usual.high")
    basis = serializers.SerializerMethodField()
    signals = serializers.SerializerMethodField()

    def get_basis(self, history: Any) -> int:
        return len(history.basis)

    @extend_schema_field({"type": "array", "items": {"type": "string", "format": "date"}})
    def get_signals(self, history: Any) -> list[str]:
        return [point.start.isoformat() for point in history.signals]


class JudgementOut(Out):
    """`outlook` is null where there is no baseline, no later reading, or a value that is not above 0; `usual_range`
    is null with fewer than eight readings to stand on."""

    rag = serializers.ChoiceField(choices=[one.value for one in Rag])
    usual_range = serializers.SerializerMethodField()
    outlook = OutlookOut(allow_null=True)
    outlook_sentence = serializers.CharField(source="outlook_words")

    @extend_schema_field(UsualOut(allow_null=True))
    def get_usual_range(self, history: Any) -> Any:
        return UsualOut(history).data if history.usual else None


class YearOut(Out):
    """One year's figure; `have` of `due` periods have a verified reading."""

    starts_on = serializers.DateField(source="start")
    value = EstimatedOut(allow_null=True)
    have = serializers.IntegerField()
    due = serializers.IntegerField()
