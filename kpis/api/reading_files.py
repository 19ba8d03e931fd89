"""Files of readings over the API: the same reading, judging and acts as on the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.parsers import StrictJSONParser
from core.api.serializers import In, LineIn, Out
from core.api.views import RegisterViewSet, collection_command, command
from core.reading import ENCODINGS
from kpis import services
from kpis.models import ReadingFile
from kpis.services import file_rows
from kpis.services.file_rows import Kind


class ReadingFileOut(Out):
    id = serializers.IntegerField()
    department = serializers.CharField(source="department.code")
    file_name = serializers.CharField()
    file_digest = serializers.CharField()
    status = serializers.ChoiceField(choices=ReadingFile.Status.choices)
    offered_at = serializers.DateTimeField()


class JudgedReadingOut(Out):
    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in Kind])
    column = serializers.CharField()
    code = serializers.CharField()
    reason = serializers.CharField()


class ReadingFileDetailOut(ReadingFileOut):
    rows = serializers.SerializerMethodField(help_text="Every row judged, while the file is offered.")

    def get_rows(self, batch: ReadingFile) -> list[dict[str, Any]]:
        return list(JudgedReadingOut(getattr(batch, "judged", []), many=True).data)


class ReadingFileIn(In):
    encoding = serializers.ChoiceField(choices=list(ENCODINGS.items()), default="utf-8")
    reason = LineIn(max_length=300, required=False, allow_blank=True, default="")
    file = serializers.FileField(allow_empty_file=True)


class ReadingFileViewSet(RegisterViewSet):
    """Files of the own department's readings; all of them for the Team and the auditor."""

    rows = ReadingFile.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = "[0-9]{1,18}"
    serializer_class = ReadingFileOut
    ordering_fields = ("offered_at",)
    parser_classes = (StrictJSONParser, MultiPartParser)

    @extend_schema(responses=ReadingFileDetailOut)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(ReadingFileDetailOut(self._judged(self.get_object())).data)

    @collection_command(request=ReadingFileIn, response=ReadingFileDetailOut)
    def create(self, data: dict[str, Any]) -> ReadingFile:
        file = data.pop("file")
        return self._judged(services.offer_readings(actor=self.actor, file=file, file_name=file.name, **data))

    @command(request=None, response=ReadingFileOut)
    def report(self, thing: ReadingFile, data: dict[str, Any]) -> ReadingFile:
        return services.report_readings(actor=self.actor, file_id=thing.pk)

    @command(request=None, response=ReadingFileOut)
    def withdraw(self, thing: ReadingFile, data: dict[str, Any]) -> ReadingFile:
        return services.withdraw_readings(actor=self.actor, file_id=thing.pk)

    @command(request=None, response=ReadingFileOut)
    def verify(self, thing: ReadingFile, data: dict[str, Any]) -> ReadingFile:
        return services.verify_file(actor=self.actor, file_id=thing.pk)

    def _judged(self, batch: ReadingFile) -> ReadingFile:
        rows = file_rows.judged(batch.rows, user=self.actor, reason=batch.reason) if batch.is_offered else []
        batch.judged = rows  # type: ignore[attr-defined] # read by ReadingFileDetailOut
        return batch
