"""Tables from files that strangers made, read strictly, as a stream and within limits (TRUST 4.3, 4.4).

`open_table` reads CSV and XLSX alike: a heading, then numbered rows of text. It knows no word of any
register; which column means what is the caller's business.
"""

from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from core.reading import packages
from core.reading.csv_tables import ENCODINGS, CsvTable
from core.reading.faults import FileRefused, TooManyRows
from core.reading.tables import MOST_ROWS, CellKind, Column, Note, Row, Table, digest
from core.reading.xlsx_tables import XlsxTable

__all__ = [
    "ENCODINGS",
    "CellKind",
    "Column",
    "FileRefused",
    "Note",
    "Row",
    "Table",
    "TooManyRows",
    "digest",
    "open_table",
]


def open_table(file: BinaryIO, *, file_name: str, encoding: str = "utf-8", most_rows: int = MOST_ROWS) -> Table:
    """The table in the file. Name and content must agree: a text file called .xlsx is refused, and so is the reverse.

    `encoding` (one of `ENCODINGS`) is what the person declared; it says how a CSV file is read and means
    nothing for a workbook. Raises `FileRefused`, at once or while the rows are read.
    """
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    is_workbook = PurePath(file_name).suffix.lower() == ".xlsx"
    if is_workbook:
        return XlsxTable(file, most_rows=most_rows)
    if packages.is_package(start) or packages.is_old_office(start):
        raise FileRefused("file.type", _("This is not the kind of file that its name says."))
    return CsvTable(file, encoding=encoding, most_rows=most_rows)
