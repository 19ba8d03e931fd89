"""The rows of a CSV file whose heading is one of ours, exactly (TRUST 4.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from core.reading import digest, open_table
from core.reading.tables import MOST_ROWS

__all__ = ["Row", "digest", "read"]


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts rows from 1 below the heading, empty ones included, as a spreadsheet does less one."""

    number: int
    cells: dict[str, str]


def read(file: BinaryIO, *, columns: Sequence[str], most_rows: int = MOST_ROWS) -> Iterator[Row]:
    """The rows of a UTF-8 file whose heading has exactly `columns`, in any order.

    Raises `FileRefused` or `TooManyRows` at the first place where the file is not such a table.
    """
    table = open_table(file, file_name="table.csv", most_rows=most_rows)
    table.exactly(columns)
    for row in table.rows():
        yield Row(row.number, dict(zip(table.heading, row.cells, strict=True)))
