"""A push's body to readings: the body as a whole, then each reading by itself.

`{"readings": [{"kpi": "KPI-0001", "period": "2026-10", "value": "12.5"}, …]}`. Instead of `period` a reading may
name `observed`, an instant with its offset inside the period; instead of `value`, `numerator` and `denominator`. A
group of a breakdown is named by `cell`, as `channel:counter`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
import json
import re
from typing import Any

from core.clock import hong_kong_day
from kpis.collector.parse import Measure, Number, once_each, period_start, refuse_constant
from kpis.rules import periods
from kpis.rules.batches import MOST_READINGS
from kpis.rules.breakdowns import cell_named
from kpis.rules.intake import Arrival, Moment
from kpis.rules.refusal import Refused
from kpis.rules.values import measured, number

LIST = "readings"
PARTS = ("value", "numerator", "denominator")
NAMES = frozenset({"kpi", "period", "observed", "cell", *PARTS})
INSTANT = re.compile(
    r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-][0-2][0-9]:[0-5][0-9])",
    re.ASCII,
)


class TooMany(Refused):
    """More readings than one push may carry."""


def items(body: bytes) -> Sequence[Any]:
    """The readings of a body, unread; `Refused` where the body as a whole is not a push."""
    try:
        document = json.loads(
            body.decode("utf-8"),
            parse_int=Number,
            parse_float=Number,
            parse_constant=refuse_constant,
            object_pairs_hook=once_each,
        )
    except RecursionError as error:
        raise Refused("json.depth") from error
    except ValueError as error:  # not UTF-8, not JSON
        raise Refused("json.malformed") from error
    if not isinstance(document, dict) or set(document) != {LIST} or not isinstance(document[LIST], list):
        raise Refused("push.shape")
    found: list[Any] = document[LIST]
    if not found:
        raise Refused("push.empty")
    if len(found) > MOST_READINGS:
        raise TooMany("bulk.limit")
    return found


def readings(found: Sequence[Any], measures: Mapping[str, Measure], *, today: date) -> list[Arrival | Refused]:
    """What each item says, or why it says nothing that can be taken, in the order they came."""
    return [_reading(item, measures, today) for item in found]


def _reading(item: Any, measures: Mapping[str, Measure], today: date) -> Arrival | Refused:
    try:
        return _arrival(item, measures, today)
    except Refused as refused:
        return refused


def _arrival(item: Any, measures: Mapping[str, Measure], today: date) -> Arrival:
    if not isinstance(item, dict) or not item.keys() <= NAMES or ("period" in item) == ("observed" in item):
        raise Refused("reading.shape")
    code = item.get("kpi")
    measure = measures.get(code) if isinstance(code, str) else None
    if measure is None:
        raise Refused("scope")
    start = period_start(
        item["period"] if "period" in item else _named(item["observed"], measure), measure, today=today
    )
    parts = {part: number(item[part]) for part in PARTS if item.get(part) is not None}
    result = measured(measure.formula, **parts)
    if not measure.bounds.hold(result.value):
        raise Refused("value.range")
    return Arrival(Moment(measure.series, start, cell_named(item.get("cell"), measure.dimensions)), result)


def _named(text: Any, measure: Measure) -> str:
    """The period that holds an instant, by Hong Kong's calendar. Without an offset an instant is anybody's guess."""
    if not isinstance(text, str) or not INSTANT.fullmatch(text):
        raise Refused("observed.offset")
    try:
        day = hong_kong_day(datetime.fromisoformat(text))
    except ValueError as error:  # the 31st of a month that has none
        raise Refused("observed.offset") from error
    return periods.start_of(day, measure.frequency, measure.year_kind).isoformat()
