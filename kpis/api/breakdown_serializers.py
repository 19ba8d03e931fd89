"""Shapes of breakdowns: what may be shown of each group, and how small a hidden one may be."""

from rest_framework import serializers

from core.api.serializers import Out
from kpis.api.serializers import NumberOut
from kpis.rules.breakdowns import Dimension


class GroupFigureOut(Out):
    """Null where there is no reading, and where the group is hidden."""

    value = NumberOut(allow_null=True)
    numerator = NumberOut(allow_null=True)
    denominator = NumberOut(allow_null=True)
    is_hidden = serializers.BooleanField(help_text="Small, or hidden as cover of a small one.")


class GroupOut(Out):
    """One figure for each of the periods, in their order."""

    cell = serializers.CharField()
    figures = GroupFigureOut(many=True)


class BreakdownOut(Out):
    dimension = serializers.ChoiceField(choices=[(one.value, one.value) for one in Dimension])
    smallest_group = serializers.IntegerField(source="smallest", help_text="Groups of fewer are hidden.")
    periods = serializers.ListField(child=serializers.DateField(), source="starts", help_text="Newest first.")
    groups = GroupOut(many=True)
