"""Short words for reading a table in tests."""

import io
from typing import Any

import pytest

from core.reading import FileRefused, Row, Table, open_table


def table_of(content: str | bytes, name: str = "r.csv", **more: Any) -> Table:
    file = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    return open_table(file, file_name=name, **more)


def rows_of(content: str | bytes, name: str = "r.csv", **more: Any) -> list[Row]:
    return list(table_of(content, name, **more).rows())


def refusal(content: str | bytes, name: str = "r.csv", **more: Any) -> tuple[str, int | None]:
    with pytest.raises(FileRefused) as refused:
        rows_of(content, name, **more)
    return refused.value.code, refused.value.row
