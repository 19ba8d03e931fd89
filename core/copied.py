"""Large CSV files straight from PostgreSQL: the same cells as `core.tabular`, written by COPY and only framed here.

`Inert` and `Labelled` say in SQL what `tabular.inert` and a choice's label say in Python; a test holds both ways
against each other.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, Func, QuerySet

from core.tabular import Column, Tally, csv_lines, inert

BLOCK = 1 << 16
CONTROLS = bytes({*range(0x20)} - {0x09, 0x0A})  # as `tabular.printable`; in UTF-8 these bytes stand for nothing else


class Inert(Func):
    """Text that no spreadsheet runs; an empty one is an empty cell."""

    template = (
        r"(CASE WHEN left(%(expressions)s, 1) IN ('''', '=', '+', '-', '@', E'\t', E'\r')"
        r" AND %(expressions)s ~ '^''*[=+@\t\r-]' THEN '''' || %(expressions)s ELSE NULLIF(%(expressions)s, '') END)"
    )
    output_field = CharField()

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        text, params = compiler.compile(self.source_expressions[0])
        return self.template.replace("%(expressions)s", text), tuple(params) * 4


class Labelled(Func):
    """The label of a choice, in the reader's language; what it labels is worked out once. Nothing else has a text."""

    output_field = CharField(null=True)

    def __init__(self, choice: Any, labels: Iterable[tuple[Any, Any]], **extra: Any) -> None:
        super().__init__(choice, **extra)
        self.labels = [(value, inert(str(label)) or None) for value, label in labels]

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        choice, params = compiler.compile(self.source_expressions[0])
        cases = " ".join(["WHEN %s THEN %s"] * len(self.labels))
        said = [part for pair in self.labels for part in pair]
        return f"(CASE {choice} {cases} END)", (*params, *said)


def csv_blocks(columns: Sequence[Column], rows: "QuerySet[Any, Any]", tally: Tally | None = None) -> Iterator[bytes]:
    """RFC 4180 with a byte-order mark, in blocks of 64 kB. `rows` is a `values_list` with one column for each.

    The connection is busy with the copy until it ends, so nobody is told of the rows on the way.
    """
    tally = tally or Tally()
    yield "".join(csv_lines(columns, [])).encode()
    statement = connection.ops.compose_sql(*rows.query.sql_with_params())  # type: ignore[attr-defined] # COPY takes no parameters of its own
    block = bytearray()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)") as lines:
        for line in lines:
            kept = bytes(line)[:-1].translate(None, CONTROLS)
            tally.rows += 1
            tally.removed += len(line) - 1 - len(kept)
            block += kept
            block += b"\r\n"
            if len(block) >= BLOCK:
                yield bytes(block)
                block.clear()
    yield bytes(block)
