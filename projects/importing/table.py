"""A CSV file as a heading and numbered rows of text, read strictly and as a stream (TRUST 4.3)."""

from collections.abc import Iterator, Sequence
import csv
from dataclasses import dataclass
import hashlib
import io
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from projects.importing.faults import FileRefused, TooManyRows

MOST_ROWS = 1_000_000
LONGEST_CELL = 32_767  # what one spreadsheet cell can hold
BYTES_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts rows from 1 below the header, empty ones included, as a spreadsheet does less one."""

    number: int
    cells: dict[str, str]


def digest(file: BinaryIO) -> str:
    """SHA-256 of the file's bytes; leaves the file at its beginning."""
    found = hashlib.sha256()
    file.seek(0)
    while block := file.read(BYTES_AT_ONCE):
        found.update(block)
    file.seek(0)
    return found.hexdigest()


def read(file: BinaryIO, *, columns: Sequence[str], most_rows: int = MOST_ROWS) -> Iterator[Row]:
    """The rows of a CSV file whose heading has exactly `columns`, in any order.

    UTF-8, with or without a byte-order mark; comma, RFC 4180 quotes. Empty rows are passed over.
    Raises `FileRefused` or `TooManyRows` at the first place where the file is not such a table.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="strict", newline="")
    try:
        yield from _rows(csv.reader(text, strict=True), columns, most_rows)
    finally:
        text.detach()


def _rows(lines: Iterator[list[str]], columns: Sequence[str], most_rows: int) -> Iterator[Row]:
    heading = _next(lines, row=0)
    if heading is None:
        raise FileRefused("csv.empty", _("The file is empty."))
    _judge_heading(heading, columns)
    number = stored = 0
    while (cells := _next(lines, row=number + 1)) is not None:
        number += 1
        if number > most_rows:
            raise TooManyRows(most_rows)
        if not any(cell.strip() for cell in cells):
            continue
        _judge_cells(cells, heading, number)
        stored += 1
        yield Row(number, dict(zip(heading, cells, strict=True)))
    if not stored:
        raise FileRefused("csv.empty", _("The file has a heading and no rows."))


def _next(lines: Iterator[list[str]], *, row: int) -> list[str] | None:
    try:
        return next(lines, None)
    except UnicodeDecodeError as error:
        raise _wrong_encoding() from error
    except csv.Error as error:
        if "field larger than" in str(error):
            raise _too_long(row) from error
        message = _("Row %(row)s cannot be read: a quotation mark is not closed or not doubled.") % {"row": row}
        raise FileRefused("csv.malformed", message, row=row) from error


def _judge_heading(heading: list[str], columns: Sequence[str]) -> None:
    if any("\x00" in name for name in heading):
        raise _wrong_encoding()
    heading[:] = [name.strip() for name in heading]
    twice = next((name for name in heading if heading.count(name) > 1), None)
    if twice is not None:
        message = _("Two columns are called “%(name)s”.") % {"name": twice[:40]}
        raise FileRefused("csv.header_duplicate", message)
    missing = [name for name in columns if name not in heading]
    if missing:
        message = _("Columns are missing: %(missing)s. The heading found is: %(found)s.") % {
            "missing": ", ".join(missing),
            "found": ", ".join(heading)[:200],
        }
        raise FileRefused("csv.header_missing", message)
    unknown = [name for name in heading if name not in columns]
    if unknown:
        message = _("Columns that are not known here: %(names)s.") % {"names": ", ".join(unknown)[:200]}
        raise FileRefused("csv.header_unknown", message)


def _judge_cells(cells: list[str], heading: list[str], number: int) -> None:
    if len(cells) != len(heading):
        message = _("Row %(row)s has %(found)s columns where the heading has %(wanted)s.") % {
            "row": number,
            "found": len(cells),
            "wanted": len(heading),
        }
        raise FileRefused("csv.columns", message, row=number)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise _too_long(number)


def _wrong_encoding() -> FileRefused:
    return FileRefused("csv.encoding", _("The file is not in UTF-8. Save it as “CSV UTF-8” and try again."))


def _too_long(row: int) -> FileRefused:
    message = _("A cell in row %(row)s is longer than %(most)s characters.") % {"row": row, "most": f"{LONGEST_CELL:,}"}
    return FileRefused("csv.field_too_long", message, row=row)
