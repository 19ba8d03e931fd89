"""A source's document to readings: all of it or nothing, each refusal with a code and the difference found."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from io import BytesIO
import json
from typing import Any, TypeAlias

import jmespath
from jmespath.exceptions import JMESPathError

from core.reading.csv_tables import CsvTable
from core.reading.faults import FileRefused, TooManyRows
from kpis.rules import periods
from kpis.rules.breakdowns import cell_named
from kpis.rules.intake import Arrival, Moment, one_value_each
from kpis.rules.refusal import Refused, quoted
from kpis.rules.values import Bounds, Formula, measured, number

DEEPEST = 32
MOST_ITEMS = 20_000
LONGEST_NAME = len("2026-01-31")
PARTS = ("kpi", "period", "value", "numerator", "denominator", "cell")
Reader: TypeAlias = Mapping[str, Callable[[Any], Any]]


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a document keeps what we read. An empty path is not read. Of a table `items` is empty."""

    items: str
    columns: frozenset[str]
    period: str
    kpi: str = ""
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    cell: str = ""

    @property
    def is_table(self) -> bool:
        return not self.items


@dataclass(frozen=True, slots=True)
class Measure:
    """What a code of the source stands for: the running series of one KPI."""

    series: int
    formula: Formula
    frequency: str
    year_kind: str
    starts_on: date
    bounds: Bounds
    dimensions: Collection[str] = ()


class Number(str):
    """The digits of a JSON number exactly as written, so that no float comes between."""


def readings(body: bytes, shape: Shape, measures: Mapping[str, Measure], *, today: date) -> list[Arrival]:
    """Every reading of a JSON document, or the first reason why none is taken (`Refused`)."""
    return arrivals(items_of(json_document(body), shape.items), shape, measures, today=today)


def arrivals(items: Sequence[Any], shape: Shape, measures: Mapping[str, Measure], *, today: date) -> list[Arrival]:
    """What all items of a run say, or the first reason why none is taken (`Refused`)."""
    read = reader(shape)
    found = [arrival(item, read, shape.columns, measures, today=today) for item in items]
    one_value_each(found)
    return found


def reader(shape: Shape) -> Reader:
    """Where an item keeps each part: JMESPath, or the column of a row."""
    paths = {part: path for part in PARTS if (path := getattr(shape, part))}
    if shape.is_table:
        return {part: partial(_cell, column) for part, column in paths.items()}
    return {part: jmespath.compile(path).search for part, path in paths.items()}


def _cell(column: str, row: Mapping[str, str]) -> str | None:
    return row[column] or None


def csv_items(body: bytes) -> list[dict[str, str]]:
    """The rows of a CSV document in UTF-8, by column. A table without rows has none."""
    try:
        table = CsvTable(BytesIO(body), encoding="utf-8", most_rows=MOST_ITEMS)
        if len(set(table.heading)) != len(table.heading):
            raise Refused("schema", quoted(next(name for name in table.heading if table.heading.count(name) > 1)))
        return [dict(zip(table.heading, row.cells, strict=True)) for row in table.rows()]
    except TooManyRows as refused:
        raise Refused("size", str(MOST_ITEMS)) from refused
    except FileRefused as refused:
        if refused.code == "csv.empty":
            return []
        raise Refused("csv.malformed", quoted(refused.code)) from refused


def check_path(path: str) -> None:
    """Whether a text is JMESPath at all."""
    try:
        jmespath.compile(path)
    except JMESPathError as error:
        raise Refused("path.format", quoted(path)) from error


def json_document(body: bytes) -> Any:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("content.encoding", "UTF-8") from error
    _refuse_depth(text)
    try:
        return json.loads(
            text,
            parse_int=Number,
            parse_float=Number,
            parse_constant=refuse_constant,
            object_pairs_hook=once_each,
        )
    except ValueError as error:
        raise Refused("json.malformed") from error


def _refuse_depth(text: str) -> None:
    """Count brackets outside strings before the parser recurses into them."""
    depth, in_string, escaped = 0, False, False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            if depth > DEEPEST:
                raise Refused("json.depth", str(DEEPEST))
        elif character in "]}":
            depth -= 1


def refuse_constant(name: str) -> Any:
    raise Refused("value.type", name)


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused("json.duplicate_key")
    return found


def items_of(document: Any, path: str) -> Sequence[Any]:
    try:
        items = jmespath.search(path, document)
    except JMESPathError as error:
        raise Refused("schema", quoted(path)) from error
    if not isinstance(items, list):
        raise Refused("schema", quoted(path))
    if len(items) > MOST_ITEMS:
        raise Refused("size", str(len(items)))
    return items


def arrival(
    item: Any, read: Reader, columns: frozenset[str], measures: Mapping[str, Measure], *, today: date
) -> Arrival:
    """One item as a reading, or why it is none (`Refused`)."""
    _refuse_other_columns(item, columns)
    try:
        found = {part: search(item) for part, search in read.items()}
    except JMESPathError as error:
        raise Refused("schema") from error
    measure = _measure(found, measures)
    start = period_start(found.get("period"), measure, today=today)
    parts = {part: number(found[part]) for part in ("value", "numerator", "denominator") if found.get(part) is not None}
    result = measured(measure.formula, **parts)
    if not measure.bounds.hold(result.value):
        raise Refused("value.range", quoted(result.value))
    return Arrival(Moment(measure.series, start, cell_named(found.get("cell"), measure.dimensions)), result)


def _refuse_other_columns(item: Any, columns: frozenset[str]) -> None:
    """Renamed or moved columns are refused with the difference, never guessed."""
    if not isinstance(item, dict):
        raise Refused("schema")
    missing, unexpected = columns - item.keys(), item.keys() - columns
    if missing or unexpected:
        signs = [f"-{quoted(name)}" for name in sorted(missing)] + [f"+{quoted(name)}" for name in sorted(unexpected)]
        raise Refused("schema", " ".join(signs)[:200])


def _measure(found: Mapping[str, Any], measures: Mapping[str, Measure]) -> Measure:
    if "kpi" not in found:
        return next(iter(measures.values()))
    code = found["kpi"]
    measure = measures.get(code) if isinstance(code, str) else None
    if measure is None:
        raise Refused("scope", quoted(code))
    return measure


def period_start(text: Any, measure: Measure, *, today: date) -> date:
    if not isinstance(text, str) or isinstance(text, Number) or len(text) > LONGEST_NAME:
        raise Refused("period.format", quoted(text))
    found = _period(text, measure.frequency, measure.year_kind)
    if found is None:
        raise Refused("period.format", quoted(text))
    start, after = found
    if start < measure.starts_on:
        raise Refused("observed.before_start", quoted(text))
    if after > today:
        raise Refused("observed.future", quoted(text))
    return start


@lru_cache(maxsize=4_096)  # many readings name few periods
def _period(text: str, frequency: str, year_kind: str) -> tuple[date, date] | None:
    """The first day of the period that a text names and the first day after it, or None if it names none."""
    start = periods.named(text, frequency, year_kind)
    return (start, periods.next_start(start, frequency)) if start else None
