"""One axis of a figure: where a value stands along it, from 0 to 1, and its ticks with their words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil, floor, log10
from typing import Any, TypeAlias

from django.utils.formats import date_format
from django.utils.translation import get_language

Value: TypeAlias = str | int | float | Decimal | None

DATE, NUMBER, NAMES = "date", "number", "names"
MONTHS = (1, 2, 3, 6, 12, 24, 60)
DAYS = (1, 2, 7, 14)
FEW_DAYS = 62  # a shorter axis is told in days
MOST_TICKS = 7
ROOM = 0.05  # of the span is left free beyond the outermost values


class NotDrawn(ValueError):
    """The figure asks for a mark or an axis that this module does not draw."""


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Axis:
    """`kind` says what its values are; `low` and `high` are its ends in days, numbers or places of names."""

    kind: str
    low: float
    high: float
    names: tuple[str, ...]
    is_reversed: bool
    is_shown: bool
    ticks: tuple[Tick, ...]
    title: str

    def number(self, value: Value) -> float | None:
        """A value as a number of this axis; None is a gap."""
        if value is None:
            return None
        if self.kind == NAMES:
            return self.names.index(str(value)) + 0.5 if str(value) in self.names else None
        return days(str(value)) if self.kind == DATE else float(value)

    def share(self, number: float) -> float:
        """How far along the axis a number stands: 0 at its start, 1 at its end."""
        share = (number - self.low) / (self.high - self.low)
        return 1 - share if self.is_reversed else share


def axis(told: dict[str, Any], values: Iterable[Value], *, bars: bool = False) -> Axis:
    """The axis of `values` as the layout tells it; bars begin at zero."""
    present = [value for value in values if value is not None]
    kind = _kind(told, present)
    is_reversed = told.get("autorange") == "reversed"
    names: tuple[str, ...] = ()
    if kind == NAMES:
        names = tuple(dict.fromkeys(str(value) for value in present))
        low, high = 0.0, float(len(names) or 1)
    else:
        low, high = _ends(told, [days(str(one)) if kind == DATE else float(one) for one in present], kind, bars=bars)
    if low > high:
        low, high, is_reversed = high, low, True
    ticks = _ticks(told, kind, low, high, names)
    title = str((told.get("title") or {}).get("text") or "")
    return Axis(kind, low, high, names, is_reversed, told.get("visible", True), tuple(ticks), title)


def days(written: str) -> float:
    """An ISO day or instant as days, so that it can be placed."""
    moment = datetime.fromisoformat(written)
    return moment.toordinal() + (moment.hour * 60 + moment.minute) / 1440


def _kind(told: dict[str, Any], values: Sequence[Value]) -> str:
    asked = told.get("type")
    if asked in ("date", "category", "linear"):
        return {"date": DATE, "category": NAMES, "linear": NUMBER}[asked]
    if asked is not None:
        raise NotDrawn(f"axis of type {asked}")
    if any(isinstance(value, str) for value in values):
        return DATE if all(_is_day(value) for value in values) else NAMES
    return NUMBER


def _is_day(value: Value) -> bool:
    try:
        days(str(value))
    except ValueError:
        return False
    return True


def _ends(told: dict[str, Any], numbers: Sequence[float], kind: str, *, bars: bool) -> tuple[float, float]:
    asked = told.get("range")
    if asked:
        low, high = (days(str(one)) if kind == DATE else float(one) for one in asked)
        return low, high if high != low else low + 1
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    from_zero = kind == NUMBER and (bars or told.get("rangemode") == "tozero")
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    room = (high - low) * ROOM or 1.0
    return (low if from_zero and low == 0 else low - room), (high if from_zero and high == 0 else high + room)


def _ticks(told: dict[str, Any], kind: str, low: float, high: float, names: tuple[str, ...]) -> list[Tick]:
    if told.get("showticklabels") is False or told.get("visible") is False:
        return []
    if told.get("tickvals") is not None:
        words = told.get("ticktext") or [number_words(float(one), 1) for one in told["tickvals"]]
        return [Tick(float(one), str(word)) for one, word in zip(told["tickvals"], words, strict=True)]
    if kind == NAMES:
        return [Tick(place + 0.5, name) for place, name in enumerate(names)]
    if kind == DATE:
        return _day_ticks(low, high) if high - low <= FEW_DAYS else _month_ticks(low, high)
    step = float(told.get("dtick") or _step(low, high))
    first = ceil(low / step - 1e-9)
    return [Tick(one * step, number_words(one * step, step)) for one in range(first, floor(high / step + 1e-9) + 1)]


def _step(low: float, high: float) -> float:
    """A round distance (1, 2 or 5 times a power of ten) that gives at most seven ticks."""
    least = (high - low) / MOST_TICKS
    power = 10.0 ** floor(log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)


def number_words(value: float, step: float) -> str:
    """A number with thousands separators and as many decimals as the ticks need."""
    decimals = max(0, -floor(log10(step) + 1e-9)) if step < 1 else 0
    return f"{0.0 if abs(value) < 1e-12 else value:,.{decimals}f}"


def _day_ticks(low: float, high: float) -> list[Tick]:
    step = next((one for one in DAYS if (high - low) / one <= MOST_TICKS), DAYS[-1])
    words = "j M" if _in_english() else "n月j日"
    first = date.fromordinal(ceil(low))
    found = [first + timedelta(days=step * place) for place in range(int((high - first.toordinal()) // step) + 1)]
    return [Tick(float(one.toordinal()), str(date_format(one, words))) for one in found]


def _month_ticks(low: float, high: float) -> list[Tick]:
    span = (high - low) / 30.44
    step = next((one for one in MONTHS if span / one <= MOST_TICKS), MONTHS[-1])
    words = "M Y" if _in_english() else "Y年n月"
    first = date.fromordinal(ceil(low))
    number = first.year * 12 + first.month - 1 + (first.day > 1)
    number += -number % step
    found = []
    while (one := date(number // 12, number % 12 + 1, 1)).toordinal() <= high:
        found.append(Tick(float(one.toordinal()), str(date_format(one, words))))
        number += step
    return found


def _in_english() -> bool:
    return (get_language() or "en").startswith("en")
