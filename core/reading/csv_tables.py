"""CSV: comma, RFC 4180 quotes, in the encoding that the person declared. Nothing is guessed (TRUST 4.3)."""

import codecs
from collections.abc import Iterator
import csv
import io
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from core.reading.faults import FileRefused, TooManyRows, too_long
from core.reading.tables import (
    LONGEST_CELL,
    MOST_ROWS,
    Row,
    Table,
    judge_heading,
    missing,
    no_rows,
    wrong_width,
)

ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "big5-hkscs": "Big5-HKSCS", "windows-1252": "Windows-1252"}
CODECS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "big5-hkscs": "big5hkscs", "windows-1252": "cp1252"}
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LONGEST_ROW = 4_000_000  # characters, however many lines they take


class CsvTable(Table):
    def __init__(self, file: BinaryIO, *, encoding: str, most_rows: int = MOST_ROWS) -> None:
        if encoding not in CODECS:
            wanted = ", ".join(ENCODINGS.values())
            message = _("This encoding is not known here. Known are: %(known)s.") % {"known": wanted}
            raise FileRefused("csv.encoding", message)
        self._file = file
        self._encoding = encoding
        self._most_rows = most_rows
        self._judge_mark()
        super().__init__(self._read_heading())

    def rows(self) -> Iterator[Row]:
        self._damaged = 0
        wanted = len(self.heading)
        number = stored = 0
        with _Lines(self._file, self._encoding) as lines:
            lines.next(0)
            while (cells := lines.next(number + 1)) is not None:
                number += 1
                if number > self._most_rows:
                    raise TooManyRows(self._most_rows)
                if not any(cells) or not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != wanted:
                    raise wrong_width(number, found=len(cells), wanted=wanted)
                stored += 1
                yield self._judged(Row(number, tuple(cells)))
        if not stored:
            raise no_rows()

    def _read_heading(self) -> list[str]:
        with _Lines(self._file, self._encoding) as lines:
            heading = [name.strip() for name in lines.next(0) or []]
        if any("\x00" in name for name in heading):
            raise _wrong_encoding(self._encoding)
        judge_heading(heading)
        if len(heading) == 1 and any(mark in heading[0] for mark in ";\t"):
            raise missing([str(_("columns divided by commas"))], heading)
        return heading

    def _judge_mark(self) -> None:
        """A byte-order mark states the encoding; the declared one must be the same. UTF-16 must carry one."""
        self._file.seek(0)
        start = self._file.read(3)
        stated = next((name for mark, name in MARKS if start.startswith(mark)), None)
        if start and (stated or self._encoding == "utf-16") and stated != self._encoding:
            raise _wrong_encoding(self._encoding)


class _Lines:
    """The lists of cells of an open file, each at most `LONGEST_ROW` characters; leaves the file open."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        file.seek(0)
        self._encoding = encoding
        self._text = io.TextIOWrapper(file, encoding=CODECS[encoding], errors="strict", newline="")
        self._taken = 0
        self._reader = csv.reader(self._bounded(), strict=True)

    def __enter__(self) -> "_Lines":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._text.detach()

    def next(self, row: int) -> list[str] | None:
        """The cells of the next row, which is `row`, or None at the end."""
        self._taken = 0
        try:
            return next(self._reader, None)
        except UnicodeError as error:
            raise _wrong_encoding(self._encoding) from error
        except csv.Error as error:
            if "field larger than" in str(error):
                raise too_long(row, LONGEST_CELL) from error
            message = _("Row %(row)s cannot be read: a quotation mark is not closed or not doubled.") % {"row": row}
            raise FileRefused("csv.malformed", message, row=row) from error
        except _RowTooLong as error:
            raise too_long(row, LONGEST_CELL) from error

    def _bounded(self) -> Iterator[str]:
        while line := self._text.readline(LONGEST_ROW):
            self._taken += len(line)
            if self._taken >= LONGEST_ROW:
                raise _RowTooLong
            yield line


class _RowTooLong(Exception):
    pass


def _wrong_encoding(declared: str) -> FileRefused:
    message = _("The file is not in %(wanted)s. Save it as “CSV UTF-8”, or name the encoding that it has.")
    return FileRefused("csv.encoding", message % {"wanted": ENCODINGS[declared]})
