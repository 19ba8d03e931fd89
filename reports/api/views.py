"""Reports over the API: drafted, cleared, issued, replaced and checked through the same services as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Department
from core import paper, params
from core.api.serializers import In
from core.api.views import RegisterViewSet, collection_command, command, etag
from core.errors import InvalidInput
from core.paper import PDF
from reports import services
from reports.api import serializers as shapes
from reports.filters import ReportFilter
from reports.models import Report
from reports.render import downloads
from reports.render.word import WORD
from reports.selectors import checking
from reports.selectors.checking import Checked
from reports.services.drafting import Asked

WHOLE = shapes.WholeReportOut
LANGUAGE = OpenApiParameter("language", OpenApiTypes.STR, enum=sorted(paper.HOUSE))


def one(method: Any) -> Any:
    """An action that reads one report; each has facts of its own, as the schema is kept with them."""
    return action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)(method)


class ReportViewSet(RegisterViewSet):
    rows = Report.objects
    serializer_class = shapes.IssuedReportOut
    filterset_class = ReportFilter
    ordering_fields = ("reference", "day")
    lookup_value_regex = "RPT-[0-9]{4}-[0-9]{4,12}(-E[0-9]{1,6})?"

    @property
    def parameters(self) -> frozenset[str]:  # type: ignore[override] # of the two files alone
        return frozenset({"language"} if self.action in {"pdf", "docx"} else ())

    def get_queryset(self) -> "QuerySet[Report]":
        if getattr(self, "swagger_fake_view", False):
            return Report.objects.none()
        return downloads.report_rows(self.actor)

    @extend_schema(responses=WHOLE)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        report = self.get_object()
        return Response(WHOLE(report, context=self.get_serializer_context()).data, headers=etag(report))

    @collection_command(request=shapes.DraftIn, response=WHOLE)
    def create(self, data: dict[str, Any]) -> Report:
        asked = Asked(*(data[f"question_{name}"] for name in ("number", "en", "zh_hant")))
        return services.draft_report(
            actor=self.actor,
            form=data["form"],
            period=data["period"],
            department=self._department(data["department"]),
            as_at=data.get("as_at"),
            asked=asked,
        )

    def _department(self, code: str) -> Department | None:
        found = Department.objects.visible_to(self.actor).filter(code=code).first() if code else None
        if code and found is None:
            message = _("Choose one of the entries offered.")
            raise InvalidInput("choice.invalid", message, fields={"department": [message]})
        return found

    @command(request=In, response=WHOLE, needs_match=True)
    def clear(self, report: Report, data: dict[str, Any]) -> Report:
        return services.clear_report(actor=self.actor, report_id=report.pk)

    @command(request=In, response=WHOLE, needs_match=True)
    def issue(self, report: Report, data: dict[str, Any]) -> Report:
        return services.issue_report(actor=self.actor, report_id=report.pk)

    @command(request=shapes.ReportReasonIn, response=WHOLE, needs_match=True)
    def withdraw(self, report: Report, data: dict[str, Any]) -> Report:
        return services.withdraw_report(actor=self.actor, report_id=report.pk, **data)

    @command(request=shapes.ErratumIn, response=WHOLE, status=201)
    def correct(self, report: Report, data: dict[str, Any]) -> Report:
        return services.draft_erratum(actor=self.actor, report_id=report.pk, **data)

    @collection_command(request=shapes.SignatureIn, response=shapes.CheckedOut, status=200)
    def verify(self, data: dict[str, Any]) -> Checked:
        return checking.checked(data["document"].encode(), data["signature"].encode())

    @extend_schema(responses=shapes.ReportRestatedOut)
    @one
    def restatement(self, request: Request, reference: str) -> Response:
        """The report's question asked again, at its own instant and with what was learned since."""
        return Response(shapes.ReportRestatedOut(checking.restated(self.get_object())).data)

    @extend_schema(responses={(200, PDF): OpenApiTypes.BINARY}, parameters=[LANGUAGE])
    @one
    def pdf(self, request: Request, reference: str) -> HttpResponse:
        return self._file(request, "pdf")

    @extend_schema(responses={(200, WORD): OpenApiTypes.BINARY}, parameters=[LANGUAGE])
    @one
    def docx(self, request: Request, reference: str) -> HttpResponse:
        return self._file(request, "docx")

    def _file(self, request: Request, kind: str) -> HttpResponse:
        with paper.in_language(params.one(request._request, "language")):
            return downloads.answer(self.get_object(), kind)
