"""What an import says about its rows: as a page and as a file that a person takes back to the source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Text
from core.tabular import Column, csv_lines
from projects.importing.fields import fields_of
from projects.models import ImportBatch, ImportRow

REASONS: Mapping[str, Text] = {
    "address.format": gettext_lazy("not a web address"),
    "amount.format": gettext_lazy("amount not readable"),
    "amount.max": gettext_lazy("amount too large"),
    "amount.min": gettext_lazy("amount not above zero"),
    "amount.precision": gettext_lazy("amount finer than a cent"),
    "amount.withheld": gettext_lazy("figure withheld by the source"),
    "blank": gettext_lazy("needed cell empty"),
    "cell.error": gettext_lazy("error of the spreadsheet"),
    "cell.formula": gettext_lazy("formula instead of a value"),
    "cell.left": gettext_lazy("not readable, left empty"),
    "choice.invalid": gettext_lazy("word not known here"),
    "date.damaged": gettext_lazy("date damaged by a spreadsheet"),
    "date.format": gettext_lazy("date not readable"),
    "date.range": gettext_lazy("date outside 1990 to 2098"),
    "date.repaired": gettext_lazy("year read back from a damaged date"),
    "date.type": gettext_lazy("number instead of a date"),
    "department.fixed": gettext_lazy("another department than the record's"),
    "department.other": gettext_lazy("not your department"),
    "department.unknown": gettext_lazy("department not known here"),
    "gate.closed": gettext_lazy("stage behind a gate"),
    "import.person": gettext_lazy("changes are made by a person"),
    "max_length": gettext_lazy("text too long"),
    "number.format": gettext_lazy("number not readable"),
    "procedure.counted": gettext_lazy("procedure already counted"),
    "procedure.retired": gettext_lazy("procedure retired"),
    "reference.required": gettext_lazy("reference missing"),
    "reference.unknown": gettext_lazy("reference not known to you"),
    "row.duplicate": gettext_lazy("two rows about one thing"),
    "row.registered": gettext_lazy("already registered"),
    "row.superseded": gettext_lazy("older record of the same thing"),
    "stage.contradicted": gettext_lazy("live, but with a date of retirement"),
    "stage.gate": gettext_lazy("stage behind a gate, not taken"),
    "text.control": gettext_lazy("character that cannot be shown"),
    "text.joined": gettext_lazy("line break became a space"),
    "version.stale": gettext_lazy("record changed meanwhile"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    words: Text
    rows: int


def reasons(batch: ImportBatch) -> dict[str, list[Reason]]:
    """How many rows were refused, and how many noted, for each reason."""
    return {
        name: [Reason(code, REASONS.get(code, code), rows) for code, rows in batch.summary.get(name, {}).items()]
        for name in ("faults", "notes")
    }


@dataclass(frozen=True, slots=True)
class Told:
    """One row with its differences in words: (field, stored, offered)."""

    row: ImportRow
    title: str
    differences: list[tuple[Text, str, str]]


def told(rows: Iterable[ImportRow], batch: ImportBatch) -> list[Told]:
    fields = fields_of(batch.kind)
    return [
        Told(
            row, _title(row), [(fields[name].label, stored, offered) for name, (stored, offered) in row.changes.items()]
        )
        for row in rows
    ]


def lines(batch: ImportBatch) -> Iterator[str]:
    """One line for each refusal and each note of each row (FEATURES A11)."""
    columns = [
        Column("row", _("Row")),
        Column("result", _("Result")),
        Column("column", _("Column")),
        Column("code", _("Code")),
        Column("message", _("What is wrong, or was not taken as it stands")),
        Column("title", _("Title")),
    ]
    return csv_lines(columns, _lines(batch))


def _lines(batch: ImportBatch) -> Iterator[tuple[Any, ...]]:
    rows = batch.rows.exclude(faults=[], notes=[]).order_by("number")
    for row in rows.iterator(chunk_size=500):
        title = _title(row)
        for result, found in ((_("refused"), row.faults), (_("noted"), row.notes)):
            for one in found:
                yield row.number, result, one["column"], one["code"], one["message"], title


def _title(row: ImportRow) -> str:
    written = row.cells.get("title_en") or row.cells.get("name_en") or row.cells.get("reference", "")
    return " ".join(written.split())[:200]
