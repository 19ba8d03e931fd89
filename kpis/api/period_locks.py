"""Locked periods over the API: what was said, newest first, and the next word of the Team."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from core.api.serializers import In, LineIn, Out
from core.api.views import RegisterViewSet, collection_command
from core.errors import InvalidInput
from kpis import services
from kpis.models import Kpi, PeriodLock


class PeriodLockOut(Out):
    id = serializers.IntegerField()
    kpi = serializers.CharField(
        source="kpi.reference", default=None, allow_null=True, help_text="Null: about all KPIs."
    )
    until = serializers.DateField(allow_null=True, help_text="Null: none is locked.")
    reason = serializers.CharField()
    said_at = serializers.DateTimeField()


class PeriodLockIn(In):
    read_only_names = frozenset({"id", "said_at"})

    kpi = LineIn(max_length=32, required=False, allow_blank=True, default="", help_text="Empty: all KPIs.")
    until = serializers.DateField(allow_null=True)
    reason = LineIn(max_length=300)


class PeriodLockViewSet(RegisterViewSet):
    rows = PeriodLock.objects
    lookup_field = "id"
    lookup_value_regex = "[0-9]{1,18}"
    serializer_class = PeriodLockOut
    ordering_fields = ("id",)

    def get_queryset(self) -> "QuerySet[PeriodLock]":
        return super().get_queryset().select_related("kpi")

    @collection_command(request=PeriodLockIn, response=PeriodLockOut)
    def create(self, data: dict[str, Any]) -> PeriodLock:
        reference = data.pop("kpi")
        kpi = Kpi.objects.visible_to(self.actor).filter(reference=reference).first() if reference else None
        if reference and kpi is None:
            message = _("There is no such KPI.")
            raise InvalidInput("choice.invalid", message, fields={"kpi": [message]})
        return services.lock_periods(actor=self.actor, kpi_id=kpi.pk if kpi else None, **data)
