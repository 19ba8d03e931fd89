"""Rows to CSV or JSON, once for everybody: Chinese intact, formula-looking text inert (TRUST T25, 4.7).

Workbooks are written by `core.workbooks`, from the same columns and cells.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
import io
import json
import re
from typing import TypeAlias

from django.utils.translation import gettext as _

from core.clock import HONG_KONG

Cell: TypeAlias = str | int | Decimal | date | datetime | bool | None

FORMULA_START = re.compile(r"'*[=+\-@\t\r]")
UNPRINTABLE = re.compile("[^\n\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BLOCK = 1 << 16
TELL_EVERY = 500  # rows


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


@dataclass(slots=True)
class Tally:
    """What went into a file: its rows, the characters that no file can hold, and the texts that a workbook cut.

    `tell` hears how many rows are done, every few hundred.
    """

    rows: int = 0
    removed: int = 0
    cut: int = 0
    tell: Callable[[int], None] | None = None

    def over(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        for row in rows:
            self.rows += 1
            if self.tell is not None and not self.rows % TELL_EVERY:
                self.tell(self.rows)
            yield row

    def printable(self, text: str) -> str:
        """The text without what cannot be held, which is counted."""
        kept = printable(text)
        self.removed += len(text) - len(kept)
        return kept


def inert(text: str) -> str:
    """Text that no spreadsheet runs: led by an apostrophe where it would start a formula, or seems so led already."""
    return f"'{text}" if text[:1] in "'=+-@\t\r" and FORMULA_START.match(text) else text


def as_typed(text: str) -> str:
    """The text that `inert` made safe, as it was."""
    return text[1:] if text[:1] == "'" and FORMULA_START.match(text) else text


def printable(text: str) -> str:
    """Without the characters that neither XLSX nor a reader can hold; line feed and tab stay."""
    return UNPRINTABLE.sub("", text)


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], tally: Tally | None = None) -> Iterator[str]:
    """RFC 4180 lines with a byte-order mark first, so that Excel reads Chinese. Streams in blocks of 64 kB."""
    tally = tally or Tally()
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([inert(column.heading) for column in columns])
    yield "\ufeff" + _taken(buffer)
    for row in tally.over(rows):
        writer.writerow([_csv_text(cell, tally) for cell in row])
        if buffer.tell() >= BLOCK:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def json_blocks(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    about: Sequence[tuple[str, str]],
    tally: Tally,
) -> Iterator[bytes]:
    """One JSON document: what the file is about, its columns, and a row as an object of their names, in blocks."""
    names = [column.name for column in columns]
    dictionary = [{"name": one.name, "heading": str(one.heading), "meaning": str(one.meaning)} for one in columns]
    head = {"about": dict(about), "columns": dictionary}
    yield json.dumps(head, ensure_ascii=False).removesuffix("}").encode() + b', "rows": ['
    block = bytearray()
    for row in tally.over(rows):
        block += b",\n" if tally.rows > 1 else b"\n"
        block += json.dumps(dict(zip(names, map(_json_value, row), strict=True)), ensure_ascii=False).encode()
        if len(block) >= BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block) + b"\n]}\n"


def plain(cell: Cell) -> str:
    """A cell as a reader of a page sees it: nothing is empty, money has separators, an instant is Hong Kong's."""
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    if isinstance(cell, datetime):
        return cell.astimezone(HONG_KONG).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    return "" if cell is None else str(cell)


def _json_value(cell: Cell) -> str | int | bool | None:
    """Money as text with its two places (TRUST C3); days and instants as ISO 8601."""
    if isinstance(cell, datetime):
        return cell.astimezone(HONG_KONG).isoformat(timespec="seconds")
    return str(cell) if isinstance(cell, Decimal | date) else cell


def _csv_text(cell: Cell, tally: Tally) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(HONG_KONG).isoformat(timespec="seconds")
    if isinstance(cell, str):
        return inert(tally.printable(cell))
    return str(cell)
