"""Shapes of a KPI's breaches and of what is done about them."""

from rest_framework import serializers

from core.api.serializers import DayIn, In, Out, ParagraphIn


class FollowUpIn(In):
    read_only_names = frozenset({"said_by", "said_at"})

    text = ParagraphIn(max_length=2_000)
    due_on = DayIn()


class FollowUpOut(Out):
    text = serializers.CharField()
    due_on = serializers.DateField()
    said_by = serializers.CharField()
    said_at = serializers.DateTimeField()


class BreachOut(Out):
    """From the reading that turned the KPI red until one that brought it back; `closed_at` is empty while open."""

    period_start = serializers.DateField(source="breach.period_start")
    opened_at = serializers.DateTimeField(source="breach.opened_at")
    closed_at = serializers.DateTimeField(source="breach.closed_at", allow_null=True)
    follow_ups = FollowUpOut(many=True)
