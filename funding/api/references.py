"""Records named in what is sent, by their references."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from funding.models import FundingRequest, Programme
from projects.models import Procedure, Project


class _VisibleRow(serializers.RelatedField):
    """A record by its reference, out of those the sender may see; hidden and missing are refused alike."""

    default_error_messages = {"choice": _("There is no such record for you.")}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or "\x00" in data or len(data) > 40:
            raise serializers.ValidationError(self.error_messages["choice"], code="choice.invalid")
        rows: Any = self.get_queryset()
        found = rows.visible_to(self.context["request"].user).filter(reference=data).first()
        if found is None:
            raise serializers.ValidationError(self.error_messages["choice"], code="choice.invalid")
        return found

    def to_representation(self, value: Any) -> str:
        return str(value.reference)


@extend_schema_field({"type": "string", "example": "IMMD-2026-003"})
class ProjectIn(_VisibleRow):
    queryset = Project.objects.all()


@extend_schema_field({"type": "string", "example": "PROC-0042"})
class ProcedureIn(_VisibleRow):
    queryset = Procedure.objects.all()


@extend_schema_field({"type": "string", "example": "FR-2026-0042"})
class LinkedIn(_VisibleRow):
    queryset = FundingRequest.objects.all()


@extend_schema_field({"type": "string", "example": "PG-2026-0003", "nullable": True})
class ProgrammeIn(_VisibleRow):
    queryset = Programme.objects.all()
