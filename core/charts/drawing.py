"""A whole chart as one SVG: title, note, axes, marks, legend. Its height grows with its words. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language

from core.charts import marks
from core.charts.axes import Tick, axis
from core.charts.marks import Plot, Trace
from core.charts.words import FONTS, HOUSE_FONTS, INK, QUIET, element, lines, shortened, text, width

GRID: Final = "#dfe4ea"
EDGE: Final = 12.0
SMALL, TITLE = 12.0, 17.0
LONGEST_NAME: Final = 0.34  # of the drawing's width may be names beside the axis
LEGEND_ROW: Final = 20.0


def svg(
    figure: dict[str, Any], *, title: str = "", note: str = "", size: tuple[int, int] = (960, 440), label: str = ""
) -> str:
    """`title` says the finding and `note` the rest (units, coverage, as-at day); both are left out when blank.

    `size` is that of plot and axes; title, note and legend come on top of its height. `label` is what a
    screen reader hears where the drawing is not hidden from it; the title when blank.
    """
    data, layout = figure["data"], figure.get("layout") or {}
    across, tall = size
    head = list(_head(title, note, across))
    top = EDGE + sum(height for _element, height in head)
    plot = _plot(data, layout, top=top, across=float(across), bottom=top + tall)
    legend, legend_height = _legend(data, across, top + tall + EDGE)
    height = top + tall + EDGE + legend_height
    under, over = _shapes(plot, layout)
    drawn = [
        *_placed(head),
        *_axes(plot),
        *under,
        *marks.traces(plot, data, layout),
        *over,
        *(marks.annotation(plot, one) for one in layout.get("annotations") or ()),
        *legend,
    ]
    family = FONTS.get(get_language() or "en", HOUSE_FONTS)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{height:.0f}"'
        f' viewBox="0 0 {across} {height:.0f}" role="img" aria-label={quoteattr(label or title)}'
        f" font-family={quoteattr(family)}>{f'<title>{escape(title)}</title>' if title else ''}"
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(drawn)}</svg>'
    )


def _head(title: str, note: str, across: int) -> Iterator[tuple[tuple[str, float, str], float]]:
    """Each line of the title and of the note, with its size and colour, and the height it takes."""
    for line in lines(title, across - 2 * EDGE, TITLE):
        yield (line, TITLE, INK), TITLE * 1.4
    for line in lines(note, across - 2 * EDGE, SMALL):
        yield (line, SMALL, QUIET), SMALL * 1.5


def _placed(head: Sequence[tuple[tuple[str, float, str], float]]) -> Iterator[str]:
    at = EDGE
    for (line, size, colour), height in head:
        at += height
        weight = "bold" if size == TITLE else None
        yield text(line, EDGE, at - height * 0.3, size=size, fill=colour, font_weight=weight)


def _plot(data: Sequence[Trace], layout: dict[str, Any], *, top: float, across: float, bottom: float) -> Plot:
    """The axes of everything drawn, and the room their words leave."""
    x = axis(layout.get("xaxis") or {}, _values(data, "x", layout), bars=_are_lengths(data, "h"))
    y = axis(layout.get("yaxis") or {}, _values(data, "y", layout), bars=_are_lengths(data, "v"))
    names = max((width(tick.words, SMALL) for tick in y.ticks), default=0)
    left = EDGE + min(names, across * LONGEST_NAME) + 8
    upper = top + 14 + (18 if y.title else 0)
    lower = bottom - (24 if x.ticks else 4) - (20 if x.title else 0)
    return Plot(left, upper, across - left - 2 * EDGE, lower - upper, x, y)


def _are_lengths(data: Sequence[Trace], orientation: str) -> bool:
    return any(trace["type"] == "bar" and trace.get("orientation", "v") == orientation for trace in data)


def _values(data: Sequence[Trace], name: str, layout: dict[str, Any]) -> list[Any]:
    """Every value along an axis, with the ends of bars and of shapes that lie in data."""
    found: list[Any] = []
    sums: dict[Any, float] = {}
    for trace in data:
        values, other = trace[name], trace["y" if name == "x" else "x"]
        is_length = trace["type"] == "bar" and (trace.get("orientation") == "h") == (name == "x")
        if is_length and layout.get("barmode") in ("stack", "relative"):
            for key, value in zip(other, values, strict=True):
                sums[key] = sums.get(key, 0.0) + float(value or 0)
        elif is_length and isinstance(trace.get("base"), (list, tuple)):
            ends = zip(trace["base"], values, strict=True)
            found += [float(base) + float(value or 0) for base, value in ends]
        else:
            found += values
    for shape in layout.get("shapes") or ():
        if shape.get(f"{name}ref") != "paper":
            found += [shape[f"{name}0"], shape[f"{name}1"]]
    return [*found, *sums.values()]


def _axes(plot: Plot) -> Iterator[str]:
    """A light line and words at each tick, and what each axis measures."""
    bottom, right = plot.top + plot.height, plot.left + plot.width
    if plot.y.is_shown:
        for tick in plot.y.ticks:
            at = plot.up(tick.at)
            words = shortened(tick.words, plot.left - EDGE - 8, SMALL)
            yield element("line", x1=plot.left, x2=right, y1=at, y2=at, stroke=GRID)
            yield text(words, plot.left - 8, at + 4, size=SMALL, anchor="end", fill=QUIET)
    if plot.x.is_shown:
        for tick in _apart(plot):
            at = plot.across(tick.at)
            yield element("line", x1=at, x2=at, y1=plot.top, y2=bottom, stroke=GRID)
            yield text(tick.words, at, bottom + 18, size=SMALL, anchor="middle", fill=QUIET)
        yield element("line", x1=plot.left, x2=right, y1=bottom, y2=bottom, stroke="#8a96a8")
    yield from _titles(plot, right, bottom)


def _titles(plot: Plot, right: float, bottom: float) -> Iterator[str]:
    if plot.y.title:
        yield text(plot.y.title, EDGE, plot.top - 14, size=SMALL, fill=QUIET)
    if plot.x.title:
        yield text(plot.x.title, right, bottom + 38, size=SMALL, anchor="end", fill=QUIET)


def _apart(plot: Plot) -> Iterator[Tick]:
    """The ticks along the foot whose words do not run into each other; names are cut before one is lost."""
    end = float("-inf")
    each = plot.width / max(1, len(plot.x.ticks)) - 6
    is_named: bool = bool(plot.x.names)
    for tick in sorted(plot.x.ticks, key=lambda one: plot.across(one.at)):
        words = shortened(tick.words, each, SMALL) if is_named else tick.words
        half = width(words, SMALL) / 2
        at = plot.across(tick.at)
        if at - half > end:
            yield Tick(tick.at, words)
            end = at + half + 6


def _shapes(plot: Plot, layout: dict[str, Any]) -> tuple[list[str], list[str]]:
    told = layout.get("shapes") or ()
    under = [marks.shape(plot, one) for one in told if one.get("layer") == "below"]
    return under, [marks.shape(plot, one) for one in told if one.get("layer") != "below"]


def _legend(data: Sequence[Trace], across: int, top: float) -> tuple[list[str], float]:
    """Each named trace with a sample of its mark, in rows; and the height of them all."""
    named = [(number, one) for number, one in enumerate(data) if one.get("name") and one.get("showlegend", True)]
    drawn: list[str] = []
    x, y = EDGE, top + 4
    for number, trace in named:
        room = 30 + width(trace["name"], SMALL) + 18
        if x > EDGE and x + room > across - EDGE:
            x, y = EDGE, y + LEGEND_ROW
        drawn += [_sample(trace, marks.colour_of(trace, number), x, y), text(trace["name"], x + 30, y + 4, size=SMALL)]
        x += room
    return drawn, (y - top + LEGEND_ROW) if named else 0.0


def _sample(trace: Trace, colour: str, x: float, y: float) -> str:
    line = trace.get("line") or {}
    if trace["type"] == "bar" or trace.get("fill", "none") != "none":
        return element("rect", x=x + 4, y=y - 5, width=16.0, height=10.0, fill=colour)
    if "lines" not in trace.get("mode", "lines"):
        marker = trace.get("marker") or {}
        return marks.sign(marker.get("symbol", "circle"), x + 12, y, 10.0, colour)
    told = {"stroke_width": 2.5, "stroke_dasharray": marks.DASHES.get(line.get("dash", ""))}
    return element("line", x1=x, x2=x + 24, y1=y, y2=y, stroke=colour, **told)
