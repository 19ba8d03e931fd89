"""The library of measures over the API."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.serializers import In, LineIn
from core.api.views import RegisterViewSet, collection_command, command
from core.simplified import simplified
from kpis import services
from kpis.api.serializers import DefinitionOut, NumberIn, NumberOut
from kpis.models import Aggregation, Definition, Direction, Formula
from kpis.services import Measure


class MeasureOut(DefinitionOut):
    """The newest version of a measure."""

    lowest = NumberOut(allow_null=True)
    highest = NumberOut(allow_null=True)


class MeasureIn(In):
    """A measure in full. Simplified Chinese that is left out is made from the Traditional."""

    read_only_names = frozenset({"version"})

    name_en = LineIn(max_length=120)
    name_zh_hant = LineIn(max_length=60)
    name_zh_hans = LineIn(max_length=60, required=False, allow_blank=True, default="")
    unit_en = LineIn(max_length=40)
    unit_zh_hant = LineIn(max_length=20)
    unit_zh_hans = LineIn(max_length=20, required=False, allow_blank=True, default="")
    direction = serializers.ChoiceField(choices=Direction.choices)
    formula = serializers.ChoiceField(choices=Formula.choices)
    aggregation = serializers.ChoiceField(choices=Aggregation.choices)
    lowest = NumberIn(required=False, allow_null=True, default=None)
    highest = NumberIn(required=False, allow_null=True, default=None)


class NewMeasureIn(MeasureIn):
    key = serializers.SlugField(max_length=60)


class LibraryViewSet(RegisterViewSet):
    """Measures in their newest version; a change is a new version, which no KPI follows by itself."""

    rows = Definition.objects
    lookup_field = "key"
    serializer_class = MeasureOut
    ordering_fields = ("key",)

    def get_queryset(self) -> "QuerySet[Definition]":
        rows: Any = super().get_queryset()
        newest: QuerySet[Definition] = rows.newest()
        return newest

    @collection_command(request=NewMeasureIn, response=MeasureOut)
    def create(self, data: dict[str, Any]) -> Definition:
        key = data.pop("key")
        return services.add_definition(actor=self.actor, key=key, measure=_measure(data))

    @command(request=MeasureIn, response=MeasureOut, status=201)
    def revise(self, thing: Definition, data: dict[str, Any]) -> Definition:
        return services.revise_definition(actor=self.actor, key=thing.key, measure=_measure(data))


def _measure(data: dict[str, Any]) -> Measure:
    for part in ("name", "unit"):
        data[f"{part}_zh_hans"] = data[f"{part}_zh_hans"] or simplified(data[f"{part}_zh_hant"])
    return Measure(**data)
