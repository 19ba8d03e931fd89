"""A list as a file that says what it is: filter, moment, classification, and where the ledger stood (FEATURES H1).

A workbook tells it on a sheet of its own, JSON and PDF at their head. In a CSV file a line of comment would be a row
to every program that reads it, so there it stands in the file's name and in headers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter
import re
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core import as_at, clock, ledger, widths
from core.copied import csv_blocks
from core.errors import InvalidInput
from core.paper import Facts, Paper, Part, Table
from core.tabular import Cell, Column, Tally, csv_lines, json_blocks, plain
from core.workbooks import About, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
}
FORMATS = tuple(CONTENT_TYPES)
STREAMED = frozenset({"csv", "json"})  # sent as they are made
SPOKEN_APART = frozenset({"format", "page", "page_size", "columns", "filename"})  # how it is made, not which rows
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]+")
LONGEST_NAME = 80
MOST_PRINTED = 8  # columns of a PDF


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list was asked for: parameters by name, and the same as a reader saw them."""

    parameters: tuple[tuple[str, str], ...] = ()
    shown: tuple[tuple[str, str], ...] = ()


NOTHING_ASKED = Asked()


@dataclass(frozen=True, slots=True)
class Export:
    """One list as a file. Headings follow the reader's language, names never do.

    `cells` gives the same columns in SQL, as `cell_<name>`, where files grow large; `found` are the rows themselves;
    `printed` names the columns of a PDF for which none were chosen; `rule` says by which rule figures were made;
    `chosen` reads only the columns of these names, where leaving one out spares the database its work.
    """

    name: str
    sheet: str
    columns: Sequence[Column]
    rows: Callable[[], Iterator[Sequence[Cell]]]
    holds_drafts: bool = False
    asked: Asked = NOTHING_ASKED
    cells: "Callable[[], QuerySet[Any, Any]] | None" = None
    found: "QuerySet[Any] | None" = None
    printed: tuple[str, ...] = ()
    rule: str = ""
    chosen: "Callable[[Sequence[str]], Iterator[Sequence[Cell]]] | None" = None

    def only(self, names: Sequence[str]) -> "Export":
        """These columns in this order; an unknown or repeated name is refused. None chosen: all of them."""
        if not names:
            return self
        places = {column.name: place for place, column in enumerate(self.columns)}
        if len(set(names)) != len(names) or not set(names) <= set(places):
            message = _("Choose columns that this list has, each of them once.")
            raise InvalidInput("export.columns", message, fields={"columns": [message]})
        taken = [places[name] for name in names]
        pick: Callable[[Any], Any] = itemgetter(*taken) if len(taken) > 1 else lambda row: (row[taken[0]],)
        all_rows, cells, chosen = self.rows, self.cells, self.chosen
        fewer = (lambda: cells().values_list(*[f"cell_{name}" for name in names])) if cells is not None else None
        return replace(
            self,
            columns=[self.columns[place] for place in taken],
            rows=(lambda: chosen(names)) if chosen is not None else lambda: map(pick, all_rows()),
            cells=fewer,
            printed=tuple(names),
            chosen=None,
        )

    def blocks(self, file_format: str, tally: Tally) -> Iterator[bytes]:
        """A format that is sent as it is made, read as known at the moment that is being read now."""
        moment = as_at.current()
        if file_format == "json":
            lines = self.lines(as_at.now())
            return json_blocks(self.columns, as_at.through(moment, self.rows), lines, tally)
        named = [replace(column, heading=f"{column.heading} [{column.name}]") for column in self.columns]
        if (cells := self.cells) is not None:
            return as_at.through(moment, lambda: csv_blocks(named, cells(), tally))
        return (line.encode() for line in csv_lines(named, as_at.through(moment, self.rows), tally))

    def write(self, file_format: str, target: Any, tally: Tally) -> None:
        """The whole file, in whatever format."""
        moment = as_at.now()
        if file_format in STREAMED:
            for block in self.blocks(file_format, tally):
                target.write(block)
        elif file_format == "xlsx":
            about = About(self.lines(moment), self.mark, moment)
            write_xlsx(target, sheet=self.sheet, columns=self.columns, rows=self.rows(), about=about, tally=tally)
        else:
            target.write(self.paper(moment, tally).pdf())

    def paper(self, moment: datetime, tally: Tally) -> Paper:
        """The list as a table on paper; a page is only so wide, so it holds few of the columns."""
        whole = self if len(self.columns) <= MOST_PRINTED else self.only(self.printed)
        if len(whole.columns) > MOST_PRINTED:
            message = _("A PDF holds at most %(most)s columns; choose them.") % {"most": MOST_PRINTED}
            raise InvalidInput("export.columns", message, fields={"columns": [message]})
        cells = [list(row) for row in tally.over(whole.rows())]
        right = [place for place, column in enumerate(zip(*cells, strict=True)) if _is_figures(column)]
        printed = [[tally.printable(plain(cell)) for cell in row] for row in cells]
        head = [str(column.heading) for column in whole.columns]
        parts: list[Part] = [Facts(self.lines(moment)), Table(head, printed, right)]
        turned = widths.needs_turning(head, printed)
        return Paper(self.sheet, self.file_name(moment), self.mark, moment, parts, turned=turned)

    def headers(self, file_format: str) -> dict[str, str]:
        """The file's name, which is ours alone, and what it is about."""
        moment = as_at.now()
        return {
            "Content-Disposition": f'attachment; filename="{self.file_name(moment)}.{file_format}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "X-Export-As-At": moment.astimezone(clock.HONG_KONG).isoformat(timespec="seconds"),
            "X-Export-Filter": urlencode(self.asked.parameters),
            "X-Export-Ledger": ledger.standing_at(moment).anchor,
            "X-Export-Classification": self.classification,
        }

    @property
    def classification(self) -> str:
        return "restricted" if self.holds_drafts else "internal"

    @property
    def mark(self) -> str:
        """The classification of the whole file: drafts are for their own department."""
        return _("RESTRICTED: holds drafts") if self.holds_drafts else _("For use within the government")

    def file_name(self, moment: datetime) -> str:
        asked = "_".join(f"{name}-{value}" for name, value in self.asked.parameters)
        plain_name = NOT_IN_A_NAME.sub("-", asked).strip("-")[:LONGEST_NAME]
        instant = moment.astimezone(clock.HONG_KONG)
        return "_".join(filter(None, (self.name, plain_name, f"as-at-{instant:%Y-%m-%d-%H%M}")))

    def lines(self, moment: datetime) -> list[tuple[str, str]]:
        """What the file says of itself."""
        at = moment.astimezone(clock.HONG_KONG).strftime("%Y-%m-%d %H:%M:%S HKT")
        filters = self.asked.shown or ((_("Filter"), _("none")),)
        return [
            (_("Register"), self.sheet),
            (_("As at"), at),
            (_("Ledger"), ledger.standing_at(moment).anchor),
            *([(_("Rule"), self.rule)] if self.rule else []),
            (_("Classification"), self.mark),
            *filters,
        ]


def _is_figures(cells: Sequence[Cell]) -> bool:
    told = [cell for cell in cells if cell is not None]
    return bool(told) and all(not isinstance(cell, bool | str) and hasattr(cell, "as_integer_ratio") for cell in told)


def asked(request: HttpRequest, form: Any) -> Asked:
    """The filters and the order of a list, as its address has them and as its form names them."""
    parameters = tuple(
        (name, str(value)) for name, value in sorted(request.GET.items()) if value and name not in SPOKEN_APART
    )
    labels = {name: str(field.label) for name, field in form.fields.items()} | {"ordering": _("Order")}
    shown = tuple((labels.get(name, name), _in_words(form.fields.get(name), value)) for name, value in parameters)
    return Asked(parameters, shown)


def _in_words(field: Any, value: str) -> str:
    """A choice as its list offers it; anything else as it was typed. Rows of a register are not read for it."""
    if field is None or isinstance(field, ModelChoiceField):
        return value
    return {str(key): str(label) for key, label in getattr(field, "choices", ())}.get(value, value)
