"""Sources over the API: what is shown of them, and how one is proposed, changed and tried."""

from typing import Any

from rest_framework import serializers

from accounts.models import Department
from core.api.serializers import In, LineIn, Out
from kpis import services
from kpis.api.serializers import NumberIn, NumberOut, VisibleSlugIn
from kpis.models import Source


class PathsOut(Out):
    """Where an answer keeps each part; empty where it is not read, and all of them of a source that sends by itself."""

    items = serializers.CharField(source="items_path")
    period = serializers.CharField(source="period_path")
    value = serializers.CharField(source="value_path")
    numerator = serializers.CharField(source="numerator_path")
    denominator = serializers.CharField(source="denominator_path")
    kpi = serializers.CharField(source="kpi_path")
    cell = serializers.CharField(source="cell_path")


class SourceOut(Out):
    reference = serializers.CharField()
    department = serializers.CharField(source="department.code")
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Source.Kind.choices)
    url = serializers.CharField()
    hosts = serializers.ListField(child=serializers.CharField())
    networks = serializers.ListField(child=serializers.CharField())
    format = serializers.ChoiceField(choices=Source.Format.choices)
    paging = serializers.ChoiceField(choices=Source.Paging.choices)
    page_key = serializers.CharField()
    secret_header = serializers.CharField(help_text="Its secret is never shown.")
    paths = PathsOut(source="*")
    columns = serializers.ListField(child=serializers.CharField())
    interval_minutes = serializers.IntegerField(allow_null=True)
    status = serializers.ChoiceField(choices=Source.Status.choices)
    approved_at = serializers.DateTimeField(allow_null=True)


class ReportedIn(In):
    kpi = LineIn(max_length=32)
    code = LineIn(max_length=60, required=False, allow_blank=True, default="")
    lowest = NumberIn(required=False, default=None)
    highest = NumberIn(required=False, default=None)


class PathsIn(In):
    items = LineIn(max_length=200, required=False, allow_blank=True, default="", help_text="Empty for CSV.")
    period = LineIn(max_length=200)
    value = LineIn(max_length=200, required=False, allow_blank=True, default="")
    numerator = LineIn(max_length=200, required=False, allow_blank=True, default="")
    denominator = LineIn(max_length=200, required=False, allow_blank=True, default="")
    kpi = LineIn(max_length=200, required=False, allow_blank=True, default="")
    cell = LineIn(
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        help_text="Where an item names its group of a breakdown, such as channel:counter.",
    )


class AnsweringIn(In):
    format = serializers.ChoiceField(choices=Source.Format.choices, default=Source.Format.JSON)
    paging = serializers.ChoiceField(choices=Source.Paging.choices, default=Source.Paging.NONE)
    page_key = LineIn(max_length=200, required=False, allow_blank=True, default="")
    columns = serializers.ListField(
        child=LineIn(max_length=200),
        max_length=200,
        required=False,
        default=list,
        help_text="Further columns of an item, which are there and not read.",
    )


class SecretIn(In):
    header = LineIn(max_length=60)
    value = LineIn(max_length=1_000)


class CollectedIn(In):
    """How a source is collected; `collected()` of it is what services take."""

    url = LineIn(max_length=500)
    hosts = serializers.ListField(child=LineIn(max_length=260), min_length=1, max_length=10)
    networks = serializers.ListField(child=LineIn(max_length=60), min_length=1, max_length=20)
    paths = PathsIn()
    answering = AnsweringIn(required=False)
    secret = SecretIn(required=False)
    interval_minutes = serializers.IntegerField(min_value=1, max_value=44_640)


class SourceIn(CollectedIn):
    read_only_names = frozenset({"reference", "kind", "status", "approved_at", "columns", "secret_header"})

    department = VisibleSlugIn(slug_field="code", queryset=Department.objects.all())
    name = LineIn(max_length=200)
    kpis = serializers.ListField(child=ReportedIn(), min_length=1, max_length=200)


class ChangedSourceIn(CollectedIn):
    name = LineIn(max_length=200)


class TriedReadingOut(Out):
    kpi = serializers.CharField(help_text="As the source names it; empty where the item is refused.")
    period = serializers.CharField()
    cell = serializers.CharField(help_text="Its group, such as channel:counter; empty for the whole.")
    value = NumberOut(allow_null=True)
    code = serializers.CharField(help_text="Why this item would refuse the run; empty if it would not.")
    detail = serializers.CharField()


class TriedOut(Out):
    """What a run would do now; nothing of it is stored."""

    pages = serializers.IntegerField()
    count = serializers.IntegerField(help_text="Items of all pages.")
    code = serializers.CharField(help_text="Why a run would store nothing; empty if it would store them.")
    detail = serializers.CharField()
    shown = TriedReadingOut(many=True, help_text="At most twenty, refused ones first.")


def collected(data: dict[str, Any]) -> services.Collected:
    """Takes what `CollectedIn` read out of `data`."""
    answering, secret = data.pop("answering", {}), data.pop("secret", None)
    return services.Collected(
        paths=services.Paths(**data.pop("paths")),
        answering=services.Answering(**(answering | {"columns": tuple(answering.get("columns", ()))})),
        secret=services.Secret(**secret) if secret else None,
        **{name: data.pop(name) for name in ("url", "hosts", "networks", "interval_minutes")},
    )


class PauseIn(In):
    reason = LineIn(max_length=300)
