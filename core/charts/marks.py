"""The marks of a figure - lines, points, areas, bars, shapes, annotations - as SVG elements on a plot. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from core.charts.axes import NAMES, Axis, NotDrawn, Value
from core.charts.words import INK, element, text

Trace: TypeAlias = dict[str, Any]
Spot: TypeAlias = tuple[float, float]

DASHES = {"dash": "6 4", "dot": "2 3", "dashdot": "6 3 2 3", "longdash": "10 4"}
COLOURS = ("#0b5394", "#b45f06", "#38761d", "#741b47", "#666666", "#0097a7")
THICKNESS = 0.72  # of a name's place is bar, the rest keeps bars apart
BASELINES = {"bottom": -4, "middle": 4, "top": 12}
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the axes lie on the drawing, in its units; `y` grows downwards on the drawing, upwards on the axis."""

    left: float
    top: float
    width: float
    height: float
    x: Axis
    y: Axis

    def spot(self, x: Value, y: Value) -> Spot | None:
        """Where a point is drawn; None for a gap."""
        across, up = self.x.number(x), self.y.number(y)
        return None if across is None or up is None else (self.across(across), self.up(up))

    def across(self, number: float) -> float:
        return self.left + self.x.share(number) * self.width

    def up(self, number: float) -> float:
        return self.top + (1 - self.y.share(number)) * self.height

    def place(self, written: dict[str, Any], name: str) -> float:
        """The place of a shape or an annotation: in data, or in shares of the plot where its reference says paper."""
        is_x = name.startswith("x")
        value = written[name]
        if written.get(f"{name[0]}ref") == "paper":
            return self.left + value * self.width if is_x else self.top + (1 - value) * self.height
        number = (self.x if is_x else self.y).number(value)
        if number is None:
            raise NotDrawn(f"a place that is not on the axis: {value}")
        return self.across(number) if is_x else self.up(number)


def colour_of(trace: Trace, number: int) -> str:
    """The colour a trace is known by in the legend."""
    line, marker = trace.get("line") or {}, trace.get("marker") or {}
    own = marker.get("color") if trace["type"] == "bar" else trace.get("fillcolor") or line.get("color")
    found = own or marker.get("color") or COLOURS[number % len(COLOURS)]
    return str(found) if isinstance(found, str) else str(next(iter(found)))


def traces(plot: Plot, data: Sequence[Trace], layout: dict[str, Any]) -> Iterator[str]:
    """Every trace in its order, bars as their mode lays them beside or upon each other."""
    bars = [trace for trace in data if trace["type"] == "bar"]
    stacks: dict[tuple[Any, bool], float] = {}
    before: list[Spot] = []
    for number, trace in enumerate(data):
        if trace["type"] == "bar":
            yield from _bars(plot, trace, bars, layout.get("barmode", "group"), stacks, colour_of(trace, number))
        elif trace["type"] == "scatter":
            yield from _scatter(plot, trace, before, COLOURS[number % len(COLOURS)])
            before = [spot for run in _runs(plot, trace) for spot in run]
        else:
            raise NotDrawn(f"trace of type {trace['type']}")


def _scatter(plot: Plot, trace: Trace, before: Sequence[Spot], fallback: str) -> Iterator[str]:
    line, mode = trace.get("line") or {}, trace.get("mode", "lines")
    colour, runs = line.get("color", fallback), _runs(plot, trace)
    fill = trace.get("fill", "none")
    if fill != "none":
        for run in runs:
            yield element("path", d=_path(_closed(plot, run, before, fill)) + "Z", fill=trace.get("fillcolor", colour))
    if "lines" in mode and line.get("width", 2):
        told = {"stroke_width": line.get("width", 2), "stroke_dasharray": DASHES.get(line.get("dash", ""))}
        for run in runs:
            yield element("path", d=_path(run), fill="none", stroke=colour, stroke_linejoin="round", **told)
    if "markers" in mode:
        yield from _markers(plot, trace, colour)


def _closed(plot: Plot, run: Sequence[Spot], before: Sequence[Spot], fill: str) -> list[Spot]:
    if fill == "toself":
        return list(run)
    if fill == "tozeroy":
        floor = plot.up(max(plot.y.low, min(0.0, plot.y.high)))
        return [*run, (run[-1][0], floor), (run[0][0], floor)]
    if fill == "tonexty":
        return [*run, *reversed(before)]
    raise NotDrawn(f"fill {fill}")


def _runs(plot: Plot, trace: Trace) -> list[list[Spot]]:
    """The points of a line without its gaps, with the corners of its steps."""
    runs: list[list[Spot]] = [[]]
    for x, y in zip(trace["x"], trace["y"], strict=True):
        spot = plot.spot(x, y)
        if spot is not None:
            runs[-1].append(spot)
        elif not trace.get("connectgaps"):
            runs.append([])
    shape = (trace.get("line") or {}).get("shape", "linear")
    return [list(_stepped(run, shape)) for run in runs if run]


def _stepped(run: Sequence[Spot], shape: str) -> Iterator[Spot]:
    if shape not in ("linear", "hv", "vh", "spline"):
        raise NotDrawn(f"line of shape {shape}")
    for number, (x, y) in enumerate(run):
        if number and shape == "hv":
            yield x, run[number - 1][1]
        elif number and shape == "vh":
            yield run[number - 1][0], y
        yield x, y


def _path(spots: Iterable[Spot]) -> str:
    return "".join(f"{'L' if number else 'M'}{x:.1f} {y:.1f}" for number, (x, y) in enumerate(spots))


def _markers(plot: Plot, trace: Trace, fallback: str) -> Iterator[str]:
    marker = trace.get("marker") or {}
    count = len(trace["x"])
    sizes, colours = _each(marker.get("size", 6), count), _each(marker.get("color", fallback), count)
    for x, y, size, colour in zip(trace["x"], trace["y"], sizes, colours, strict=True):
        spot = plot.spot(x, y)
        if spot is not None and size:
            yield sign(marker.get("symbol", "circle"), *spot, float(size), str(colour))


def _each(told: Any, count: int) -> list[Any]:
    return list(told) if isinstance(told, (list, tuple)) else [told] * count


def sign(symbol: str, x: float, y: float, size: float, colour: str) -> str:
    """A point's sign; an open one is an outline."""
    half, is_open = size / 2, symbol.endswith("-open")
    look = {"fill": "#fff", "stroke": colour, "stroke_width": 2} if is_open else {"fill": colour}
    base = symbol.removesuffix("-open")
    if base == "circle":
        return element("circle", cx=x, cy=y, r=half, **look)
    drawn = {
        "diamond": f"M{x:.1f} {y - half:.1f}l{half} {half}l{-half} {half}l{-half} {-half}Z",
        "square": f"M{x - half:.1f} {y - half:.1f}h{size}v{size}h{-size}Z",
        "triangle-up": f"M{x:.1f} {y - half:.1f}l{half} {size}h{-size}Z",
        "line-ns": f"M{x:.1f} {y - half:.1f}v{size}",
        "x-thin": f"M{x - half:.1f} {y - half:.1f}l{size} {size}m0 {-size}l{-size} {size}",
    }
    if base not in drawn:
        raise NotDrawn(f"marker {symbol}")
    return element("path", d=drawn[base], **look)


def _bars(
    plot: Plot, trace: Trace, bars: Sequence[Trace], mode: str, stacks: dict[tuple[Any, bool], float], colour: str
) -> Iterator[str]:
    lying = trace.get("orientation") == "h"
    along, across = (plot.x, plot.y) if lying else (plot.y, plot.x)
    names, lengths = (trace["y"], trace["x"]) if lying else (trace["x"], trace["y"])
    bases, count = _each(trace.get("base"), len(names)), len(names)
    colours = _each((trace.get("marker") or {}).get("color", colour), count)
    side_by_side = len(bars) if mode == "group" else 1
    number = bars.index(trace) if mode == "group" else 0
    thick = (THICKNESS if across.kind == NAMES else _closest(names, across) * THICKNESS) / side_by_side
    for name, length, base, own in zip(names, lengths, bases, colours, strict=True):
        middle, size = across.number(name), along.number(length)
        if middle is None or size is None:
            continue
        start = float(base or 0)
        if mode in ("stack", "relative"):
            start = stacks.get((name, size < 0), 0.0)
            stacks[name, size < 0] = start + size
        edge = middle + (number - side_by_side / 2) * thick
        ends = (plot.across, plot.up) if lying else (plot.up, plot.across)
        yield _bar(ends, (start, start + size), (edge, edge + thick), lying=lying, trace=trace, colour=own)


def _bar(
    ends: tuple[Callable[[float], float], Callable[[float], float]],
    along: tuple[float, float],
    across: tuple[float, float],
    *,
    lying: bool,
    trace: Trace,
    colour: str,
) -> str:
    first, second = sorted(ends[0](one) for one in along), sorted(ends[1](one) for one in across)
    (left, right), (top, bottom) = (first, second) if lying else (second, first)
    marker = trace.get("marker") or {}
    hatched = bool((marker.get("pattern") or {}).get("shape"))
    look = {"stroke": colour, "stroke_dasharray": "3 2", "fill_opacity": 0.35} if hatched else {}
    look |= {"opacity": marker["opacity"]} if "opacity" in marker else {}
    return element("rect", x=left, y=top, width=right - left, height=bottom - top, fill=colour, **look)


def _closest(names: Sequence[Value], axis: Axis) -> float:
    """The least distance between two bars on an axis of days or numbers."""
    places = sorted({number for number in map(axis.number, names) if number is not None})
    return min((after - one for one, after in pairwise(places)), default=1.0)


def shape(plot: Plot, told: dict[str, Any]) -> str:
    line = told.get("line") or {}
    look = {
        "stroke": line.get("color"),
        "stroke_width": line.get("width", 1 if line else None),
        "stroke_dasharray": DASHES.get(line.get("dash", "")),
        "opacity": told.get("opacity"),
    }
    x0, x1, y0, y1 = (plot.place(told, name) for name in ("x0", "x1", "y0", "y1"))
    if told["type"] == "line":
        return element("line", x1=x0, x2=x1, y1=y0, y2=y1, **look)
    if told["type"] == "rect":
        left, top, fill = min(x0, x1), min(y0, y1), told.get("fillcolor", "none")
        return element("rect", x=left, y=top, width=abs(x1 - x0), height=abs(y1 - y0), fill=fill, **look)
    raise NotDrawn(f"shape {told['type']}")


def annotation(plot: Plot, told: dict[str, Any]) -> str:
    font = told.get("font") or {}
    x = plot.place(told, "x") + told.get("xshift", 0)
    y = plot.place(told, "y") - told.get("yshift", 0) + BASELINES[told.get("yanchor", "middle")]
    anchor = ANCHORS[told.get("xanchor", "center")]
    return text(told["text"], x, y, size=font.get("size", 12), anchor=anchor, fill=font.get("color", INK))
