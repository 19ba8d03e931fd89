"""Shapes of push sources: their keys, what they send and what they are told."""

from typing import Any

from rest_framework import serializers

from accounts.models import Department
from core.api.serializers import In, LineIn, Out
from kpis.api.serializers import VisibleSlugIn
from kpis.api.source_serializers import ReportedIn
from kpis.collector.pushed import MOST_READINGS


class PushSourceIn(In):
    read_only_names = frozenset({"reference", "kind", "status", "approved_at"})

    department = VisibleSlugIn(slug_field="code", queryset=Department.objects.all())
    name = LineIn(max_length=200)
    kpis = serializers.ListField(child=ReportedIn(), min_length=1, max_length=200)


class PushKeyOut(Out):
    number = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    last_used_on = serializers.DateField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)


class NewPushKeyOut(PushKeyOut):
    secret = serializers.SerializerMethodField(help_text="Shown once.")

    def get_secret(self, key: Any) -> str:
        return str(self.context["secret"])


class RevokeKeyIn(In):
    number = serializers.IntegerField(min_value=1, max_value=30_000)


class PushedReadingIn(In):
    """One reading of a push, for the description alone: a fault in one refuses that one and not the others."""

    kpi = serializers.CharField(help_text="The KPI's code at this source: its reference, unless another was agreed.")
    period = serializers.CharField(required=False, help_text="Its first day: 2026-10 or 2026-10-31.")
    observed = serializers.DateTimeField(required=False, help_text="Instead: an instant in the period.")
    value = serializers.CharField(required=False)
    numerator = serializers.CharField(required=False)
    denominator = serializers.CharField(required=False)


class PushIn(In):
    readings = serializers.ListField(child=PushedReadingIn(), min_length=1, max_length=MOST_READINGS)


class RefusedReadingOut(Out):
    index = serializers.IntegerField(help_text="Its place in the push, from 0.")
    code = serializers.CharField()
    message = serializers.CharField()


class PushReceiptOut(Out):
    id = serializers.CharField()
    received_at = serializers.DateTimeField()
    accepted = serializers.IntegerField(help_text="Stored.")
    quarantined = serializers.IntegerField(help_text="Of the accepted: waiting for a person.")
    duplicate = serializers.IntegerField(help_text="Known already with the same value.")
    refused = RefusedReadingOut(many=True)
