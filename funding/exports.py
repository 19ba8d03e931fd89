"""The request register as a file: a column list and a row iterator over exactly the rows a reader sees."""

from collections.abc import Iterator
import tempfile
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from core import clock
from core.tabular import Cell, Column, csv_lines, write_xlsx
from funding.models import FundingRequest, RequestStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BATCH = 500


def columns() -> list[Column]:
    return [
        Column("reference", _("Reference"), _("Permanent reference of the request.")),
        Column("title_en", _("Title in English")),
        Column("title_zh_hant", _("Title in Chinese")),
        Column("department", _("Department"), _("Code of the bureau or department.")),
        Column("project", _("Project"), _("Permanent reference of the project.")),
        Column("status", _("Status")),
        Column("outcome", _("Outcome"), _("Once published.")),
        Column("tier", _("Decided by"), _("The body that the assessed amount leads to.")),
        Column("own_amount", _("Amount asked (HK$)"), _("Non-recurrent lines, contingency included.")),
        Column("assessed_amount", _("Assessed amount (HK$)"), _("The amount asked with that of related requests.")),
        Column("recurrent_amount", _("Recurrent (HK$ a year)"), _("Yearly consequence, outside the tier.")),
        Column("first_submitted_at", _("First submitted"), _("Hong Kong time.")),
        Column("holder_since", _("With its holder since"), _("Hong Kong time.")),
    ]


def rows(requests: "QuerySet[FundingRequest]") -> Iterator[tuple[Cell, ...]]:
    """One tuple for each request, in the order of `columns`; reads a batch at a time."""
    for request in requests.iterator(chunk_size=BATCH):
        yield (
            request.reference,
            request.title_en,
            request.title_zh_hant,
            request.department.code,
            request.project.reference,
            request.get_status_display(),
            request.get_outcome_display() if request.status == RequestStatus.PUBLISHED else "",
            request.get_tier_display(),
            request.own_amount,
            request.assessed_amount if request.tier else None,
            request.recurrent_amount,
            request.first_submitted_at,
            request.holder_since,
        )


def answer(file_format: str, requests: "QuerySet[FundingRequest]") -> HttpResponseBase:
    """The file as a download under a name of ours."""
    name = f"funding-requests-{clock.today():%Y-%m-%d}.{file_format}"
    if file_format == "csv":
        lines = (line.encode() for line in csv_lines(columns(), rows(requests)))
        stream = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        stream["Content-Disposition"] = f'attachment; filename="{name}"'
        return stream
    target = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it once sent
    write_xlsx(target, sheet=_("Funding requests"), columns=columns(), rows=rows(requests))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)
