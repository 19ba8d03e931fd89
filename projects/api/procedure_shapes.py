"""Shapes of a procedure's own facts, its maps, and what becomes of it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import DayIn, In, LineIn, Out, ParagraphIn, TrilingualOut
from core.errors import DomainError
from projects.api.serializers import VisibleSlugIn
from projects.models import Category, Channel, Procedure, ProcessMap, Project
from projects.quantities import MOST_CASES, MOST_DAYS, MOST_MINUTES, parse_quantity
from projects.selectors.maps import Maps, ShownMap

PATTERN = {"type": "string", "pattern": r"^(0|[1-9][0-9]*)(\.[0-9]+)?$", "example": "12.5"}


@extend_schema_field(PATTERN)
class QuantityIn(serializers.Field):
    """A number as text, `"12.5"`: never rounded, never a float."""

    def __init__(self, *, most: Decimal, places: int = 2, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most, self.places = most, places

    def to_internal_value(self, data: Any) -> Decimal:
        if not isinstance(data, str):
            raise serializers.ValidationError(_("Write the number as text, for example “12.5”."), code="number.type")
        try:
            return parse_quantity(data, most=self.most, places=self.places)
        except DomainError as error:
            raise serializers.ValidationError(str(error.message), code=error.code) from error

    def to_representation(self, value: Decimal) -> str:
        return f"{value.normalize():f}"


@extend_schema_field(PATTERN)
class QuantityOut(serializers.Field):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**(kwargs | {"read_only": True}))

    def to_representation(self, value: Decimal) -> str:
        return f"{value.normalize():f}"


class ProcedurePatchIn(In):
    """What may change on a procedure. Send the ETag you saw as If-Match. A new name keeps the reference."""

    read_only_names = frozenset(
        {"reference", "department", "version", "claimed", "verified", "in_use", "reason", "why", "claimed_by"}
    )

    name_en = LineIn(max_length=300)
    name_zh_hant = LineIn(max_length=300, allow_blank=True, required=False)
    name_zh_hans = LineIn(max_length=300, allow_blank=True, required=False)
    service_kind = serializers.ChoiceField(choices=Category.choices, allow_blank=True, required=False)
    channel = serializers.ChoiceField(
        choices=[choice for choice in Channel.choices if choice[0]], allow_blank=True, required=False
    )
    yearly_volume = serializers.IntegerField(min_value=0, max_value=int(MOST_CASES), required=False, allow_null=True)
    handling_minutes = QuantityIn(most=MOST_MINUTES, required=False, allow_null=True)
    waiting_days = QuantityIn(most=MOST_DAYS, required=False, allow_null=True)
    planned_on = DayIn(required=False, allow_null=True)


class ProcedureIn(ProcedurePatchIn):
    """A new procedure of the project's department."""


class TransferIn(In):
    to_project = VisibleSlugIn(slug_field="reference", queryset=Project.objects.all())
    reason = ParagraphIn(max_length=2_000)


class MergeIn(In):
    into = VisibleSlugIn(slug_field="reference", queryset=Procedure.objects.all())
    reason = ParagraphIn(max_length=2_000)


class SplitPartIn(In):
    name_en = LineIn(max_length=300)
    name_zh_hant = LineIn(max_length=300, allow_blank=True, required=False)


class SplitIn(In):
    into = SplitPartIn(many=True)
    reason = ParagraphIn(max_length=2_000)


class ProcessStepIn(In):
    """One step: minutes as text, the share of cases done again from 0 to 1."""

    name_en = LineIn(max_length=200)
    name_zh_hant = LineIn(max_length=200, allow_blank=True, default="")
    done_by = LineIn(max_length=120)
    work_minutes = QuantityIn(most=MOST_MINUTES)
    waiting_minutes = QuantityIn(most=MOST_MINUTES, default=Decimal(0))
    rework_share = QuantityIn(most=Decimal(1), places=3, default=Decimal(0))
    is_digital = serializers.BooleanField(default=False)


class ProcessMapIn(In):
    """A whole map in order; `expected_number` is the version it was based on, 0 for the first."""

    variant = serializers.ChoiceField(choices=ProcessMap.Variant.choices)
    expected_number = serializers.IntegerField(min_value=0, max_value=100_000)
    note = LineIn(max_length=300, allow_blank=True, default="")
    steps = ProcessStepIn(many=True)


class ProcessStepOut(Out):
    number = serializers.IntegerField(source="step.number")
    name = TrilingualOut(source="step")
    done_by = serializers.CharField(source="step.done_by")
    work_minutes = QuantityOut(source="step.work_minutes")
    waiting_minutes = QuantityOut(source="step.waiting_minutes")
    rework_share = QuantityOut(source="step.rework_share")
    is_digital = serializers.BooleanField(source="step.is_digital")
    touch_minutes = QuantityOut(source="touch", help_text="Work x (1 + rework share).")
    is_handed_off = serializers.BooleanField()
    is_bottleneck = serializers.BooleanField()


class ProcessMapOut(Out):
    """One map with what its steps come to."""

    number = serializers.IntegerField(source="map.number")
    drawn_at = serializers.DateTimeField(source="map.drawn_at")
    note = serializers.CharField(source="map.note")
    cycle_minutes = QuantityOut(source="measures.cycle")
    touch_minutes = QuantityOut(source="measures.touch")
    waiting_minutes = QuantityOut(source="measures.waiting")
    hand_offs = serializers.IntegerField(source="measures.hand_offs")
    bottleneck = serializers.SerializerMethodField(help_text="Number of the step that takes longest.")
    steps = ProcessStepOut(many=True)

    def get_bottleneck(self, shown: ShownMap) -> int | None:
        return None if shown.measures.bottleneck is None else shown.measures.bottleneck + 1


class ProcessMapsOut(Out):
    """Both variants of one procedure, each null until it is drawn."""

    as_is = ProcessMapOut(allow_null=True)
    to_be = ProcessMapOut(allow_null=True)

    def to_representation(self, instance: Maps) -> Any:
        return super().to_representation(instance)


class LookAlikeOut(Out):
    """A procedure whose name, now or once, is close."""

    reference = serializers.CharField(source="procedure.reference")
    department = serializers.CharField(source="procedure.department.safe_code")
    name = serializers.CharField(help_text="The name that is close.")
    percent = serializers.IntegerField()
    is_earlier_name = serializers.BooleanField()
