"""What every table has, whatever file it came in: a heading by position, numbered rows, and notes for a reader."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
import hashlib
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput, Text
from core.reading.faults import FileRefused, too_long

MOST_ROWS = 1_000_000
MOST_COLUMNS = 1_000
LONGEST_CELL = 32_767  # characters; what one spreadsheet cell can hold
BYTES_AT_ONCE = 1 << 16
REPLACEMENT = "\ufffd"


class CellKind(Enum):
    """What a spreadsheet says a cell is. A CSV file says nothing, so there every cell is text."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    INSTANT = "instant"  # a day with a time, or a time alone: as the sheet shows it, in no time zone
    BOOLEAN = "boolean"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its place; `shown` is unique in its table: equal names get their spreadsheet letter."""

    position: int
    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about how the file was read, though nothing was refused."""

    code: str
    message: Text


@dataclass(frozen=True, slots=True)
class Row:
    """One row: as many cells as the heading has columns, as text.

    `number` counts from 1 below the heading, empty rows included, as a spreadsheet does less one. `kinds`
    is empty where every cell is text.
    """

    number: int
    cells: tuple[str, ...]
    kinds: tuple[CellKind, ...] = ()

    def kind(self, position: int) -> CellKind:
        return self.kinds[position] if self.kinds else CellKind.TEXT

    def text(self, position: int) -> str:
        """The cell as text. Refuses a formula or an error: what it shows was worked out elsewhere."""
        kind = self.kind(position)
        if kind is CellKind.FORMULA:
            raise InvalidInput("cell.formula", _("This cell holds a formula. Paste its value instead."))
        if kind is CellKind.ERROR:
            raise InvalidInput("cell.error", _("This cell shows an error of the spreadsheet."))
        return self.cells[position]

    def day_text(self, position: int) -> str:
        """As `text`, for a column of dates: a bare number is refused, for nobody can say which day it means."""
        text = self.text(position)
        if self.kind(position) in (CellKind.NUMBER, CellKind.BOOLEAN):
            raise InvalidInput("date.type", _("This cell holds a number, not a date."))
        return text


class Table(ABC):
    """A heading and its rows. The file stays the caller's, who closes it."""

    heading: tuple[str, ...]
    columns: tuple[Column, ...]

    def __init__(self, heading: Sequence[str]) -> None:
        self.heading = tuple(heading)
        self.columns = tuple(
            Column(position, name, _shown(name, position, self.heading)) for position, name in enumerate(self.heading)
        )
        self._damaged = 0

    @property
    def notes(self) -> list[Note]:
        """What a person should know about the reading; complete once the rows were read."""
        if not self._damaged:
            return []
        message = _("%(count)s cells hold the sign “�”: letters were lost before this file was written.")
        return [Note("text.damaged", message % {"count": self._damaged})]

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Every row that is not empty, from the first, each time it is asked.

        Raises `FileRefused` or `TooManyRows` at the first place where the file is no table.
        """

    def column(self, name: str) -> Column:
        """The column of this name. Equal names are refused only here, where one of them is wanted."""
        found = [column for column in self.columns if column.name == name]
        if not found:
            raise missing([name], self.heading)
        if len(found) > 1:
            message = _("Two columns are called “%(name)s”.") % {"name": name[:40]}
            raise FileRefused("csv.header_duplicate", message)
        return found[0]

    def exactly(self, names: Sequence[str]) -> list[Column]:
        """The columns of a heading that must have these names and no others, in any order."""
        twice = next((name for name in self.heading if self.heading.count(name) > 1), None)
        if twice is not None:
            self.column(twice)
        absent = [name for name in names if name not in self.heading]
        if absent:
            raise missing(absent, self.heading)
        unknown = [name for name in self.heading if name not in names]
        if unknown:
            message = _("Columns that are not known here: %(names)s.") % {"names": ", ".join(unknown)[:200]}
            raise FileRefused("csv.header_unknown", message)
        return [self.column(name) for name in names]

    def _judged(self, row: Row) -> Row:
        """The row, once its cells are no longer than a cell may be."""
        for cell in row.cells:
            if len(cell) > LONGEST_CELL:
                raise too_long(row.number, LONGEST_CELL)
            if REPLACEMENT in cell:
                self._damaged += 1
        return row


def missing(absent: Sequence[str], heading: Sequence[str]) -> FileRefused:
    message = _("Columns are missing: %(missing)s. The heading found is: %(found)s.") % {
        "missing": ", ".join(absent),
        "found": ", ".join(heading)[:200],
    }
    return FileRefused("csv.header_missing", message)


def judge_heading(heading: Sequence[str]) -> None:
    """Refuse a heading that names nothing, or more columns than any register has."""
    if not any(heading):
        raise FileRefused("csv.empty", _("The file is empty."))
    if len(heading) > MOST_COLUMNS:
        message = _("The heading has more than %(most)s columns.") % {"most": f"{MOST_COLUMNS:,}"}
        raise FileRefused("csv.columns", message)


def wrong_width(number: int, *, found: int, wanted: int) -> FileRefused:
    message = _("Row %(row)s has %(found)s columns where the heading has %(wanted)s.") % {
        "row": number,
        "found": found,
        "wanted": wanted,
    }
    return FileRefused("csv.columns", message, row=number)


def no_rows() -> FileRefused:
    return FileRefused("csv.empty", _("The file has a heading and no rows."))


def letter(position: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def digest(file: BinaryIO) -> str:
    """SHA-256 of the file's bytes; leaves the file at its beginning."""
    found = hashlib.sha256()
    file.seek(0)
    while block := file.read(BYTES_AT_ONCE):
        found.update(block)
    file.seek(0)
    return found.hexdigest()


def _shown(name: str, position: int, heading: Sequence[str]) -> str:
    if not name:
        return letter(position)
    return name if heading.count(name) == 1 else f"{name} ({letter(position)})"
