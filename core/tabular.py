"""Rows to CSV or XLSX, once for everybody: Chinese intact, formula-looking text inert (TRUST T25, 4.7)."""

from collections.abc import Iterable, Iterator, Sequence
import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
import io
import re
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
import xlsxwriter

from core.clock import HONG_KONG

Cell: TypeAlias = str | int | Decimal | date | datetime | bool | None

FORMULA_START = re.compile(r"'*[=+\-@\t\r]")
UNPRINTABLE = re.compile("[^\n\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
XLSX_LONGEST = 32_767
BLOCK = 1 << 16
CUT_MARK = " … (cut, see CSV)"


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook says of itself: lines of (what, value), the mark on every printed page, and its instant.

    The same rows about the same instant make the same bytes.
    """

    lines: Sequence[tuple[str, str]]
    mark: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an export: a stable machine name, the heading a reader sees, and what it means."""

    name: str
    heading: str
    meaning: str = ""


def inert(text: str) -> str:
    """Text that no spreadsheet runs: led by an apostrophe where it would start a formula, or seems so led already."""
    return f"'{text}" if text[:1] in "'=+-@\t\r" and FORMULA_START.match(text) else text


def as_typed(text: str) -> str:
    """The text that `inert` made safe, as it was."""
    return text[1:] if text[:1] == "'" and FORMULA_START.match(text) else text


def printable(text: str) -> str:
    """Without the characters that neither XLSX nor a reader can hold; line feed and tab stay."""
    return UNPRINTABLE.sub("", text)


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """RFC 4180 lines with a byte-order mark first, so that Excel reads Chinese. Streams in blocks of 64 kB."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([inert(column.heading) for column in columns])
    yield "\ufeff" + _taken(buffer)
    for row in rows:
        writer.writerow([_csv_text(cell) for cell in row])
        if buffer.tell() >= BLOCK:
            yield _taken(buffer)
    yield _taken(buffer)


def write_xlsx(
    target: Any,
    *,
    sheet: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    about: About | None = None,
) -> int:
    """Write one typed sheet with a frozen heading, a data dictionary beside it, and what the file is about.

    Returns the rows written. Runs in constant memory; formulas and links are never made from text.
    Characters that no cell can hold are left out and counted in the log and on the sheet "About".
    """
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    )
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "instant": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    page = book.add_worksheet(sheet[:31])
    page.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        page.write_string(0, index, column.heading, formats["head"])
    count = removed = 0
    for count, row in enumerate(rows, start=1):
        for index, cell in enumerate(row):
            removed += _write_cell(page, count, index, cell, formats)
    page.autofilter(0, 0, count, max(len(columns) - 1, 0))
    dictionary = book.add_worksheet("Data dictionary")
    for line, column in enumerate(columns):
        for index, text in enumerate((column.name, column.heading, column.meaning)):
            dictionary.write_string(line, index, str(text))
    if about is not None:
        _write_about(book, page, about, count=count, removed=removed)
    book.close()
    return count


def _write_about(book: Any, page: Any, about: About, *, count: int, removed: int) -> None:
    book.set_properties({"created": about.made_at.astimezone(HONG_KONG).replace(tzinfo=None), "comments": about.mark})
    mark = about.mark.replace("&", "&&")
    page.set_header(f"&C{mark}")
    page.set_footer(f"&C{mark}&R&P / &N")
    told = book.add_worksheet("About")
    lines = [*about.lines, (str(_("Rows")), str(count)), (str(_("Characters left out")), str(removed))]
    for line, pair in enumerate(lines):
        for index, text in enumerate(pair):
            told.write_string(line, index, printable(text))


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _csv_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(HONG_KONG).isoformat(timespec="seconds")
    if isinstance(cell, str):
        return inert(printable(cell))
    return str(cell)


def _write_cell(page: Any, line: int, index: int, cell: Cell, formats: dict[str, Any]) -> int:
    """Write one cell by its type; returns how many characters had to be left out."""
    if cell is None:
        return 0
    if isinstance(cell, bool):
        page.write_boolean(line, index, cell)
    elif isinstance(cell, Decimal):
        page.write_number(line, index, cell, formats["money"])
    elif isinstance(cell, int):
        page.write_number(line, index, cell)
    elif isinstance(cell, datetime):
        page.write_datetime(line, index, cell.astimezone(HONG_KONG).replace(tzinfo=None), formats["instant"])
    elif isinstance(cell, date):
        page.write_datetime(line, index, datetime(cell.year, cell.month, cell.day), formats["day"])
    else:
        text = printable(cell)
        page.write_string(line, index, text if len(text) <= XLSX_LONGEST else text[: XLSX_LONGEST - 20] + CUT_MARK)
        return len(cell) - len(text)
    return 0
