"""Shapes of KPIs, readings, sources and runs. Numbers are text with at most six decimals, never JSON numbers."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import DayIn, In, LineIn, Out, ParagraphIn, TrilingualOut
from kpis.models import RunState, Verdict
from kpis.models.definitions import FREQUENCIES, YEAR_KINDS
from kpis.models.readings import LONGEST_CELL
from kpis.numbers import plain
from kpis.rules.breakdowns import Dimension
from kpis.rules.refusal import Refused
from kpis.rules.values import number
from kpis.wording import refusal_sentence
from projects.models import Project

DIMENSION_CHOICES = [(one.value, one.value) for one in Dimension]
NUMBER_SCHEMA = {"type": "string", "pattern": r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$", "example": "12.5"}


@extend_schema_field(NUMBER_SCHEMA)
class NumberIn(serializers.Field):
    """A number as text: the same rule as for pages and collected documents."""

    def to_internal_value(self, data: Any) -> Decimal:
        try:
            return number(data)
        except Refused as refused:
            raise serializers.ValidationError(str(refusal_sentence(refused.code)), code=refused.code) from refused

    def to_representation(self, value: Decimal) -> str:
        return plain(value)


@extend_schema_field(NUMBER_SCHEMA)
class NumberOut(serializers.Field):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**(kwargs | {"read_only": True}))

    def to_representation(self, value: Decimal) -> str:
        return plain(value)


class VisibleSlugIn(serializers.SlugRelatedField):
    """A record the sender may see; hidden and missing ones are refused in the same words."""

    default_error_messages = {
        "does_not_exist": _("Choose one of the entries offered."),
        "invalid": _("Choose one of the entries offered."),
    }

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.visible_to(self.context["request"].user)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or "\x00" in data:
            raise serializers.ValidationError(_("Choose one of the entries offered."), code="choice.invalid")
        try:
            return super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError(_("Choose one of the entries offered."), code="choice.invalid") from error


class DefinitionOut(Out):
    key = serializers.CharField()
    version = serializers.IntegerField()
    name = TrilingualOut()
    unit = TrilingualOut()
    direction = serializers.CharField()
    formula = serializers.CharField()
    aggregation = serializers.CharField()
    dimensions = serializers.ListField(child=serializers.ChoiceField(choices=DIMENSION_CHOICES))


class KpiTargetOut(Out):
    value = NumberOut()
    due_on = serializers.DateField()


class TargetsOut(Out):
    targets = KpiTargetOut(many=True)


class BaselineOut(Out):
    value = NumberOut()
    period_start = serializers.DateField()
    period_end = serializers.DateField()
    evidence = serializers.CharField()
    locked_at = serializers.DateTimeField(allow_null=True)


class KpiOut(Out):
    """One KPI with its latest verified value; None where there is no data."""

    reference = serializers.CharField(source="kpi.reference")
    project = serializers.CharField(source="kpi.project.reference")
    name = TrilingualOut(source="kpi")
    definition = DefinitionOut(source="kpi.definition")
    frequency = serializers.ChoiceField(source="kpi.frequency", choices=FREQUENCIES)
    year_kind = serializers.ChoiceField(source="kpi.year_kind", choices=YEAR_KINDS)
    starts_on = serializers.DateField(source="kpi.starts_on")
    latest_value = NumberOut(source="latest.value", default=None, allow_null=True)
    latest_period_start = serializers.DateField(source="latest.period_start", default=None, allow_null=True)
    freshness = serializers.CharField()
    standing = serializers.CharField()
    target = KpiTargetOut(allow_null=True)


class KpiIn(In):
    read_only_names = frozenset({"reference", "latest_value", "freshness", "standing"})

    project = VisibleSlugIn(slug_field="reference", queryset=Project.objects.all())
    definition = serializers.SlugField(max_length=60)
    frequency = serializers.ChoiceField(choices=FREQUENCIES)
    year_kind = serializers.ChoiceField(choices=YEAR_KINDS, default="calendar")
    starts_on = DayIn()
    name_en = LineIn(max_length=200, required=False, allow_blank=True, default="")
    name_zh_hant = LineIn(max_length=100, required=False, allow_blank=True, default="")
    name_zh_hans = LineIn(max_length=100, required=False, allow_blank=True, default="")


class AdoptIn(In):
    """First day measured by the newest version of the KPI's definition."""

    starts_on = DayIn()


class BaselineIn(In):
    read_only_names = frozenset({"locked_at"})

    value = NumberIn()
    period_start = DayIn()
    period_end = DayIn()
    evidence = ParagraphIn(max_length=4_000)


class TargetIn(In):
    value = NumberIn()
    due_on = DayIn()


class PeriodTargetIn(In):
    period = serializers.CharField(max_length=10)
    value = NumberIn()


class TargetsIn(In):
    """The values to reach in several periods, all set or none."""

    targets = serializers.ListField(child=PeriodTargetIn(), min_length=1, max_length=120)


class CellIn(serializers.CharField):
    """One group that the KPI is told apart by, such as `channel:counter`; empty for the whole."""

    def __init__(self, **kwargs: Any) -> None:
        told: dict[str, Any] = {"max_length": LONGEST_CELL, "required": False, "allow_blank": True, "default": ""}
        super().__init__(**(told | kwargs))


class ReadingOut(Out):
    """One revision of one period's reading, and the last word on it."""

    period_start = serializers.DateField()
    cell = serializers.CharField()
    revision = serializers.IntegerField()
    value = NumberOut(allow_null=True)
    numerator = NumberOut(allow_null=True)
    denominator = NumberOut(allow_null=True)
    state = serializers.ChoiceField(choices=Verdict.choices)
    rule = serializers.CharField(help_text="Code of the rule that gave the state; empty where a person did.")
    is_typed = serializers.SerializerMethodField()
    reason = serializers.CharField()
    recorded_at = serializers.DateTimeField()

    def get_is_typed(self, reading: Any) -> bool:
        return reading.person_id is not None


class ReadingIn(In):
    read_only_names = frozenset({"state", "revision", "recorded_at"})

    period = serializers.CharField(max_length=10)
    value = NumberIn(required=False)
    numerator = NumberIn(required=False)
    denominator = NumberIn(required=False)
    cell = CellIn()
    reason = LineIn(max_length=300, required=False, allow_blank=True, default="")


class ReadingDraftIn(ReadingIn):
    """The same parts, as far as they are typed; of nothing, the draft goes."""

    period = serializers.CharField(max_length=10, required=False, allow_blank=True, default="")


class ReadingDraftOut(Out):
    period = serializers.CharField()
    cell = serializers.CharField()
    value = NumberOut(allow_null=True)
    numerator = NumberOut(allow_null=True)
    denominator = NumberOut(allow_null=True)
    reason = serializers.CharField()
    saved_at = serializers.DateTimeField()


class ReadingDraftAnswerOut(Out):
    """`draft` is null where the asking person keeps none."""

    draft = ReadingDraftOut(allow_null=True)


class TypedOut(Out):
    period_start = serializers.DateField()
    cell = serializers.CharField()
    revision = serializers.IntegerField()
    value = NumberOut(allow_null=True)


class VerifyIn(In):
    period = serializers.CharField(max_length=10)
    cell = CellIn()
    revision = serializers.IntegerField(min_value=1, max_value=30_000)
    accept = serializers.BooleanField(default=True)
    note = LineIn(max_length=300, required=False, allow_blank=True, default="")


class VerdictOut(Out):
    period_start = serializers.DateField()
    cell = serializers.CharField()
    revision = serializers.IntegerField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    note = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class RunOut(Out):
    window_start = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=RunState.choices)
    attempts = serializers.IntegerField()
    accepted = serializers.IntegerField()
    duplicate = serializers.IntegerField()
    quarantined = serializers.IntegerField()
    rejected = serializers.IntegerField()
    reason = serializers.CharField()
    detail = serializers.CharField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
