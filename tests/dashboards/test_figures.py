"""The curve's numbers, from days to traces, without a database."""

from datetime import date, timedelta

import plotly.graph_objects as go
import pytest

from dashboards.figures import (
    Point,
    TargetLine,
    cumulative,
    month_ends,
    month_table,
    s_curve,
    turning_points,
    value_on,
)

FIRST, TODAY, LAST = date(2026, 10, 1), date(2026, 11, 22), date(2027, 12, 31)
TARGETS = [TargetLine(100, date(2026, 12, 31)), TargetLine(200, date(2027, 12, 31))]
ACTUAL = [Point(FIRST, 0), Point(date(2026, 10, 9), 3), Point(TODAY, 2)]
PLAN = [Point(FIRST, 1), Point(date(2026, 11, 1), 4), Point(LAST, 4)]


@pytest.fixture
def figure():
    return s_curve(actual=ACTUAL, plan=PLAN, targets=TARGETS, today=TODAY, last=LAST)


def trace(figure, name):
    return next(trace for trace in figure["data"] if trace["name"] == name)


def test_a_stepped_line_keeps_only_the_days_on_which_it_turns_and_its_ends():
    points = turning_points(FIRST, [0, 0, 2, 2, 1, 1])

    assert points == [
        Point(FIRST, 0),
        Point(FIRST + timedelta(days=2), 2),
        Point(FIRST + timedelta(days=4), 1),
        Point(FIRST + timedelta(days=5), 1),
    ]


def test_the_plan_adds_up_days_counts_two_of_one_day_and_those_before_the_line_begins():
    days = [date(2026, 9, 1), date(2026, 10, 5), date(2026, 10, 5), date(2028, 1, 1)]

    points = cumulative(days, first=FIRST, last=LAST)

    assert points == [Point(FIRST, 1), Point(date(2026, 10, 5), 3), Point(LAST, 3)]


def test_the_traces_hold_exactly_the_points(figure):
    in_use, plan = trace(figure, "In use"), trace(figure, "Plan")

    assert list(zip(in_use["x"], in_use["y"], strict=True)) == [
        ("2026-10-01", 0),
        ("2026-10-09", 3),
        ("2026-11-22", 2),
    ]
    assert plan["y"] == [1, 4, 4]
    assert in_use["line"]["shape"] == plan["line"]["shape"] == "hv"


def test_each_target_is_marked_on_its_day_and_today_is_drawn(figure):
    marks = trace(figure, "Target")

    assert list(zip(marks["x"], marks["y"], strict=True)) == [("2026-12-31", 100), ("2027-12-31", 200)]
    assert any(shape["x0"] == shape["x1"] == "2026-11-22" for shape in figure["layout"]["shapes"])
    assert figure["layout"]["yaxis"]["range"][1] > 200


def test_no_actual_point_lies_after_today(figure):
    assert max(trace(figure, "In use")["x"]) == TODAY.isoformat()


def test_plotly_takes_the_figure(figure):
    assert len(go.Figure(figure).data) == 3


def test_the_table_has_no_number_in_use_after_today_and_none_is_not_zero():
    rows = month_table(actual=ACTUAL, plan=PLAN, today=TODAY, last=date(2026, 12, 31))

    assert [row[1:] for row in rows] == [[1, 3], [4, 2], [4, None], [4, None]]


def test_month_ends_cross_the_year():
    assert month_ends(date(2026, 11, 22), date(2027, 2, 28)) == [
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
    ]


@pytest.mark.parametrize(("day", "count"), [(date(2026, 9, 30), 0), (FIRST, 0), (date(2026, 10, 9), 3), (LAST, 2)])
def test_a_stepped_line_holds_its_value_until_it_turns(day, count):
    assert value_on(ACTUAL, day) == count
