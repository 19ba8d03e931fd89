"""Comparing departments: rates with their range, and why they say less than they seem to. No database."""

import pytest

from dashboards.boards.drawings import Stream, ribbons, stage_bars
from dashboards.boards.fairness import Caveat, Size, caveats, rate, size_of


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 1, 0.0, 0.793), (5, 10, 0.237, 0.763), (7, 7, 0.646, 1.0), (80, 100, 0.711, 0.867)],
)
def test_the_range_is_wilsons(part, whole, low, high):
    found = rate(part, whole)

    assert (found.low, found.high) == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))


def test_no_procedure_due_is_no_rate_and_not_a_rate_of_zero():
    assert rate(0, 0) is None


@pytest.mark.parametrize(
    ("count", "size"), [(0, Size.SMALL), (4, Size.SMALL), (5, Size.MEDIUM), (9, Size.MEDIUM), (10, Size.LARGE)]
)
def test_departments_are_compared_within_their_size(count, size):
    assert size_of(count) is size


@pytest.mark.parametrize(
    ("due", "early", "projects", "has_share", "expected"),
    [
        (0, 0, 0, True, [Caveat.NONE_DUE]),
        (4, 0, 2, True, [Caveat.FEW_DUE]),
        (5, 1, 2, True, []),
        (5, 2, 3, False, [Caveat.EARLY, Caveat.NO_SHARE]),
    ],
)
def test_what_makes_a_rate_hard_to_compare_is_named(due, early, projects, has_share, expected):
    assert caveats(due=due, early=early, projects=projects, has_share=has_share) == expected


def test_a_ribbon_is_as_wide_as_its_amount_at_both_ends_and_every_node_as_tall_as_its_sum():
    streams = [
        Stream(("E", "A", "used"), 60.0, "in_use"),
        Stream(("E", "B", "used"), 30.0, "in_use"),
        Stream(("E", "B", "not"), 10.0, "nothing_yet"),
        Stream(("E", "C", "not"), 0.0, "nothing_yet"),
    ]

    figure = ribbons(streams, words=lambda amount: f"{amount:.0f}")

    bands = [trace for trace in figure["data"] if trace.get("text")]
    nodes = [trace for trace in figure["data"] if not trace.get("text")]
    widths = {(trace["text"], round(trace["y"][-1] - trace["y"][0], 1)) for trace in bands}
    assert widths == {
        ("E → A: 60", 60.0),
        ("E → B: 30", 30.0),
        ("E → B: 10", 10.0),
        ("A → used: 60", 60.0),
        ("B → used: 30", 30.0),
        ("B → not: 10", 10.0),
    }
    assert sorted(trace["y"][2] - trace["y"][0] for trace in nodes) == [10.0, 40.0, 60.0, 90.0, 100.0]
    assert ribbons([], words=str) is None


def test_a_long_name_of_the_first_column_stands_on_lines_of_its_own_above_one_another():
    figure = ribbons([Stream(("AI efficacy enhancement 2026-27", "A", "used"), 60.0, "in_use")], words=str)

    first, second, *others = figure["layout"]["annotations"]
    assert [first["text"], second["text"]] == ["AI efficacy", "enhancement 2026-27"]
    assert first["y"] < 30.0 < second["y"]  # the scale runs downwards
    assert [one["text"] for one in others] == ["A 60.0", "used"]


def test_bars_of_waiting_requests_hold_exactly_the_counts():
    stages, tiers = {"submitted": "Submitted", "endorsed": "Endorsed"}, {"department": "department", "legco": "LegCo"}
    counts = {
        ("submitted", "department"): 2,
        ("submitted", "legco"): 0,
        ("endorsed", "department"): 1,
        ("endorsed", "legco"): 3,
    }

    figure = stage_bars(counts, stages, tiers, lambda **of: f"{of}")

    assert [(trace["name"], trace["x"]) for trace in figure["data"]] == [("department", [2, 1]), ("LegCo", [0, 3])]
    assert stage_bars(dict.fromkeys(counts, 0), stages, tiers, str) is None
