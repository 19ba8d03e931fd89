"""Exports in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from core.api.serializers import In, LineIn, Out
from exports import lists
from exports.models import FORMAT_CHOICES, ExportJob, State


class ExportIn(In):
    columns = serializers.ListField(
        child=LineIn(max_length=60), max_length=100, required=False, default=list, help_text="Names; all if empty."
    )
    list = serializers.ChoiceField(choices=lists.choices(), help_text="Which list.")
    query = serializers.CharField(
        max_length=10_000, required=False, default="", allow_blank=True, help_text="Filters as in the list's address."
    )
    format = serializers.ChoiceField(choices=FORMAT_CHOICES, default="csv")


class ExportOut(Out):
    reference = serializers.CharField()
    list = serializers.CharField(source="list_name")
    query = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    format = serializers.CharField(source="file_format")
    state = serializers.ChoiceField(choices=State.choices)
    trouble = serializers.DictField(child=serializers.CharField())
    total = serializers.IntegerField(allow_null=True, help_text="Rows to write, once known.")
    done = serializers.IntegerField(help_text="Rows written.")
    removed = serializers.IntegerField(help_text="Characters that no file can hold.")
    cut = serializers.IntegerField(help_text="Texts too long for a cell of a workbook.")
    size = serializers.IntegerField(allow_null=True, help_text="Bytes.")
    sha256 = serializers.CharField(help_text="Of the whole file; empty before it is ready.")
    classification = serializers.CharField()
    asked_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    file = serializers.SerializerMethodField(help_text="Path of the file; null where there is none.")

    @extend_schema_field({"type": "string", "nullable": True})
    def get_file(self, job: ExportJob) -> Any:
        return reverse("api-export-file", args=[job.reference]) if job.stored_as else None
