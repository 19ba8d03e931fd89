"""The library of measures over the API."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.serializers import In, LineIn, Out
from core.api.views import RegisterViewSet, collection_command, command
from core.simplified import simplified
from kpis import services
from kpis.api.serializers import DIMENSION_CHOICES, DefinitionOut, NumberIn, NumberOut
from kpis.models import Aggregation, Definition, Direction, Formula, SmallestGroup
from kpis.models.smallest_groups import MOST
from kpis.services import Measure


class MeasureOut(DefinitionOut):
    """The newest version of a measure, and the smallest of its groups that is shown."""

    lowest = NumberOut(allow_null=True)
    highest = NumberOut(allow_null=True)
    smallest_group = serializers.IntegerField()


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
    dimensions = serializers.ListField(
        child=serializers.ChoiceField(choices=DIMENSION_CHOICES), required=False, default=list, max_length=4
    )


class NewMeasureIn(MeasureIn):
    key = serializers.SlugField(max_length=60)


class SmallestGroupIn(In):
    """From now on groups of fewer people or cases are hidden; 1 hides none."""

    read_only_names = frozenset({"said_at"})

    smallest = serializers.IntegerField(min_value=1, max_value=MOST)
    reason = LineIn(max_length=300)


class SmallestGroupOut(Out):
    smallest = serializers.IntegerField()
    reason = serializers.CharField()
    said_at = serializers.DateTimeField()


class LibraryViewSet(RegisterViewSet):
    """Measures in their newest version; a change is a new version, which no KPI follows by itself."""

    rows = Definition.objects
    lookup_field = "key"
    serializer_class = MeasureOut
    ordering_fields = ("key",)

    def get_queryset(self) -> "QuerySet[Definition]":
        rows: Any = super().get_queryset()
        newest: QuerySet[Definition] = rows.newest().with_smallest_group()
        return newest

    @collection_command(request=NewMeasureIn, response=MeasureOut)
    def create(self, data: dict[str, Any]) -> Definition:
        key = data.pop("key")
        return self._again(services.add_definition(actor=self.actor, key=key, measure=_measure(data)))

    @command(request=MeasureIn, response=MeasureOut, status=201)
    def revise(self, thing: Definition, data: dict[str, Any]) -> Definition:
        return self._again(services.revise_definition(actor=self.actor, key=thing.key, measure=_measure(data)))

    @command(request=SmallestGroupIn, response=SmallestGroupOut, status=201)
    def smallest_group(self, thing: Definition, data: dict[str, Any]) -> SmallestGroup:
        return services.set_smallest_group(actor=self.actor, key=thing.key, **data)

    def _again(self, made: Definition) -> Definition:
        return self.get_queryset().get(pk=made.pk)


def _measure(data: dict[str, Any]) -> Measure:
    for part in ("name", "unit"):
        data[f"{part}_zh_hans"] = data[f"{part}_zh_hans"] or simplified(data[f"{part}_zh_hant"])
    return Measure(**data)
