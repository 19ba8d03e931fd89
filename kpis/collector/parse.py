"""A source's document to readings: all of it or nothing, each refusal with a code and the difference found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
import json
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from kpis.rules import periods
from kpis.rules.intake import Arrival, Moment, one_value_each
from kpis.rules.refusal import Refused, quoted
from kpis.rules.values import Bounds, Formula, measured, number

DEEPEST = 32
MOST_ITEMS = 20_000


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a document keeps what we read. An empty path is not read."""

    items: str
    columns: frozenset[str]
    period: str
    kpi: str = ""
    value: str = ""
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a code of the source stands for: the running series of one KPI."""

    series: int
    formula: Formula
    frequency: str
    year_kind: str
    starts_on: date
    bounds: Bounds


class Number(str):
    """The digits of a JSON number exactly as written, so that no float comes between."""


def readings(body: bytes, shape: Shape, measures: Mapping[str, Measure], *, today: date) -> list[Arrival]:
    """Every reading of a document, or the first reason why none is taken (`Refused`)."""
    items = _items(_document(body), shape.items)
    paths = {
        part: jmespath.compile(path)
        for part in ("kpi", "period", "value", "numerator", "denominator")
        if (path := getattr(shape, part))
    }
    found = [_arrival(item, shape.columns, paths, measures, today=today) for item in items]
    one_value_each(found)
    return found


def check_path(path: str) -> None:
    """Whether a text is JMESPath at all."""
    try:
        jmespath.compile(path)
    except JMESPathError as error:
        raise Refused("path.format", quoted(path)) from error


def _document(body: bytes) -> Any:
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


def _items(document: Any, path: str) -> Sequence[Any]:
    try:
        items = jmespath.search(path, document)
    except JMESPathError as error:
        raise Refused("schema", quoted(path)) from error
    if not isinstance(items, list):
        raise Refused("schema", quoted(path))
    if len(items) > MOST_ITEMS:
        raise Refused("size", str(len(items)))
    return items


def _arrival(
    item: Any, columns: frozenset[str], paths: Mapping[str, Any], measures: Mapping[str, Measure], *, today: date
) -> Arrival:
    _refuse_other_columns(item, columns)
    try:
        found = {part: path.search(item) for part, path in paths.items()}
    except JMESPathError as error:
        raise Refused("schema") from error
    measure = _measure(found, measures)
    start = period_start(found.get("period"), measure, today=today)
    parts = {part: number(found[part]) for part in ("value", "numerator", "denominator") if found.get(part) is not None}
    result = measured(measure.formula, **parts)
    if not measure.bounds.hold(result.value):
        raise Refused("value.range", quoted(result.value))
    return Arrival(Moment(measure.series, start), result)


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
    if not isinstance(text, str) or isinstance(text, Number):
        raise Refused("period.format", quoted(text))
    start = periods.named(text, measure.frequency, measure.year_kind)
    if start is None:
        raise Refused("period.format", quoted(text))
    if start < measure.starts_on:
        raise Refused("observed.before_start", quoted(text))
    if not periods.has_ended(start, measure.frequency, today=today):
        raise Refused("observed.future", quoted(text))
    return start
