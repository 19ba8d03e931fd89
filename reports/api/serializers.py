"""Reports as the API takes and gives them."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import In, LineIn, Out, ParagraphIn
from reports.forms import read_instant
from reports.house import FORMS
from reports.models import Report
from reports.places import place_words
from reports.render.document import title_of
from reports.rules.differences import Difference
from reports.selectors.asking import stored_content
from reports.selectors.checking import Checked

FORM_CHOICES = [(key, key) for key in FORMS]


@extend_schema_field(OpenApiTypes.DATETIME)
class InstantIn(serializers.Field):
    """An instant with its offset, as text."""

    def to_internal_value(self, data: Any) -> datetime:
        try:
            return read_instant(data if isinstance(data, str) else "")
        except ValidationError as error:
            raise serializers.ValidationError(error.messages, code="date.format") from error


class DraftIn(In):
    read_only_names = frozenset({"reference", "digest", "status", "position"})

    form = serializers.ChoiceField(choices=FORM_CHOICES)
    period = LineIn(max_length=12, help_text="2026-11-22, 2026-10, 2026-Q3 or 2026-27, as the form asks for.")
    department = LineIn(max_length=16, required=False, allow_blank=True, default="", help_text="A department's code.")
    as_at = InstantIn(required=False)
    question_number = LineIn(max_length=40, required=False, allow_blank=True, default="")
    question_en = ParagraphIn(max_length=4000, required=False, allow_blank=True, default="")
    question_zh_hant = ParagraphIn(max_length=4000, required=False, allow_blank=True, default="")


class ReportReasonIn(In):
    reason = LineIn(max_length=300)


class ErratumIn(In):
    reason = ParagraphIn(max_length=1000)


class IssuedReportOut(Out):
    reference = serializers.CharField()
    form = serializers.ChoiceField(choices=FORM_CHOICES)
    title = serializers.SerializerMethodField()
    department = serializers.CharField(source="department.code", default=None, allow_null=True)
    period = serializers.CharField()
    day = serializers.DateField(help_text="The Hong Kong day whose figures it tells.")
    known_before = serializers.DateTimeField()
    position = serializers.IntegerField(help_text="Where the ledger stood then.")
    digest = serializers.CharField(help_text="SHA-256 of the content.")
    status = serializers.ChoiceField(choices=Report.STATUSES)
    version = serializers.IntegerField()
    replaces = serializers.CharField(source="replaces.reference", default=None, allow_null=True)
    reason = serializers.CharField()
    replaced_by = serializers.SerializerMethodField()
    drafted_at = serializers.DateTimeField()
    cleared_at = serializers.DateTimeField(allow_null=True)
    issued_at = serializers.DateTimeField(allow_null=True)

    def get_title(self, report: Report) -> str:
        return title_of(report)

    @extend_schema_field({"type": "string", "nullable": True})
    def get_replaced_by(self, report: Report) -> str | None:
        return next((one.reference for one in report.errata.all() if one.status == "issued"), None)


class WholeReportOut(IssuedReportOut):
    """With everything it says, as stored, and what was signed."""

    content = serializers.SerializerMethodField()
    document = serializers.CharField(help_text="The signed bytes as text; empty before it is issued.")
    signature = serializers.CharField(help_text="Detached Ed25519 over the document, Base64.")
    signed_with = serializers.CharField(help_text="First 16 hexadecimal digits of the public key's SHA-256.")

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_content(self, report: Report) -> dict[str, Any]:
        return stored_content(report)


class DifferenceOut(Out):
    place = serializers.CharField(source="written", help_text="Where in the data: standing.in_use.")
    words = serializers.SerializerMethodField(help_text="The same place in the reader's language.")
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)

    def get_words(self, one: Difference) -> str:
        return place_words(one.place)


class ReportRestatedOut(Out):
    is_same_then = serializers.BooleanField(help_text="Asked again at its own instant, the data are the same bytes.")
    position_now = serializers.IntegerField()
    changes = DifferenceOut(many=True)


class SignatureIn(In):
    document = serializers.CharField(max_length=1_000_000, trim_whitespace=False, help_text="The data file, as text.")
    signature = serializers.CharField(max_length=2_000, help_text="The signature file, or the bare Base64.")


class CheckedOut(Out):
    valid = serializers.BooleanField(source="is_valid")
    reference = serializers.CharField()
    key = serializers.CharField()
    is_replaced = serializers.BooleanField()
    is_known_here = serializers.SerializerMethodField(help_text="Whether this system issued a report of this number.")

    def get_is_known_here(self, found: Checked) -> bool:
        return found.report is not None
