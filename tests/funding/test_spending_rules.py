"""What follows from money planned, committed, released and spent: tables with the exact edges."""

from datetime import date
from decimal import Decimal

import pytest

from funding.rules import spending
from funding.rules.spending import Line

D = Decimal


@pytest.mark.parametrize(
    ("spent", "tolerance", "excess"),
    [
        ("100.00", "0.00", "0.00"),
        ("100.01", "0.00", "0.01"),
        ("105.00", "5.00", "0.00"),
        ("105.01", "5.00", "5.01"),
        ("99.00", "0.00", "0.00"),
        ("100.00", "-1.00", "0.00"),
    ],
)
def test_overspent_is_what_lies_above_the_approval_beyond_the_tolerance(spent, tolerance, excess):
    assert spending.overspent(spent=D(spent), approved=D("100.00"), tolerance=D(tolerance)) == D(excess)


@pytest.mark.parametrize(
    ("approved", "expected"),
    [
        ("500.00", [("hardware", "300.00"), ("software", "200.00")]),
        ("400.00", [("hardware", "300.00"), ("software", "100.00")]),
        ("300.00", [("hardware", "300.00")]),
        ("0.01", [("hardware", "0.01")]),
        ("600.00", [("hardware", "300.00"), ("software", "300.00")]),
        ("0.00", []),
    ],
)
def test_a_budget_opens_with_the_lines_asked_for_up_to_the_approval(approved, expected):
    asked = [Line(2026, "hardware", D("300.00")), Line(2027, "software", D("200.00"))]

    found = spending.opening(asked, D(approved))

    assert [(line.category, str(line.amount)) for line in found] == expected


def test_a_budget_without_lines_has_none():
    assert spending.opening([], D("5.00")) == []


@pytest.mark.parametrize(
    ("spent", "year_over", "wanted"),
    [
        ("110.00", False, False),
        ("110.01", False, True),
        ("89.99", False, False),
        ("90.00", True, False),
        ("89.99", True, True),
        ("0.00", False, False),
        ("100.00", True, False),
    ],
)
def test_a_variance_over_the_share_is_explained_under_the_plan_only_once_the_year_is_over(spent, year_over, wanted):
    found = spending.wants_explanation(planned=D("100.00"), spent=D(spent), percent=10, year_over=year_over)

    assert found is wanted


def test_spending_without_a_plan_is_always_explained():
    assert spending.wants_explanation(planned=D("0.00"), spent=D("0.01"), percent=100, year_over=False)


def test_what_may_be_released_never_falls_below_zero():
    assert spending.may_release(committed=D("10.00"), released=D("4.00")) == D("6.00")
    assert spending.may_release(committed=D("10.00"), released=D("11.00")) == D("0.00")


@pytest.mark.parametrize(
    ("released", "spent", "year_over", "may_go"),
    [
        ("4.00", "6.00", False, "4.00"),
        ("7.00", "6.00", False, "3.00"),
        ("7.00", "6.00", True, "4.00"),
        ("4.00", "16.00", False, "0.00"),
        ("4.00", "16.00", True, "0.00"),
    ],
)
def test_what_may_be_carried_is_not_spent_and_before_31_march_not_released(released, spent, year_over, may_go):
    found = spending.may_carry(committed=D("10.00"), released=D(released), spent=D(spent), year_over=year_over)

    assert found == D(may_go)


@pytest.mark.parametrize(("released", "carried", "lapsed"), [("6.00", "4.00", "0.00"), ("6.00", "4.01", "0.01")])
def test_a_release_falls_away_only_above_the_commitment_left_behind(released, carried, lapsed):
    found = spending.lapses(committed=D("10.00"), released=D(released), carried=D(carried))

    assert found == D(lapsed)


@pytest.mark.parametrize(
    ("day", "inside"),
    [("2026-03-31", False), ("2026-04-01", True), ("2027-03-31", True), ("2027-04-01", False)],
)
def test_a_payment_belongs_to_the_financial_year_of_its_day(day, inside):
    assert spending.is_of_year(date.fromisoformat(day), 2026) is inside


def test_a_financial_year_ends_on_31_march():
    assert spending.last_day(2026) == date(2027, 3, 31)
