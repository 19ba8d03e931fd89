"""A list as a file that says what it is: filter, moment, classification, and where the ledger stood (FEATURES H1).

A workbook tells it on a sheet of its own. In a CSV file a line of comment would be a row to every program that
reads it, so there it stands in the file's name and in headers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
import re
import tempfile
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from core import as_at, clock, ledger
from core.copied import csv_blocks
from core.tabular import About, Cell, Column, csv_lines, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]+")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list was asked for: parameters by name, and the same as a reader saw them."""

    parameters: tuple[tuple[str, str], ...] = ()
    shown: tuple[tuple[str, str], ...] = ()


NOTHING_ASKED = Asked()


@dataclass(frozen=True, slots=True)
class Export:
    """One list as a file. Headings follow the reader's language, names never do."""

    name: str
    sheet: str
    columns: list[Column]
    rows: Callable[[], Iterator[tuple[Cell, ...]]]
    holds_drafts: bool = False
    asked: Asked = NOTHING_ASKED
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
        answer["X-Export-Ledger"] = ledger.standing_at(moment).anchor
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
        return [
            (_("Register"), self.sheet),
            (_("As at"), at),
            (_("Ledger"), ledger.standing_at(moment).anchor),
            (_("Classification"), self.mark),
            *filters,
        ]


def asked(request: HttpRequest, form: Any) -> Asked:
    """The filters and the order of a list, as its address has them and as its form names them."""
    parameters = tuple(
        (name, str(value)) for name, value in sorted(request.GET.items()) if value and name not in ("format", "page")
    )
    labels = {name: str(field.label) for name, field in form.fields.items()} | {"ordering": _("Order")}
    return Asked(parameters, tuple((labels.get(name, name), value) for name, value in parameters))
