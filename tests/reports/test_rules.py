"""Periods, canonical bytes, differences and the life of a report, without a database."""

from datetime import date

import pytest

from reports.rules import completeness, lifecycle, periods
from reports.rules.content import canonical, digest
from reports.rules.differences import Difference, differences
from reports.rules.periods import Kind


@pytest.mark.parametrize(
    ("written", "kind", "first", "last"),
    [
        ("2026-11-22", Kind.DAY, date(2026, 11, 22), date(2026, 11, 22)),
        ("2028-02", Kind.MONTH, date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-Q1", Kind.QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", Kind.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-27", Kind.FINANCIAL_YEAR, date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_a_period_is_read_and_written_the_same(written, kind, first, last):
    found = periods.read(written, kind)

    assert (found.first, found.last, found.written) == (first, last, written)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("2026-11-31", Kind.DAY),
        ("2026-13", Kind.MONTH),
        ("2026-00", Kind.MONTH),
        ("2026-Q5", Kind.QUARTER),
        ("2026-28", Kind.FINANCIAL_YEAR),
        ("1999-01", Kind.MONTH),
        ("２０２６-10", Kind.MONTH),
        ("", Kind.DAY),
    ],
)
def test_what_names_no_period_is_refused(written, kind):
    with pytest.raises(periods.Unreadable):
        periods.read(written, kind)


@pytest.mark.parametrize(
    ("kind", "today", "written"),
    [
        (Kind.MONTH, date(2026, 1, 1), "2025-12"),
        (Kind.QUARTER, date(2026, 3, 31), "2025-Q4"),
        (Kind.QUARTER, date(2026, 4, 1), "2026-Q1"),
        (Kind.FINANCIAL_YEAR, date(2026, 3, 31), "2024-25"),
        (Kind.FINANCIAL_YEAR, date(2026, 4, 1), "2025-26"),
    ],
)
def test_the_last_period_that_is_over(kind, today, written):
    assert periods.last_over(kind, today).written == written


def test_the_order_of_names_changes_no_byte_and_a_figure_changes_the_digest():
    one, same, other = canonical({"a": 1, "b": 2}), canonical({"b": 2, "a": 1}), canonical({"a": 1, "b": 3})

    assert one == same
    assert digest(one) != digest(other)


def test_a_row_more_is_one_difference_and_a_changed_figure_names_its_row():
    before = {"in_use": 3, "rows": [{"reference": "P-1", "n": 1}, {"reference": "P-3", "n": 3}]}
    after = {
        "in_use": 4,
        "rows": [{"reference": "P-1", "n": 1}, {"reference": "P-2", "n": 2}, {"reference": "P-3", "n": 9}],
    }

    assert differences(before, after) == [
        Difference(("in_use",), 3, 4),
        Difference(("rows", "P-2"), None, {"reference": "P-2", "n": 2}),
        Difference(("rows", "P-3", "n"), 3, 9),
    ]
    assert differences(before, before) == []


def test_no_data_and_nought_are_different():
    assert differences({"a": None}, {"a": 0}) == [Difference(("a",), None, 0)]


def test_a_gap_is_a_warning_and_a_whole_report_has_none():
    row = {"reference": "PROC-0001"}
    gaps = {
        "standing": {"verified": 1, "claimed": 2, "unverified": [row]},
        "kpis": {"have": 1, "due": 2, "stale": [row], "missing": []},
    }
    whole = {
        "standing": {"verified": 2, "claimed": 2, "unverified": []},
        "kpis": {"have": 2, "due": 2, "stale": [], "missing": []},
    }

    assert [one["code"] for one in completeness.warnings(gaps, is_running=True)] == [
        "claims.unverified",
        "kpis.stale",
        "period.running",
    ]
    assert completeness.warnings(whole, is_running=False) == []
    assert completeness.coverage(gaps)["kpis"] == {"have": 1, "due": 2}


def test_errata_are_counted_and_moves_keep_their_order():
    assert lifecycle.erratum_reference("RPT-2026-0001") == "RPT-2026-0001-E1"
    assert lifecycle.erratum_reference("RPT-2026-0001-E9") == "RPT-2026-0001-E10"
    moves = [(move, status) for move in lifecycle.MOVES for status in lifecycle.Status]
    allowed = {(move, status) for move, status in moves if lifecycle.may_move(move, status)}
    assert allowed == {("clear", "draft"), ("issue", "cleared"), ("withdraw", "draft"), ("withdraw", "cleared")}
