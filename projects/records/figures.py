"""A plan as a Plotly figure: for each entry the date first agreed, the date agreed now, and when it is expected or
was done. Pure: plain values in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.utils.formats import date_format
from django.utils.translation import gettext as _

Figure: TypeAlias = dict[str, Any]

FIRST, AGREED, EXPECTED, DONE, INK, BAND = "#5b7c99", "#0b5394", "#b45f06", "#38761d", "#43536a", "#e6eaf0"
LONGEST_NAME = 18


@dataclass(frozen=True, slots=True)
class Bar:
    """One entry: its name and its four dates."""

    name: str
    original_on: date
    current_on: date
    expected_on: date
    done_on: date | None


def timeline(bars: Sequence[Bar], today: date) -> Figure | None:
    """One line per entry, the first on top; a grey bar joins the first date with the last. None without entries."""
    if not bars:
        return None
    names = [as_text(name) for name in short_names([bar.name for bar in bars])]
    open_ones = [(name, bar) for name, bar in zip(names, bars, strict=True) if bar.done_on is None]
    done_ones = [(name, bar) for name, bar in zip(names, bars, strict=True) if bar.done_on is not None]
    everyone = list(zip(names, bars, strict=True))
    traces = [_span(name, bar) for name, bar in everyone] + [
        _dots("○", _("First agreed"), everyone, "original_on", FIRST, "circle-open", 12),
        _dots("|", _("Agreed now"), everyone, "current_on", AGREED, "line-ns-open", 16),
        _dots("◇", _("Expected"), open_ones, "expected_on", EXPECTED, "diamond-open", 11),
        _dots("●", _("Done"), done_ones, "done_on", DONE, "circle", 11),
    ]
    return {
        "data": [trace for trace in traces if trace["x"]],
        "layout": {
            "hovermode": "closest",
            "margin": {"l": 20, "r": 20, "t": 22, "b": 34},
            "xaxis": {"type": "date"},
            "yaxis": {"type": "category", "autorange": "reversed", "ticks": "", "fixedrange": True},
            "shapes": [_today_line(today)],
            "annotations": [_today_words(today)],
        },
    }


def as_text(name: str) -> str:
    """A name that the chart shows as typed and never reads as markup."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def short_names(names: Sequence[str]) -> list[str]:
    """Names short enough for the side of a chart, each still its own: equal ones are numbered."""
    found: list[str] = []
    for name in names:
        short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"
        number = 2
        while short in found:
            short = f"{short.rstrip('0123456789 ')} {number}"
            number += 1
        found.append(short)
    return found


def _span(name: str, bar: Bar) -> Figure:
    days = [bar.original_on, bar.current_on, bar.done_on or bar.expected_on]
    return {
        "type": "scatter",
        "mode": "lines",
        "showlegend": False,
        "x": [min(days).isoformat(), max(days).isoformat()],
        "y": [name, name],
        "line": {"color": BAND, "width": 8},
        "hoverinfo": "skip",
    }


def _dots(
    sign: str, title: str, bars: Sequence[tuple[str, Bar]], column: str, colour: str, symbol: str, size: int
) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": f"{sign} {title}",
        "x": [getattr(bar, column).isoformat() for _name, bar in bars],
        "y": [name for name, _bar in bars],
        "text": [f"{as_text(bar.name)}: {title} {date_format(getattr(bar, column))}" for _name, bar in bars],
        "hoverinfo": "text",
        "marker": {"color": colour, "symbol": symbol, "size": size, "line": {"width": 2.5, "color": colour}},
    }


def _today_line(today: date) -> Figure:
    day = today.isoformat()
    line = {"color": INK, "width": 1}
    return {"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _today_words(today: date) -> Figure:
    return {
        "x": today.isoformat(),
        "y": 1,
        "yref": "paper",
        "text": _("today"),
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"color": INK, "size": 12},
    }
