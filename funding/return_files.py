"""An issued return read back from its frozen content: for the page, as CSV and as XLSX. Nothing is worked out anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
import json
import tempfile
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from core.tabular import Cell, Column, csv_lines
from core.workbooks import About, write_xlsx
from funding.models import YearlyReturn
from funding.selectors.positions import FIGURES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = ("envelope", "department", "request")


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One row of an issued return, as frozen."""

    envelope: str
    department: str
    request: str
    opening: Decimal
    committed: Decimal
    spent: Decimal
    carried: Decimal
    closing: Decimal


@dataclass(frozen=True, slots=True)
class Stored:
    """An issued return in the shape of the live position."""

    financial_year: int
    at: date
    rows: list[StoredRow]
    by_envelope: list[StoredRow]
    by_department: list[StoredRow]
    total: StoredRow


def stored(issued: YearlyReturn) -> Stored:
    content: Mapping[str, Any] = json.loads(issued.content)
    return Stored(
        financial_year=content["financial_year"],
        at=date.fromisoformat(content["at"]),
        rows=[_row(row) for row in content["rows"]],
        by_envelope=[_row(row) for row in content["by_envelope"]],
        by_department=[_row(row) for row in content["by_department"]],
        total=_row(content["total"]),
    )


def columns() -> list[Column]:
    return [
        Column("envelope", _("Envelope")),
        Column("department", _("Department")),
        Column("request", _("Request")),
        Column("opening", _("Opening (HK$)"), _("Carried in from the year before.")),
        Column("committed", _("Committed (HK$)"), _("Committed in the year.")),
        Column("spent", _("Spent (HK$)"), _("Paid in the year, corrections taken off.")),
        Column("carried", _("Carried over (HK$)"), _("Carried into a later year.")),
        Column("closing", _("Closing (HK$)"), _("Opening and committed, less spent and carried over.")),
    ]


def rows(issued: YearlyReturn) -> Iterator[tuple[Cell, ...]]:
    found = stored(issued)
    for row in [*found.rows, found.total]:
        named = [getattr(row, name) for name in NAMES] if row.request else [_("Total"), "", ""]
        yield (*named, *(getattr(row, name) for name in FIGURES))


def answer(file_format: str, issued: YearlyReturn) -> HttpResponseBase:
    name = f"{issued.reference}.{file_format}"
    if file_format == "csv":
        text = "".join(csv_lines(columns(), rows(issued)))
        found = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
        found["Content-Disposition"] = f'attachment; filename="{name}"'
        return found
    about = About(
        lines=[(_("Return"), issued.reference), (_("SHA-256"), issued.digest)],
        mark=f"{issued.reference} · {issued.digest[:16]}",
        made_at=issued.issued_at,
    )
    target = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it once sent
    write_xlsx(target, sheet=issued.reference, columns=columns(), rows=rows(issued), about=about)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)


def _row(row: Mapping[str, str]) -> StoredRow:
    opening, committed, spent, carried, closing = (Decimal(row[name]) for name in FIGURES)
    return StoredRow(row["envelope"], row["department"], row["request"], opening, committed, spent, carried, closing)
