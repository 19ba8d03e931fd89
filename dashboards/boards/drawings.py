"""The boards' numbers as plain figures: money as ribbons, requests by stage. Pure: plain values in and out."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from core.charts.words import lines

Figure: TypeAlias = dict[str, Any]

NODE, INK = "#0b2545", "#16202e"
RIBBONS = {"in_use": "11,83,148", "claimed": "180,95,6", "nothing_yet": "102,102,102"}  # safe for colour-blind readers
COLOURS = {"department": "#5b7c99", "working_group": "#0b5394", "legco": "#b45f06"}
PLACES = (0.0, 0.48, 0.97)  # of the three columns, as shares of the width
WIDTH = 0.025
GAP = 0.02  # of the whole height between two nodes
ROOM = 0.065  # of the whole height is what a node's words need
STEPS = 16  # corners of each curved edge
SIZE = 12  # of words, in px
LONGEST_LINES = {0: 130, 2: 60}  # px that the words of the outer columns have on a phone


@dataclass(frozen=True, slots=True)
class Stream:
    """An amount that runs through one node of each of three columns; `look` names its colour."""

    through: tuple[str, str, str]
    amount: float
    look: str


@dataclass(frozen=True, slots=True)
class Node:
    column: int
    name: str
    low: float
    high: float
    foot: float  # where the room for its words ends

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def is_thin(self) -> bool:
        """Thinner than its words, which then stand below its band and not across it."""
        return self.high - self.low < (self.foot - self.low) / 2


def ribbons(streams: Sequence[Stream], *, words: Callable[[float], str]) -> Figure | None:
    """Streams as bands as wide as their amounts, from column to column; None when there is nothing to draw.

    Drawn with filled lines, because the bundle we serve has no such chart of its own.
    """
    streams = [stream for stream in streams if stream.amount > 0]
    if not streams:
        return None
    nodes = _nodes(streams)
    height = max(node.foot for node in nodes.values())
    return {
        "data": [*_bands(streams, nodes, words), *(_node(node) for node in nodes.values())],
        "layout": {
            "hovermode": "closest",
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": {"visible": False, "range": [-0.01, 1.01], "fixedrange": True},
            "yaxis": {"visible": False, "range": [height * 1.02, -height * 0.02], "fixedrange": True},
            "annotations": [one for node in nodes.values() for one in _labels(node, words, ROOM * height)],
        },
    }


def _nodes(streams: Sequence[Stream]) -> dict[tuple[int, str], Node]:
    """Every node with its place down its column: the largest first, far enough apart for their words."""
    total = sum(stream.amount for stream in streams)
    found: dict[tuple[int, str], Node] = {}
    for column in range(3):
        sums: defaultdict[str, float] = defaultdict(float)
        for stream in streams:
            sums[stream.through[column]] += stream.amount
        low = 0.0
        for name in sorted(sums, key=lambda one: (-sums[one], one)):
            foot = low + max(sums[name], total * ROOM)
            found[column, name] = Node(column, name, low, low + sums[name], foot)
            low = foot + total * GAP
    return found


def _bands(
    streams: Sequence[Stream], nodes: Mapping[tuple[int, str], Node], words: Callable[[float], str]
) -> Iterator[Figure]:
    """Two bands for each stream, in the order of the nodes they run between, so that few cross."""
    for column in (0, 1):
        used: defaultdict[tuple[str, int], float] = defaultdict(float)
        order = sorted(
            streams,
            key=lambda one: (nodes[column, one.through[column]].low, nodes[column + 1, one.through[column + 1]].low),
        )
        for stream in order:
            start, end = stream.through[column], stream.through[column + 1]
            left = nodes[column, start].low + used[start, 0]
            right = nodes[column + 1, end].low + used[end, 1]
            used[start, 0] += stream.amount
            used[end, 1] += stream.amount
            told = f"{start} → {end}: {words(stream.amount)}"
            yield _band(PLACES[column] + WIDTH, PLACES[column + 1], left, right, stream, told)


def _band(x0: float, x1: float, left: float, right: float, stream: Stream, told: str) -> Figure:
    shares = [step / STEPS for step in range(STEPS + 1)]
    xs = [x0 + (x1 - x0) * share for share in shares]
    tops = [left + (right - left) * share * share * (3 - 2 * share) for share in shares]
    feet = [top + stream.amount for top in tops]
    return _area([*xs, *reversed(xs)], [*tops, *reversed(feet)], f"rgba({RIBBONS[stream.look]},0.38)") | {
        "hoverinfo": "text",
        "text": told,
    }


def _node(node: Node) -> Figure:
    x = PLACES[node.column]
    return _area([x, x + WIDTH, x + WIDTH, x], [node.low, node.low, node.high, node.high], NODE) | {"hoverinfo": "skip"}


def _area(xs: Sequence[float], ys: Sequence[float], colour: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "showlegend": False,
        "x": [round(x, 4) for x in xs],
        "y": [round(y, 2) for y in ys],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0},
    }


def _labels(node: Node, words: Callable[[float], str], line: float) -> Iterator[Figure]:
    """Beside its node, inside the drawing. Only departments carry their amount: three amounts abreast need a screen.

    A name that is longer than its column on a phone stands on lines of its own, each `line` high.
    """
    amount = f" {words(node.high - node.low)}" if node.column == 1 else ""
    most = LONGEST_LINES.get(node.column)
    told = lines(node.name, most, SIZE) if most else [f"{node.name}{amount}"]
    top = (node.high if node.is_thin else node.middle) - line * (0 if node.is_thin else (len(told) - 1) / 2)
    for place, one in enumerate(told):
        yield _label(node, one, top + line * place)


def _label(node: Node, told: str, y: float) -> Figure:
    is_last = node.column == len(PLACES) - 1
    return {
        "x": PLACES[node.column] - 0.006 if is_last else PLACES[node.column] + WIDTH + 0.006,
        "y": y,
        "text": told,
        "showarrow": False,
        "xanchor": "right" if is_last else "left",
        "yanchor": "top" if node.is_thin else "middle",
        "font": {"color": INK, "size": SIZE},
    }


def stage_bars(
    counts: Mapping[tuple[str, str], int],
    stages: Mapping[str, str],
    tiers: Mapping[str, str],
    opens: Callable[..., str],
) -> Figure | None:
    """Waiting requests by stage, a bar for each tier after the last, each opening its requests; None for none."""
    if not any(counts.values()):
        return None
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": words,
                "y": list(stages.values()),
                "x": [counts[stage, tier] for stage in stages],
                "marker": {"color": COLOURS[tier]},
                "customdata": [opens(status=stage, tier=tier) for stage in stages],
                "hovertemplate": "%{x}",
            }
            for tier, words in tiers.items()
        ],
        "layout": {
            "barmode": "stack",
            "hovermode": "closest",
            "yaxis": {"type": "category", "autorange": "reversed"},
            "xaxis": {"title": {"text": _("requests")}, "rangemode": "tozero", "dtick": _tick(counts, stages)},
            "margin": {"t": 8, "r": 16},
        },
    }


def _tick(counts: Mapping[tuple[str, str], int], stages: Mapping[str, str]) -> int | None:
    """Whole requests only; None lets the axis choose where there are many."""
    highest = max(sum(count for (stage, _tier), count in counts.items() if stage == one) for one in stages)
    return 1 if highest < 8 else None
