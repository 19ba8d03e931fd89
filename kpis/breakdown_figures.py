"""The groups of a KPI as bars beside the whole, and as the table of the same numbers. Hidden figures are in neither."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kpis.breakdown_wording import DIMENSIONS
from kpis.figures import ACTUAL, TARGET, Table
from kpis.numbers import shown
from kpis.selectors import Breakdown
from kpis.selectors.breakdowns import Figure, Group

BAR, LEAST = 34, 120  # pixels of a bar with its gap, and of the axis and margins


def shown_as_charts(breakdowns: Iterable[Breakdown]) -> list[dict[str, Any]]:
    """Each dimension's title, figure and table, as `components/chart.html` takes them."""
    return [
        {
            "breakdown": one,
            "figure": breakdown_figure(one),
            "table": breakdown_table(one),
            "chart_id": f"breakdown-{one.dimension.replace('_', '-')}",
        }
        for one in breakdowns
    ]


def breakdown_figure(breakdown: Breakdown) -> dict[str, Any] | None:
    """The last period's groups, the first on top; None where no value may be shown."""
    told = [group for group in reversed(breakdown.groups) if group.latest.value is not None]
    if not told:
        return None
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": str(DIMENSIONS[breakdown.dimension]),
                "y": [str(group.label) for group in told],
                "x": [float(group.latest.value or 0) for group in told],
                "text": [shown(group.latest.value, breakdown.unit) for group in told],
                "hoverinfo": "y+text",
                "marker": {"color": ACTUAL},
            },
            *_whole(breakdown, told),
        ],
        "layout": {
            "height": LEAST + BAR * len(told),
            "xaxis": {"title": {"text": breakdown.unit}, "rangemode": "tozero"},
            "yaxis": {"automargin": True},
            "margin": {"t": 16, "r": 24},
        },
    }


def breakdown_table(breakdown: Breakdown) -> Table:
    """Groups with their figures of each period; of a ratio the last period's cases too."""
    counted = any(group.latest.denominator is not None for group in breakdown.groups)
    headings = [str(DIMENSIONS[breakdown.dimension]), *breakdown.periods]
    headings += [_("Counted over, %(period)s") % {"period": breakdown.periods[0]}] if counted else []
    rows = [
        [str(group.label), *(_words(one, breakdown.unit) for one in group.figures), *_over(group, is_told=counted)]
        for group in breakdown.groups
    ]
    return {"headings": headings, "rows": rows}


def _whole(breakdown: Breakdown, told: list[Group]) -> list[dict[str, Any]]:
    """A line at the value of the whole, where groups and whole are alike: a sum is not one of its parts."""
    if breakdown.whole is None or not any(group.latest.denominator is not None for group in told):
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": _("The whole: %(value)s") % {"value": shown(breakdown.whole, breakdown.unit)},
            "x": [float(breakdown.whole)] * 2,
            "y": [str(told[0].label), str(told[-1].label)],
            "hoverinfo": "name",
            "line": {"color": TARGET, "width": 1.5, "dash": "dash"},
        }
    ]


def _words(figure: Figure, unit: str) -> str:
    return _("hidden") if figure.is_hidden else shown(figure.value, unit)


def _over(group: Group, *, is_told: bool) -> list[str]:
    if not is_told:
        return []
    return [_("hidden") if group.latest.is_hidden else shown(group.latest.denominator)]
