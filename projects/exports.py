"""The registers as files: column lists and row iterators over exactly the rows a reader sees."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
import tempfile

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from core import as_at
from core.tabular import Cell, Column, csv_lines, write_xlsx
from projects.models import Precision, Procedure, Project
from projects.selectors import counted
from projects.wording import why

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Export:
    """One register as a file. Headings follow the reader's language, names never do."""

    name: str
    sheet: str
    columns: list[Column]
    rows: Callable[[], Iterator[tuple[Cell, ...]]]

    def answer(self, file_format: str) -> HttpResponseBase:
        """The file as a download under a name of ours."""
        file_name = f"{self.name}-{as_at.day():%Y-%m-%d}.{file_format}"
        rows = partial(as_at.through, as_at.current(), self.rows)
        if file_format == "csv":
            lines = (line.encode() for line in csv_lines(self.columns, rows()))
            stream = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
            stream["Content-Disposition"] = f'attachment; filename="{file_name}"'
            return stream
        target = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it once sent
        write_xlsx(target, sheet=self.sheet, columns=self.columns, rows=rows())
        target.seek(0)
        return FileResponse(target, as_attachment=True, filename=file_name, content_type=XLSX)


def projects(found: "QuerySet[Project]") -> Export:
    columns = [
        Column("reference", _("Reference"), _("Permanent reference of the project.")),
        Column("title_en", _("Title in English")),
        Column("title_zh_hant", _("Title in Chinese")),
        Column("department", _("Department"), _("Code of the bureau or department.")),
        Column("stage", _("Stage")),
        Column("category", _("Category")),
        Column("technique", _("AI technique")),
        Column("lead", _("Lead")),
        Column("procedures", _("Procedures"), _("How many procedures the project touches.")),
        Column("in_use", _("In use"), _("How many of them are in use today.")),
        Column("started_on", _("Started"), _("First day of the stated period.")),
        Column("started_precision", _("Precision of the start"), _("Day, month or year; empty is not stated.")),
        Column("reported_funding", _("Reported funding (HK$)"), _("As published; not an approval.")),
        Column("source_url", _("Source")),
    ]
    return Export("projects", _("Projects"), columns, lambda: _project_rows(found))


def procedures(found: "QuerySet[Procedure]") -> Export:
    columns = [
        Column("reference", _("Reference"), _("Permanent reference of the procedure.")),
        Column("name_en", _("Name in English")),
        Column("name_zh_hant", _("Name in Chinese")),
        Column("department", _("Department"), _("Code of the bureau or department.")),
        Column("claimed", _("Claimed"), _("A claim is live, or one was ever verified.")),
        Column("verified", _("Verified"), _("A claim was ever verified.")),
        Column("in_use", _("In use"), _("Counts towards the targets today.")),
        Column("why", _("Why"), _("Why it counts, or the first thing that is missing.")),
        Column("project", _("Claimed by"), _("Reference of the project whose claim is live.")),
        Column("went_live_on", _("Went live")),
        Column("verified_on", _("Verified on")),
        Column("attest_by", _("Attest again by"), _("Last day in use unless attested again.")),
        Column("planned_on", _("Planned for")),
    ]
    return Export("procedures", _("Procedures"), columns, lambda: _procedure_rows(found))


def _project_rows(found: "QuerySet[Project]") -> Iterator[tuple[Cell, ...]]:
    for project in found.iterator(chunk_size=BATCH):
        yield (
            project.reference,
            project.title_en,
            project.title_zh_hant,
            project.department.code,
            project.get_stage_display(),
            project.get_category_display(),
            project.technique,
            str(project.lead or ""),
            project.procedure_count,  # type: ignore[attr-defined] # annotated by the selector
            project.in_use_count,  # type: ignore[attr-defined] # annotated by the selector
            project.started_on,
            Precision(project.started_precision).value,
            project.reported_funding,
            project.source_url,
        )


def _procedure_rows(found: "QuerySet[Procedure]") -> Iterator[tuple[Cell, ...]]:
    for batch in _batches(found.iterator(chunk_size=BATCH)):
        for one in counted(batch):
            yield (
                one.procedure.reference,
                one.procedure.name_en,
                one.procedure.name_zh_hant,
                one.procedure.department.code,
                one.standing.claimed,
                one.standing.verified,
                one.standing.in_use,
                str(why(one.standing.reason)),
                one.claim.project.reference if one.claim else "",
                one.standing.claimed_on,
                one.standing.verified_on,
                one.standing.attest_by,
                one.procedure.planned_on,
            )


def _batches(rows: Iterable[Procedure]) -> Iterator[list[Procedure]]:
    batch: list[Procedure] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
