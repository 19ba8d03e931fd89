"""Imports over the API: the same services as the pages, with the file as a multipart form."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
import django_filters as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.parsers import StrictJSONParser
from core.api.serializers import In, LineIn, Out
from core.api.views import RegisterViewSet, collection_command, command
from core.errors import InvalidInput
from core.limits import LARGEST_TABLE_BODY
from core.reading import ENCODINGS
from projects.importing import batches, progress, reports
from projects.importing.days import ORDERS
from projects.importing.fields import fields_of
from projects.importing.mapping import Mapping
from projects.models import ImportBatch, ImportRow

MOST_FAULTS = 100


class ImportIn(In):
    """A file to offer. Nothing of it is stored in the register before it is confirmed."""

    file = serializers.FileField(allow_empty_file=True, help_text="CSV or XLSX.")
    source = LineIn(  # type: ignore[assignment] # the name is the interface
        max_length=60, help_text="Who keeps such files; mappings are remembered by it."
    )
    encoding = serializers.ChoiceField(choices=list(ENCODINGS.items()), default="utf-8")
    kind = serializers.ChoiceField(choices=ImportBatch.Kind.choices, default=ImportBatch.Kind.PROJECTS)


class MappingIn(In):
    """What the columns mean. What is not sent stays as suggested. Columns are told by position, from 0."""

    columns = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=999), required=False, help_text="{field: position}"
    )
    kept = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=999), required=False, help_text="Kept as text."
    )
    department = LineIn(max_length=16, allow_blank=True, required=False, help_text="Safe code, for every row.")
    days = serializers.ChoiceField(choices=list(ORDERS.items()), required=False)
    words = serializers.DictField(
        child=serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=60)),
        required=False,
        help_text="{field: {word of the file: value of ours}}",
    )
    withheld = serializers.ListField(child=serializers.RegexField(r"^[0-9]{1,4}$"), required=False)
    newest_by = serializers.IntegerField(min_value=0, max_value=999, required=False, allow_null=True)
    leaves_unreadable = serializers.BooleanField(required=False)
    titles_repeat = serializers.BooleanField(required=False)


class ConfirmIn(In):
    leave_refused = serializers.BooleanField(default=False, help_text="Store the set without the refused rows.")


class FaultOut(Out):
    column = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class ImportRowOut(Out):
    number = serializers.IntegerField(help_text="Counted from 1 below the heading.")
    verdict = serializers.ChoiceField(choices=ImportRow.Verdict.choices)
    reference = serializers.SerializerMethodField(help_text="Of the record that it is or became.")
    changes = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="{field: [stored, offered]}"
    )
    faults = FaultOut(many=True)
    notes = FaultOut(many=True)

    def get_reference(self, row: ImportRow) -> str | None:
        record = row.project or row.procedure
        return record.reference if record else None


class ProgressOut(Out):
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class ImportOut(Out):
    reference = serializers.CharField()
    kind = serializers.ChoiceField(choices=ImportBatch.Kind.choices)
    status = serializers.ChoiceField(choices=ImportBatch.Status.choices)
    source = serializers.CharField()  # type: ignore[assignment] # the name is the interface
    encoding = serializers.CharField()
    file_name = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the file.")
    uploaded_at = serializers.DateTimeField()
    confirmed_at = serializers.DateTimeField(allow_null=True)


class ImportDetailOut(ImportOut):
    columns = serializers.SerializerMethodField(help_text="The headings by position.")
    mapping = serializers.JSONField()
    summary = serializers.JSONField(help_text="Rows by verdict, faults and notes by code, and what was not read.")
    trouble = serializers.JSONField(help_text="{code, message} of the last refusal, or empty.")
    progress = serializers.SerializerMethodField(help_text="Rows done while it is read or stored.")
    faults = serializers.SerializerMethodField(help_text="Of the first 100 refused rows.")

    def get_columns(self, batch: ImportBatch) -> list[str]:
        return batch.shown_heading

    def get_progress(self, batch: ImportBatch) -> dict[str, int] | None:
        found = progress.of(batch.pk)
        return {"done": found.done, "total": found.total} if found else None

    def get_faults(self, batch: ImportBatch) -> list[dict[str, Any]]:
        return [{"row": fault.row, **fault.as_dict()} for fault in batches.first_faults(batch)]


class ImportFilter(filters.FilterSet):
    status = filters.ChoiceFilter(choices=ImportBatch.Status.choices)

    class Meta:
        model = ImportBatch
        fields: list[str] = []


class ImportViewSet(RegisterViewSet):
    """Files offered for import by the sender; the Team and the auditor see everybody's."""

    rows = ImportBatch.objects
    serializer_class = ImportOut
    filterset_class = ImportFilter
    ordering_fields = ("uploaded_at", "reference")
    parser_classes = (StrictJSONParser, MultiPartParser)
    largest_body = LARGEST_TABLE_BODY

    def get_serializer_class(self) -> Any:
        return ImportOut if self.action == "list" else ImportDetailOut

    paged = frozenset({"listed_rows"})

    @property
    def parameters(self) -> frozenset[str]:  # type: ignore[override] # the rows of an import have a filter
        return frozenset({"verdict"} if self.action == "listed_rows" else ())

    @collection_command(request=ImportIn, response=ImportDetailOut)
    def create(self, data: dict[str, Any]) -> ImportBatch:
        file = data.pop("file")
        return batches.offer(actor=self.actor, file=file.file, file_name=file.name, **data)

    @command(request=MappingIn, response=ImportDetailOut, status=202)
    def map(self, thing: ImportBatch, data: dict[str, Any]) -> ImportBatch:
        fields = fields_of(thing.kind)
        if unknown := sorted(set(data.get("columns", {})) - set(fields)):
            message = _("This field is not known here.")
            raise InvalidInput("field.unknown", message, fields={f"columns.{unknown[0][:40]}": [message]})
        words = data.pop("words", {})
        mapping = Mapping.from_json(thing.mapping | data).with_words(words)
        return batches.map_columns(actor=self.actor, batch_id=thing.pk, mapping=mapping)

    @command(request=ConfirmIn, response=ImportDetailOut, status=202)
    def confirm(self, thing: ImportBatch, data: dict[str, Any]) -> ImportBatch:
        return batches.confirm(actor=self.actor, batch_id=thing.pk, **data)

    @command(request=None, response=ImportDetailOut)
    def withdraw(self, thing: ImportBatch, data: dict[str, Any]) -> ImportBatch:
        return batches.withdraw(actor=self.actor, batch_id=thing.pk)

    @extend_schema(responses={200: ImportRowOut(many=True)}, filters=False)
    @action(detail=True, url_path="rows", url_name="rows")
    def listed_rows(self, request: Request, reference: str) -> Response:
        """The rows with what each would do or did, `?verdict=` new, changed, same or refused."""
        rows: QuerySet[ImportRow] = self.get_object().rows.select_related("project", "procedure").order_by("number")
        verdict = request.query_params.get("verdict", "")
        if verdict and verdict not in ImportRow.Verdict.values:
            raise InvalidInput("param.format", _("A filter in the address cannot be read."), fields={"verdict": []})
        page = self.paginate_queryset(rows.filter(verdict=verdict) if verdict else rows)
        return self.get_paginated_response(ImportRowOut(page, many=True).data)

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    @action(detail=True, url_path="faults", url_name="faults")
    def faults(self, request: Request, reference: str) -> StreamingHttpResponse:
        """Every refusal and every note of every row, as CSV."""
        batch = self.get_object()

        def encoded() -> Iterator[bytes]:
            return (line.encode() for line in reports.lines(batch))

        answer = StreamingHttpResponse(encoded(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{batch.reference}-rows.csv"'
        return answer
