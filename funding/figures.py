"""The what-if bench's numbers as a Plotly figure and as the table of the same numbers. Plain values in and out."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from funding.models import Tier
from funding.rules.tiers import TIERS
from funding.rules.whatif import Load

Figure: TypeAlias = dict[str, Any]

COLOURS = {"department": "#5b7c99", "working_group": "#0b5394", "legco": "#c8102e"}


def load_figure(loads: Sequence[Load]) -> Figure | None:
    """Requests of each body by month: as they were decided in full colour, under the assumption hatched beside it."""
    if not loads:
        return None
    traces = [_bars(loads, tier, side) for side in ("before", "after") for tier in TIERS]
    return {
        "data": traces,
        "layout": {
            "barmode": "group",
            "xaxis": {"type": "category", "title": {"text": _("Month of first submission")}},
            "yaxis": {"title": {"text": _("requests")}, "rangemode": "tozero", "dtick": 1 if _top(loads) < 8 else None},
            "margin": {"t": 16, "r": 16},
        },
    }


def load_table(loads: Sequence[Load]) -> Figure:
    headings = [_("Month"), _("Decided by"), _("As it is"), _("Under the assumption")]
    rows = [[load.month, str(Tier(load.tier).label), load.before, load.after] for load in loads]
    return {"headings": headings, "rows": rows}


def _bars(loads: Sequence[Load], tier: str, side: str) -> Figure:
    of_tier = [load for load in loads if load.tier == tier]
    name = _("%(tier)s, as it is") if side == "before" else _("%(tier)s, under the assumption")
    marker: Figure = {"color": COLOURS[tier]}
    if side == "after":
        marker |= {"pattern": {"shape": "/"}, "opacity": 0.75}
    return {
        "type": "bar",
        "name": name % {"tier": Tier(tier).label},
        "x": [load.month for load in of_tier],
        "y": [getattr(load, side) for load in of_tier],
        "marker": marker,
        "hovertemplate": "%{y}",
    }


def _top(loads: Sequence[Load]) -> int:
    return max(max(load.before, load.after) for load in loads)
