"""The overview's numbers as a Plotly figure and as the table of the same numbers. Pure: plain values in and out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import gettext as _

from dashboards.rules.outlook import BandPoint

Figure: TypeAlias = dict[str, Any]
Opens: TypeAlias = Callable[[str, date], str]  # "in_use", "plan" or "forecast" on a day: the address of its records

FORECAST, FORECAST_BAND = "#b45f06", "rgba(180, 95, 6, 0.18)"
NAVY, PLAN, RULE, GRID, INK = "#0b2545", "#5b7c99", "#c8102e", "#e3e8ee", "#43536a"


@dataclass(frozen=True, slots=True)
class Point:
    """How many procedures on one day."""

    on: date
    count: int


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A line to reach: `value` in use at the end of `due_on`."""

    value: int
    due_on: date


def turning_points(first: date, counts: Sequence[int]) -> list[Point]:
    """The days on which a daily count changes, with the first and the last day: all that a stepped line needs."""
    return [
        Point(first + timedelta(days=index), count)
        for index, count in enumerate(counts)
        if index == 0 or count != counts[index - 1] or index == len(counts) - 1
    ]


def cumulative(days: Sequence[date], *, first: date, last: date) -> list[Point]:
    """How many of `days` have come by each day on which that number changes; those before `first` start the line."""
    reached = sum(1 for day in days if day < first)
    points = [Point(first, reached)]
    for day in sorted(day for day in days if first <= day <= last):
        reached += 1
        if points[-1].on == day:
            points[-1] = Point(day, reached)
        else:
            points.append(Point(day, reached))
    if points[-1].on != last:
        points.append(Point(last, reached))
    return points


def s_curve(
    *,
    actual: Sequence[Point],
    plan: Sequence[Point],
    targets: Sequence[TargetLine],
    today: date,
    last: date,
    band: Sequence[BandPoint] = (),
    opens: Opens | None = None,
) -> Figure:
    """In use against the plan and the forecast, with every target and today marked. Counts of procedures by day.

    With `opens`, each point carries in its `customdata` the address of the records it counts.
    """
    first = actual[0].on
    seen = [point.count for point in [*actual, *plan]] + [point.high for point in band]
    top = max([target.value for target in targets] + seen + [10])
    return {
        "data": [
            *(_opening(trace, "forecast", opens) for trace in _fan(band)),
            _opening(_line(_("Plan"), plan, color=PLAN, width=2, dash="dot"), "plan", opens),
            _opening(_line(_("In use"), actual, color=NAVY, width=3), "in_use", opens),
            _opening(_markers(targets), "forecast", opens),
        ],
        "layout": {
            "margin": {"l": 44, "r": 20, "t": 14, "b": 34},
            "showlegend": False,
            "hovermode": "x unified",
            "xaxis": {
                "type": "date",
                "range": [first.isoformat(), (last + timedelta(days=12)).isoformat()],
                "gridcolor": GRID,
            },
            "yaxis": {
                "title": {"text": _("procedures")},
                "range": [0, top * 1.12],
                "gridcolor": GRID,
                "zeroline": False,
            },
            "shapes": [_target_line(target, first) for target in targets] + [_today_line(today)],
            "annotations": [_target_words(target) for target in targets] + [_today_words(today)],
        },
    }


def _opening(trace: Figure, what: str, opens: Opens | None) -> Figure:
    """The trace with an address for each of its points."""
    if opens is None:
        return trace
    return trace | {"customdata": [opens(what, date.fromisoformat(day)) for day in trace["x"]]}


def _line(name: str, points: Sequence[Point], *, color: str, width: int, dash: str = "solid") -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [point.on.isoformat() for point in points],
        "y": [point.count for point in points],
        "line": {"color": color, "width": width, "dash": dash, "shape": "hv"},
        "hovertemplate": "%{y}",
    }


def _fan(band: Sequence[BandPoint]) -> list[Figure]:
    """The forecast: its 5% and 95% edges with the band between them, and the dashed middle."""
    if not band:
        return []
    days = [point.on.isoformat() for point in band]
    edge = {"type": "scatter", "mode": "lines", "x": days, "line": {"color": FORECAST, "width": 0}}
    return [
        {
            **edge,
            "name": _("Forecast, 5% edge"),
            "y": [point.low for point in band],
            "showlegend": False,
            "hovertemplate": "%{y}",
        },
        {
            **edge,
            "name": _("Forecast: 5% to 95% of the futures"),
            "y": [point.high for point in band],
            "fill": "tonexty",
            "fillcolor": FORECAST_BAND,
            "hovertemplate": "%{y}",
        },
        {
            **edge,
            "name": _("Forecast, middle"),
            "y": [point.middle for point in band],
            "line": {"color": FORECAST, "width": 2.5, "dash": "dash"},
            "hovertemplate": "%{y}",
        },
    ]


def _markers(targets: Sequence[TargetLine]) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": _("Target"),
        "x": [target.due_on.isoformat() for target in targets],
        "y": [target.value for target in targets],
        "marker": {"color": RULE, "size": 11, "symbol": "diamond"},
        "hovertemplate": "%{y}",
    }


def _target_line(target: TargetLine, first: date) -> Figure:
    day = target.due_on.isoformat()
    return {
        "type": "line",
        "x0": first.isoformat(),
        "x1": day,
        "y0": target.value,
        "y1": target.value,
        "line": {"color": RULE, "width": 1, "dash": "dash"},
        "opacity": 0.55,
    }


def _target_words(target: TargetLine) -> Figure:
    return {
        "x": target.due_on.isoformat(),
        "y": target.value,
        "text": _("%(value)s by %(day)s") % {"value": target.value, "day": day_words(target.due_on)},
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "bottom",
        "xshift": -10,
        "font": {"color": RULE, "size": 12},
    }


def _today_line(today: date) -> Figure:
    day = today.isoformat()
    return {
        "type": "line",
        "x0": day,
        "x1": day,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": INK, "width": 1},
    }


def _today_words(today: date) -> Figure:
    return {
        "x": today.isoformat(),
        "y": 0,
        "yref": "paper",
        "text": _("today"),
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": 4,
        "font": {"color": INK, "size": 12},
    }


def month_table(
    *,
    actual: Sequence[Point],
    plan: Sequence[Point],
    today: date,
    last: date,
    band: Sequence[BandPoint] = (),
    opens: Opens | None = None,
) -> list[list[Any]]:
    """The curve as rows: at the end of each month, today and the last day, how many planned, in use and forecast.

    After today there is no actual number and up to today no forecast: None, never 0. With `opens`, a number planned
    or in use opens the records of that day.
    """
    rows, told = [], {point.on: point for point in band}
    for day in sorted({*month_ends(actual[0].on, last), today, last}):
        in_use = value_on(actual, day) if day <= today else None
        row = [day_words(day), _linked(value_on(plan, day), "plan", day, opens), _linked(in_use, "in_use", day, opens)]
        if band:
            point = told.get(day) if day > today else None
            row += [point.middle, f"{point.low}–{point.high}"] if point else [None, None]
        rows.append(row)
    return rows


def _linked(number: int | None, what: str, day: date, opens: Opens | None) -> Any:
    return number if opens is None or number is None else format_html('<a href="{}">{}</a>', opens(what, day), number)


def month_ends(first: date, last: date) -> list[date]:
    """The last day of each month from the month of `first` on, up to `last`."""
    found: list[date] = []
    year, month = first.year, first.month
    while True:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        end = date(year, month, 1) - timedelta(days=1)
        if end > last:
            return found
        found.append(end)


def value_on(points: Sequence[Point], day: date) -> int:
    """What a stepped line shows on `day`; 0 before it begins."""
    return next((point.count for point in reversed(points) if point.on <= day), 0)


def day_words(day: date) -> str:
    """A day as the reader's language writes it."""
    return str(formats.date_format(day, "DATE_FORMAT"))
