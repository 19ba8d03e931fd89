"""XLSX: the first visible sheet as a table of text, with what the workbook says each cell is (TRUST 4.4).

Values are taken as they are stored: a number keeps every digit, a date becomes ISO, a formula is named as
one. The sheet is read by our own loop, not by a workbook library: those read a sheet's size, its strings
and its styles without any limit, and raise whatever a broken file makes them raise.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from math import isfinite
import re
from typing import IO, BinaryIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext_lazy as _
from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from core.reading.faults import FileRefused, TooManyRows
from core.reading.packages import Package, local_name, not_this_type
from core.reading.scan import scan_sheet, scan_text
from core.reading.tables import (
    MOST_COLUMNS,
    MOST_ROWS,
    CellKind,
    Note,
    Row,
    Table,
    judge_heading,
    no_rows,
    wrong_width,
)

MOST_SHEET_ROWS = 200_000  # more belongs in a CSV file, which is read ten times as fast
MOST_STRINGS_BYTES = 24 << 20  # of the shared strings, which have to stand in memory whole
MOST_OPEN = 20_000  # elements between the ends of two rows
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
ROW_NUMBER = re.compile(r"[0-9]{1,7}", re.ASCII)
WHOLE = re.compile(r"-?[0-9]{1,30}", re.ASCII)
NUMBER = re.compile(r"-?[0-9]{0,40}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
EMPTY = ("", CellKind.TEXT)


class XlsxTable(Table):
    def __init__(self, file: BinaryIO, *, most_rows: int = MOST_ROWS) -> None:
        self._package = Package(file, kind="xlsx")
        self._most_rows = min(most_rows, MOST_SHEET_ROWS)
        self._package.refuse_external()
        self._read_workbook()
        self._strings: list[str] = []
        self._read_strings()
        self._read_styles()
        with self._package.open(self._sheet) as part:
            scan_sheet(part, most_rows=self._most_rows, too_large=self._package.too_large)
        self._hidden_rows = 0
        super().__init__(self._read_heading())

    @property
    def notes(self) -> list[Note]:
        found = [*self._sheet_notes, *super().notes]
        if self._hidden_rows:
            message = _("%(count)s hidden or filtered rows were read like the others.")
            found.append(Note("xlsx.hidden_rows", message % {"count": self._hidden_rows}))
        return found

    def rows(self) -> Iterator[Row]:
        self._damaged = self._hidden_rows = 0
        wanted, stored = len(self.heading), 0
        for number, cells in self._all_rows():
            if number == 0 or not any(text.strip() or kind is CellKind.FORMULA for text, kind in cells):
                continue
            if len(cells) > wanted and any(text.strip() for text, _kind in cells[wanted:]):
                raise wrong_width(number, found=len(cells), wanted=wanted)
            cells = cells[:wanted] + [EMPTY] * (wanted - len(cells))
            stored += 1
            texts, kinds = zip(*cells, strict=True)
            yield self._judged(Row(number, texts, kinds))
        if not stored:
            raise no_rows()

    def _read_heading(self) -> list[str]:
        number, cells = next(self._all_rows(), (0, []))
        if number or any(kind is not CellKind.TEXT for _text, kind in cells):
            raise _bad_heading()
        heading = [text.strip() for text, _kind in cells]
        while heading and not heading[-1]:
            heading.pop()
        judge_heading(heading)
        return heading

    def _all_rows(self) -> Iterator[tuple[int, list[tuple[str, CellKind]]]]:
        """Every row of the sheet with cells, the heading as 0. Only one row stands in memory at a time."""
        number = -1
        with self._package.open(self._sheet) as part:
            for row in self._row_elements(part):
                stated = row.get("r")
                following = int(stated) - 1 if stated and ROW_NUMBER.fullmatch(stated) else number + 1
                if following <= number:
                    raise not_this_type()
                number = following
                if number > self._most_rows:
                    raise TooManyRows(self._most_rows)
                if number and row.get("hidden") in ("1", "true"):
                    self._hidden_rows += 1
                yield number, self._cells(row)

    def _row_elements(self, part: IO[bytes]) -> Iterator[Element]:
        """Rows as their end is reached, each forgotten before the next; nothing after the data is read."""
        opened, data = 0, None
        for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                opened += 1
                if opened > MOST_OPEN:
                    raise self._package.too_large()
                if data is None and local_name(element) == "sheetData":
                    data = element
            elif data is not None:
                name = local_name(element)
                if name == "row":
                    yield element
                    data.clear()
                    opened = 0
                elif element is data:
                    return

    def _cells(self, row: Element) -> list[tuple[str, CellKind]]:
        cells: list[tuple[str, CellKind]] = []
        for element in row:
            position = _position(element.get("r"), default=len(cells))
            if position < len(cells) or position >= MOST_COLUMNS:
                if position >= MOST_COLUMNS and self._cell(element) == EMPTY:
                    continue
                raise not_this_type() if position < len(cells) else self._package.too_large()
            cells.extend([EMPTY] * (position - len(cells)))
            cells.append(self._cell(element))
        return cells

    def _cell(self, element: Element) -> tuple[str, CellKind]:
        form = element.get("t", "n")
        value = ""
        for child in element:
            name = local_name(child)
            if name == "f":
                return "", CellKind.FORMULA
            if name == "v":
                value = child.text or ""
            elif name == "is" and form == "inlineStr":
                return _text_of(child), CellKind.TEXT
        if not value:
            return EMPTY
        if form == "s":
            return self._strings[_index(value, len(self._strings))], CellKind.TEXT
        if form == "str":
            return _unescaped(value), CellKind.TEXT
        if form == "b":
            return ("TRUE" if value == "1" else "FALSE"), CellKind.BOOLEAN
        if form == "e":
            return value, CellKind.ERROR
        if form == "d":
            return value.removesuffix("T00:00:00"), CellKind.DAY if len(value) <= 10 else CellKind.INSTANT
        return self._number(value, element.get("s", "0"))

    def _number(self, value: str, style: str) -> tuple[str, CellKind]:
        if not any(sign.isdigit() for sign in value) or not NUMBER.fullmatch(value):
            raise not_this_type()
        if style in self._day_styles:
            found = _moment(float(value), self._epoch)
            if found is not None:
                return found
        return _digits(value), CellKind.NUMBER

    def _read_workbook(self) -> None:
        """Which sheet is read: the first visible one. The others are named in the notes."""
        book_name = next(
            (name for name in self._package.targets("").values() if name.endswith("workbook.xml")), "xl/workbook.xml"
        )
        book, targets = self._package.tree(book_name), self._package.targets(book_name)
        self._folder = book_name.rpartition("/")[0]
        self._epoch = CALENDAR_WINDOWS_1900
        sheets: list[tuple[str, bool, str]] = []
        for element in book.iter():
            if local_name(element) == "workbookPr" and element.get("date1904") in ("1", "true"):
                self._epoch = CALENDAR_MAC_1904
            elif local_name(element) == "sheet":
                relation = next((text for key, text in element.items() if key.endswith("}id")), "")
                is_visible = element.get("state", "visible") == "visible"
                sheets.append((element.get("name", ""), is_visible, targets.get(relation, "")))
        visible = [target for _name, is_visible, target in sheets if is_visible and "/chartsheets/" not in target]
        if not visible or visible[0] not in self._package:
            raise not_this_type()
        self._sheet = visible[0]
        self._sheet_notes = [_sheet_note(name, seen) for name, seen, target in sheets if target != self._sheet]

    def _read_strings(self) -> None:
        name = f"{self._folder}/sharedStrings.xml"
        if name not in self._package:
            return
        if self._package.size(name) > MOST_STRINGS_BYTES:
            raise self._package.too_large()
        with self._package.open(name) as part:
            scan_text(part, too_large=self._package.too_large)
        with self._package.open(name) as part:
            root = None
            for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
                if root is None:
                    root = element
                elif event == "end" and local_name(element) == "si":
                    self._strings.append(_text_of(element))
                    root.clear()

    def _read_styles(self) -> None:
        """Which cell styles show a number as a date."""
        self._day_styles: set[str] = set()
        name = f"{self._folder}/styles.xml"
        if name not in self._package:
            return
        codes: dict[str, str] = {}
        for element in self._package.tree(name):
            if local_name(element) == "numFmts":
                codes = {code.get("numFmtId", ""): code.get("formatCode", "") for code in element}
            elif local_name(element) == "cellXfs":
                for index, style in enumerate(element):
                    if _shows_day(style.get("numFmtId", "0"), codes):
                        self._day_styles.add(str(index))


def _shows_day(format_id: str, codes: dict[str, str]) -> bool:
    code = codes.get(format_id)
    if code is None:
        code = builtin_format_code(int(format_id)) if WHOLE.fullmatch(format_id) else None
    return bool(code) and is_date_format(code) and not is_timedelta_format(code)


def _moment(number: float, epoch: datetime) -> tuple[str, CellKind] | None:
    """A serial number as the day or the time it shows, or None when it is outside the calendar."""
    try:
        found = from_excel(number, epoch)
    except (OverflowError, ValueError):
        return None
    if isinstance(found, datetime):
        found = (found + timedelta(microseconds=500_000)).replace(microsecond=0)
        if found.time() == time():
            return found.date().isoformat(), CellKind.DAY
        return found.isoformat(), CellKind.INSTANT
    return (found.replace(microsecond=0).isoformat(), CellKind.INSTANT) if isinstance(found, time) else None


def _digits(value: str) -> str:
    """A stored number in plain digits. Programs store the nearest double; its shortest form is what was typed."""
    if WHOLE.fullmatch(value):
        return value
    number = float(value)
    if not isfinite(number):
        return value
    if number.is_integer() and abs(number) < 1e30:
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def _text_of(element: Element) -> str:
    """The text of a string element: its own and that of its differently formatted runs, not its reading aids."""
    texts = []
    for child in element:
        name = local_name(child)
        if name == "t":
            texts.append(child.text or "")
        elif name == "r":
            texts += [inner.text or "" for inner in child if local_name(inner) == "t"]
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    """`_x000D_` is how the format writes characters that XML cannot hold."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _position(reference: str | None, *, default: int) -> int:
    if reference is None:
        return default
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise not_this_type()
    position = 0
    for character in found[1]:
        position = position * 26 + ord(character) - ord("A") + 1
    return position - 1


def _index(value: str, length: int) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 9 or int(value) >= length:
        raise not_this_type()
    return int(value)


def _sheet_note(name: str, is_visible: bool) -> Note:
    if is_visible:
        message = _("The sheet “%(name)s” was not read: only the first one is.")
        return Note("xlsx.other_sheet", message % {"name": name[:40]})
    return Note("xlsx.hidden_sheet", _("The hidden sheet “%(name)s” was not read.") % {"name": name[:40]})


def _bad_heading() -> FileRefused:
    message = _("The first row must be the heading: one text in each column, none merged, none worked out.")
    return FileRefused("xlsx.header", message)
