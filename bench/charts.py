"""Six charts of one page as JSON: from plain dicts, as we make them, and through Plotly's graph objects (SPEED)."""

from datetime import date, timedelta

import plotly.graph_objects as go

from bench.measure import Figure, medians
from core.templatetags.charts import chart_figure
from dashboards.figures import Figure as Chart
from dashboards.figures import Point, TargetLine, s_curve

CHARTS, MONTHS = 6, 36
GOAL = 0.2
FIRST = date(2024, 1, 1)


def drawn(seconds: float) -> Figure:
    """Both from the same points, to the text that a page carries."""
    points = [Point(FIRST + timedelta(days=30 * month), month * 5) for month in range(MONTHS)]

    def floor() -> None:
        for _ in range(CHARTS):
            go.Figure(_chart(points)).to_json()

    def ours() -> None:
        for _ in range(CHARTS):
            chart_figure(_chart(points), "chart")

    slow, taken = medians(floor, ours, rounds=40, seconds=seconds)
    return Figure("six charts as JSON", CHARTS, slow, taken, GOAL)


def _chart(points: list[Point]) -> Chart:
    targets = [TargetLine(100, date(2026, 12, 31)), TargetLine(200, date(2027, 12, 31))]
    return s_curve(actual=points[:30], plan=points, targets=targets, today=points[29].on, last=points[-1].on)
