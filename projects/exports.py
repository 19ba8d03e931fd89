"""The registers as files: column lists and row iterators over exactly the rows a reader sees.

Every file can be edited and imported back (`projects.importing`): it carries machine names, references and
versions. A workbook tells its filter and its moment on a sheet of its own. In a CSV file a line of comment
would be a row to every program that reads it, so there they stand in the file's name and in headers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
import re
import tempfile
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from accounts.models import Posting, User
from core import as_at, clock
from core.copied import csv_blocks
from core.tabular import About, Cell, Column, csv_lines, write_xlsx
from projects import copied, selectors
from projects.importing.fields import fields_of
from projects.models import Precision, Procedure, Project, Rating
from projects.selectors import counted
from projects.wording import why

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BATCH = 500
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]+")
LONGEST_NAME = 80
PROJECT_COLUMNS = (
    "reference",
    "version",
    "department",
    "title_en",
    "title_zh_hant",
    "title_zh_hans",
    "summary_en",
    "summary_zh_hant",
    "summary_zh_hans",
    "stage",
    "category",
    "technique",
    "is_public_facing",
    "yearly_volume",
    "visibility",
    "started_on",
    "started_precision",
    "reported_funding",
    "source_url",
    "source_on",
    "source_precision",
)
PROCEDURE_COLUMNS = (
    "reference",
    "version",
    "department",
    "name_en",
    "name_zh_hant",
    "name_zh_hans",
    "service_kind",
    "channel",
    "yearly_volume",
    "handling_minutes",
    "waiting_days",
    "planned_on",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list was asked for: parameters by name, and the same as a reader saw them."""

    parameters: tuple[tuple[str, str], ...] = ()
    shown: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """One register as a file. Headings follow the reader's language, names never do."""

    name: str
    sheet: str
    columns: list[Column]
    rows: Callable[[], Iterator[tuple[Cell, ...]]]
    holds_drafts: bool = False
    asked: Asked = Asked()
    cells: "Callable[[], QuerySet[Any, Any]] | None" = None  # the same columns in SQL, where files grow large

    def answer(self, file_format: str) -> HttpResponseBase:
        """The file as a download under a name of ours."""
        moment = as_at.now()
        rows = partial(as_at.through, as_at.current(), self.rows)
        answer: HttpResponseBase
        if file_format == "csv":
            named = [replace(column, heading=f"{column.heading} [{column.name}]") for column in self.columns]
            answer = StreamingHttpResponse(self._csv(named), content_type="text/csv; charset=utf-8")
        else:
            target = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it once sent
            about = About(self._lines(moment), self.mark, moment)
            write_xlsx(target, sheet=self.sheet, columns=self.columns, rows=rows(), about=about)
            target.seek(0)
            answer = FileResponse(target, content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="{self.file_name(moment)}.{file_format}"'
        answer["X-Export-As-At"] = moment.astimezone(clock.HONG_KONG).isoformat(timespec="seconds")
        answer["X-Export-Filter"] = urlencode(self.asked.parameters)
        answer["X-Export-Classification"] = "restricted" if self.holds_drafts else "internal"
        return answer

    def _csv(self, columns: list[Column]) -> Iterator[bytes]:
        moment, cells = as_at.current(), self.cells
        if cells is not None:
            return as_at.through(moment, lambda: csv_blocks(columns, cells()))
        return (line.encode() for line in csv_lines(columns, as_at.through(moment, self.rows)))

    @property
    def mark(self) -> str:
        """The classification of the whole file: drafts are for their own department."""
        return _("RESTRICTED: holds drafts") if self.holds_drafts else _("For use within the government")

    def file_name(self, moment: Any) -> str:
        asked = "_".join(f"{name}-{value}" for name, value in self.asked.parameters)
        plain = NOT_IN_A_NAME.sub("-", asked).strip("-")[:LONGEST_NAME]
        instant = moment.astimezone(clock.HONG_KONG)
        return "_".join(filter(None, (self.name, plain, f"as-at-{instant:%Y-%m-%d-%H%M}")))

    def _lines(self, moment: Any) -> list[tuple[str, str]]:
        at = moment.astimezone(clock.HONG_KONG).strftime("%Y-%m-%d %H:%M:%S HKT")
        filters = self.asked.shown or ((_("Filter"), _("none")),)
        return [(_("Register"), self.sheet), (_("As at"), at), (_("Classification"), self.mark), *filters]


def asked(request: HttpRequest, form: Any) -> Asked:
    """The filters and the order of a list, as its address has them and as its form names them."""
    parameters = tuple(
        (name, str(value)) for name, value in sorted(request.GET.items()) if value and name not in ("format", "page")
    )
    labels = {name: str(field.label) for name, field in form.fields.items()} | {"ordering": _("Order")}
    return Asked(parameters, tuple((labels.get(name, name), value) for name, value in parameters))


def projects(found: "QuerySet[Project]", *, asked: Asked = Asked()) -> Export:
    columns = [
        *_own("projects", PROJECT_COLUMNS),
        Column("lead", _("Lead"), _("Worked out here; changed on the project's page.")),
        Column("procedures", _("Procedures"), _("How many procedures the project touches.")),
        Column("in_use", _("In use"), _("How many of them are in use on that day.")),
        Column("own_rating", _("Own rating"), _("Newest monthly rating by its department.")),
        Column("independent_rating", _("Independent rating"), _("Newest monthly rating by the Team.")),
        Column("was_already_running", _("Already running"), _("Carries this mark instead of a go-live gate.")),
        Column("record_status", _("Record"), _("Draft or registered.")),
    ]
    drafts = found.filter(status=Project.Status.DRAFT).exists()
    cells = copied.projects(found)
    return Export("projects", _("Projects"), columns, lambda: _project_rows(found), drafts, asked, lambda: cells)


def procedures(found: "QuerySet[Procedure]", *, asked: Asked = Asked()) -> Export:
    columns = [
        *_own("procedures", PROCEDURE_COLUMNS),
        Column("claimed", _("Claimed"), _("A claim is live, or one was ever verified.")),
        Column("verified", _("Verified"), _("A claim was ever verified.")),
        Column("in_use", _("In use"), _("Counts towards the targets on that day.")),
        Column("why", _("Why"), _("Why it counts, or the first thing that is missing.")),
        Column("project", _("Claimed by"), _("Reference of the project whose claim is live.")),
        Column("went_live_on", _("Went live")),
        Column("verified_on", _("Verified on")),
        Column("attest_by", _("Attest again by"), _("Last day in use unless attested again.")),
    ]
    return Export("procedures", _("Procedures"), columns, lambda: _procedure_rows(found), asked=asked)


def own_sheet(user: User, kind: str) -> Export:
    """The records of the departments the person is posted in, to edit and bring back."""
    own = Posting.objects.on(clock.today()).filter(person=user.person_id).values("department")
    if kind == "projects":
        return projects(selectors.project_rows(user).filter(department__in=own))
    return procedures(selectors.procedure_rows(user).filter(department__in=own))


def _own(kind: str, names: Sequence[str]) -> list[Column]:
    """Columns that may be edited and brought back, or that say which record and version a row is."""
    meanings = {
        "reference": _("Permanent reference of the record; leave it as it is."),
        "version": _("Of the record when the file was made; leave it as it is."),
        "department": _("Code of the bureau or department."),
        "stage": _("A stage behind a gate is reached on the project's page."),
        "started_on": _("First day of the stated period."),
        "started_precision": _("Day, month or year; empty is not stated."),
        "source_precision": _("Day, month or year; empty is not stated."),
        "reported_funding": _("As published; not an approval."),
    }
    fields = fields_of(kind)
    return [Column(name, str(fields[name].label), meanings.get(name, "")) for name in names]


def _project_rows(found: "QuerySet[Project]") -> Iterator[tuple[Cell, ...]]:
    for project in found.iterator(chunk_size=BATCH):
        yield (
            project.reference,
            project.version,
            project.department.code,
            project.title_en,
            project.title_zh_hant,
            project.title_zh_hans,
            project.summary_en,
            project.summary_zh_hant,
            project.summary_zh_hans,
            project.get_stage_display(),
            project.get_category_display(),
            project.technique,
            project.is_public_facing,
            project.yearly_volume,
            project.get_visibility_display(),
            project.started_on,
            Precision(project.started_precision).value,
            project.reported_funding,
            project.source_url,
            project.source_on,
            Precision(project.source_precision).value,
            str(project.lead or ""),
            project.procedure_count,  # type: ignore[attr-defined] # annotated by the selector
            project.in_use_count,  # type: ignore[attr-defined] # annotated by the selector
            _rating(project.own_rating),  # type: ignore[attr-defined] # annotated by the selector
            _rating(project.independent_rating),  # type: ignore[attr-defined] # annotated by the selector
            project.was_already_running,
            project.get_status_display(),
        )


def _rating(value: str) -> str:
    return str(Rating(value).label) if value else ""


def _procedure_rows(found: "QuerySet[Procedure]") -> Iterator[tuple[Cell, ...]]:
    for batch in _batches(found.iterator(chunk_size=BATCH)):
        for one in counted(batch):
            yield (
                one.procedure.reference,
                one.procedure.version,
                one.procedure.department.code,
                one.procedure.name_en,
                one.procedure.name_zh_hant,
                one.procedure.name_zh_hans,
                one.procedure.get_service_kind_display(),
                one.procedure.get_channel_display(),
                one.procedure.yearly_volume,
                one.procedure.handling_minutes,
                one.procedure.waiting_days,
                one.procedure.planned_on,
                one.standing.claimed,
                one.standing.verified,
                one.standing.in_use,
                str(why(one.standing.reason)),
                one.claim.project.reference if one.claim else "",
                one.standing.claimed_on,
                one.standing.verified_on,
                one.standing.attest_by,
            )


def _batches(rows: Iterable[Procedure]) -> Iterator[list[Procedure]]:
    batch: list[Procedure] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
