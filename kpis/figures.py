"""A KPI's readings as a Plotly figure and as the table of the same numbers. Pure: plain values in and out."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kpis.numbers import shown
from kpis.rules.judgement import against_target
from kpis.selectors import Correction, Effect, History, Point
from kpis.wording import STANDING

Figure: TypeAlias = dict[str, Any]
Table: TypeAlias = dict[str, Any]

ACTUAL, BASELINE, TARGET, BAND = "#0b5394", "#5b7c99", "#c8102e", "rgba(91,124,153,0.18)"


def history_figure(history: History, corrections: Sequence[Correction] = ()) -> Figure | None:
    """Readings by period, gaps where there is no data, with baseline, targets and the values that were replaced.

    None when nothing is to draw.
    """
    if not history.points:
        return None
    points, unit = history.points, history.unit
    last = max([points[-1].start, *(target.due_on for target in history.targets)])
    traces = [*_usual(history), _readings(points, unit), *_replaced(corrections, unit)]
    if history.baseline:
        traces.append(_level(_("Baseline"), history.baseline.value, points[0].start, last, BASELINE, unit))
    if history.targets:
        traces.append(_targets(history, unit))
    return {
        "data": traces,
        "layout": {
            "xaxis": {"type": "date", "title": {"text": _("Period")}},
            "yaxis": {"title": {"text": unit}, "rangemode": "tozero"},
            "margin": {"t": 16, "r": 24},
        },
    }


def history_table(history: History) -> Table:
    """The same numbers, newest first; a ratio shows its parts."""
    is_ratio = history.kpi.definition.is_ratio
    headings = [_("Period"), f"{history.kpi.definition.in_language('name')} ({history.unit})"]
    headings += [_("Numerator"), _("Denominator")] if is_ratio else []
    headings += [_("Target of the period"), _("Against the target")] if history.targets else []
    rows = [_row(history, point, is_ratio=is_ratio) for point in reversed(history.points)]
    rest = [None] * (len(headings) - 2)
    if history.baseline:
        rows.append([_("Baseline"), _cell(history.baseline.value), *rest])
    rows += [[_target_name(target.due_on), _cell(target.value), *rest] for target in history.targets]
    return {"headings": headings, "rows": rows}


def _row(history: History, point: Point, *, is_ratio: bool) -> list[str | None]:
    """One reading, with the target of its period where targets are set."""
    row = [point.label, _cell(point.value)]
    if is_ratio:
        row += [_cell(point.numerator), _cell(point.denominator)]
    if history.targets:
        target = history.target_of(point)
        reached = against_target(
            point.value, target.value if target else None, direction=history.kpi.definition.direction
        )
        row += [_cell(target.value) if target else None, str(STANDING[reached])]
    return row


def _usual(history: History) -> list[Figure]:
    """The range of chance as a band, and the readings that left it as rings around them."""
    usual = history.usual
    if usual is None:
        return []
    days = [history.points[0].start.isoformat(), history.points[-1].start.isoformat()]
    edge: Figure = {"type": "scatter", "mode": "lines", "x": days, "hoverinfo": "skip", "line": {"width": 0}}
    band: list[Figure] = [
        edge | {"y": [usual.low, usual.low], "showlegend": False},
        edge | {"y": [usual.high, usual.high], "name": _("Usual range"), "fill": "tonexty", "fillcolor": BAND},
    ]
    if not history.signals:
        return band
    rings: Figure = {
        "type": "scatter",
        "mode": "markers",
        "name": _("Not chance"),
        "x": [point.start.isoformat() for point in history.signals],
        "y": [_number(point.value) for point in history.signals],
        "hoverinfo": "skip",
        "marker": {"size": 12, "symbol": "circle-open", "color": TARGET, "line": {"width": 1.5}},
    }
    return [*band, rings]


def _replaced(corrections: Sequence[Correction], unit: str) -> list[Figure]:
    """What was verified before it was corrected: shown beside what stands, never hidden."""
    old = [(one.period, reading, value) for one in corrections for reading, value in one.replaced]
    if not old:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": _("Replaced by a correction"),
            "x": [reading.period_start.isoformat() for _period, reading, _value in old],
            "y": [_number(value) for _period, _reading, value in old],
            "text": [f"{period}: {shown(value, unit)}" for period, _reading, value in old],
            "hoverinfo": "text+name",
            "marker": {"size": 8, "symbol": "x-thin-open", "color": BASELINE, "line": {"width": 1.5}},
        }
    ]


def effect_figure(effect: Effect) -> Figure | None:
    """Readings on both sides of go-live and what was to be expected after it, with its band; None without estimate."""
    if effect.estimate is None:
        return None
    unit, expected = effect.history.unit, effect.expected
    days = [start.isoformat() for start in expected]
    edge = {"type": "scatter", "mode": "lines", "x": days, "hoverinfo": "skip", "line": {"width": 0}}
    middle = {
        "type": "scatter",
        "mode": "lines",
        "name": _("Expected without going live"),
        "x": days,
        "y": [one.value for one in expected.values()],
        "hovertemplate": "%{y:.2f}",
        "line": {"color": BASELINE, "width": 2, "dash": "dot"},
    }
    live = effect.went_live_on.isoformat()
    return {
        "data": [
            edge | {"y": [one.low for one in expected.values()], "showlegend": False},
            edge
            | {
                "y": [one.high for one in expected.values()],
                "name": _("95% band"),
                "fill": "tonexty",
                "fillcolor": BAND,
            },
            middle,
            _readings([*effect.before, *effect.after], unit),
        ],
        "layout": {
            "xaxis": {"type": "date", "title": {"text": _("Period")}},
            "yaxis": {"title": {"text": unit}},
            "margin": {"t": 16, "r": 24},
            "shapes": [
                {
                    "type": "line",
                    "x0": live,
                    "x1": live,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": TARGET, "width": 1.5, "dash": "dash"},
                }
            ],
            "annotations": [
                {"x": live, "yref": "paper", "y": 1, "text": _("Went live"), "showarrow": False, "xanchor": "left"}
            ],
        },
    }


def effect_table(effect: Effect) -> Table:
    """The same numbers, newest first: each reading, and beside those after go-live what was to be expected."""
    headings = [_("Period"), pgettext("KPI", "Verified reading"), _("Expected without going live"), _("95% band")]
    expected = effect.expected
    rows: list[list[str | None]] = []
    for point in reversed([*effect.before, *effect.after]):
        one = expected.get(point.start)
        band = f"{_written(one.low)} – {_written(one.high)}" if one else None
        rows.append([point.label, _cell(point.value), _written(one.value) if one else None, band])
    return {"headings": headings, "rows": rows}


def _readings(points: Sequence[Point], unit: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": pgettext("KPI", "Verified reading"),
        "x": [point.start.isoformat() for point in points],
        "y": [_number(point.value) for point in points],
        "text": [f"{point.label}: {shown(point.value, unit)}" for point in points],
        "hoverinfo": "text+name",
        "connectgaps": False,
        "line": {"color": ACTUAL, "width": 2},
        "marker": {"size": 6},
    }


def _level(name: str, value: Decimal, first: date, last: date, colour: str, unit: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"{name}: {shown(value, unit)}",
        "x": [first.isoformat(), last.isoformat()],
        "y": [_number(value), _number(value)],
        "hoverinfo": "name",
        "line": {"color": colour, "width": 1.5, "dash": "dot"},
    }


def _targets(history: History, unit: str) -> Figure:
    """Each target on its day, held back to the first reading, so that the way still to go is seen."""
    days = [history.points[0].start, *(target.due_on for target in history.targets)]
    values = [history.targets[0].value, *(target.value for target in history.targets)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": _("Target"),
        "x": [day.isoformat() for day in days],
        "y": [_number(value) for value in values],
        "text": ["", *(f"{_target_name(target.due_on)}: {shown(target.value, unit)}" for target in history.targets)],
        "hoverinfo": "text",
        "line": {"color": TARGET, "width": 1.5, "dash": "dash", "shape": "vh"},
        "marker": {"size": [0, *(9 for _target in history.targets)], "symbol": "diamond"},
    }


def _target_name(due_on: date) -> str:
    return _("Target by %(day)s") % {"day": formats.date_format(due_on)}


def _number(value: Decimal | None) -> float | None:
    """Charts draw floats; the exact value is in the table."""
    return None if value is None else float(value)


def _written(value: float) -> str:
    return shown(Decimal(str(round(value, 2))))


def _cell(value: Decimal | None) -> str | None:
    return None if value is None else shown(value)
