"""Runs of visible sources over the API, and their second chance."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.serializers import In, LineIn
from core.api.views import RegisterViewSet, command
from kpis import services
from kpis.api.serializers import RunOut
from kpis.filters import JobFilter
from kpis.models import CollectionRun


class JobOut(RunOut):
    """A run with the source it collects."""

    id = serializers.IntegerField()
    source = serializers.CharField(source="source.reference")  # type: ignore[assignment] # the name users know
    department = serializers.CharField(source="source.department.code")
    is_push = serializers.BooleanField()
    planned_at = serializers.DateTimeField()


class RetryIn(In):
    """What was mended."""

    reason = LineIn(max_length=300)


class JobViewSet(RegisterViewSet):
    """Runs, newest first."""

    rows = CollectionRun.objects
    lookup_field = "id"
    lookup_value_regex = "[0-9]{1,18}"
    serializer_class = JobOut
    filterset_class = JobFilter
    ordering_fields = ("planned_at", "window_start")

    def get_queryset(self) -> "QuerySet[CollectionRun]":
        return super().get_queryset().select_related("source__department").order_by("-planned_at", "-pk")

    @command(request=RetryIn, response=JobOut)
    def retry(self, thing: CollectionRun, data: dict[str, Any]) -> CollectionRun:
        return services.retry_run(actor=self.actor, run_id=thing.pk, **data)
