"""What a benefit comes to, and what a promise is worth by the track record: pure rules against plain recomputation."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
import random
from statistics import fmean

from hypothesis import given
from hypothesis import strategies as st
import pytest

from kpis.rules import benefits
from kpis.rules.benefits import Kept, Measure, kept, promised_within, realised, window
from kpis.rules.periods import months_later
from kpis.rules.track_record import tempering


@dataclass
class Counted:
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def ratio(numerator, denominator, hundred=1):
    value = Decimal(hundred) * Decimal(numerator) / Decimal(denominator) if denominator else None
    return Counted(value, Decimal(numerator), Decimal(denominator))


def measure(**fields):
    usual = {"formula": "amount", "parts": "value", "aggregation": "sum", "direction": "up"}
    return Measure(**(usual | {"factor": Decimal(1), "share": Decimal(100)} | fields))


@pytest.mark.parametrize(
    ("live_on", "months", "frequency", "first", "count", "last"),
    [
        (date(2026, 1, 1), 6, "monthly", date(2026, 1, 1), 6, date(2026, 6, 30)),
        (date(2026, 1, 2), 6, "monthly", date(2026, 2, 1), 6, date(2026, 7, 31)),
        (date(2026, 1, 2), 12, "quarterly", date(2026, 4, 1), 4, date(2027, 3, 31)),
        (date(2026, 1, 6), 6, "weekly", date(2026, 1, 12), 25, date(2026, 7, 5)),
        (date(2026, 8, 31), 6, "daily", date(2026, 8, 31), 181, date(2027, 2, 27)),
        (date(2026, 1, 2), 12, "yearly", date(2027, 1, 1), 1, date(2027, 12, 31)),
    ],
)
def test_a_review_is_about_the_whole_periods_after_going_live(live_on, months, frequency, first, count, last):
    found = window(live_on, months, frequency, "calendar")

    assert (found.starts[0], len(found.starts), found.last_day) == (first, count, last)


def test_a_yearly_kpi_has_no_review_after_six_months():
    assert window(date(2026, 1, 1), 6, "yearly", "calendar") is None


def test_the_same_day_of_a_later_month_or_its_last():
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 1, 15), 12) == date(2027, 1, 15)


def test_amounts_are_added_up_times_factor_and_share():
    rows = [Counted(Decimal("100.5")), Counted(Decimal(40))]

    found = realised(measure(factor=Decimal("2.5"), share=Decimal(40)), rows, baseline=None)

    assert (found.amount, found.value) == (Decimal("140.500000"), None)


def test_days_a_case_are_of_all_cases_together_never_a_mean_of_months():
    rows = [ratio(100, 10), ratio(100, 100)]
    days = measure(formula="per_case", parts="ratio", aggregation="ratio", direction="down")

    found = realised(days, rows, baseline=Decimal(3))

    assert found.value == Decimal("1.818182")
    assert found.amount == Decimal(3) - Decimal("1.818182")


@pytest.mark.parametrize(("parts", "hundred", "numerator"), [("ratio", 1, 300), ("percentage", 100, 3)])
def test_what_is_saved_on_all_cases_is_what_the_baseline_would_have_cost_less_what_it_cost(parts, hundred, numerator):
    rows = [ratio(numerator, 100, hundred), ratio(numerator, 50, hundred)]
    every = measure(formula="all_cases", parts=parts, aggregation="ratio", direction="down", factor=Decimal("0.5"))

    found = realised(every, rows, baseline=Decimal(8))

    before = Decimal(8) * 150 / hundred
    assert found.amount == (before - 2 * numerator) / 2
    assert found.cases == 150


def test_higher_is_better_and_harm_turn_the_sign():
    rows = [ratio(80, 100, 100)]
    up = {"formula": "all_cases", "parts": "percentage", "aggregation": "ratio", "direction": "up"}

    assert realised(measure(**up), rows, baseline=Decimal(60)).amount == 20
    assert realised(measure(**up, is_harm=True), rows, baseline=Decimal(60)).amount == -20


def test_nothing_to_count_in_all_the_months_saves_nothing():
    days = measure(formula="per_case", parts="ratio", aggregation="ratio", direction="down")

    assert realised(days, [ratio(0, 0)], baseline=Decimal(3)).amount == 0


@pytest.mark.parametrize(
    ("formula", "kind", "aggregation", "expected"),
    [
        ("amount", "hours", "sum", True),
        ("amount", "money", "sum", True),
        ("amount", "days", "sum", False),
        ("amount", "hours", "mean", False),
        ("per_case", "days", "ratio", True),
        ("per_case", "days", "mean", True),
        ("per_case", "days", "sum", False),
        ("per_case", "hours", "ratio", False),
        ("all_cases", "money", "ratio", True),
        ("all_cases", "hours", "last", False),
        ("all_cases", "days", "ratio", False),
    ],
)
def test_only_what_adds_up_is_added_up(formula, kind, aggregation, expected):
    assert benefits.fits(formula, kind, aggregation=aggregation) is expected


def test_a_promise_for_a_year_is_half_due_in_six_months_and_one_for_each_case_at_once():
    assert promised_within(Decimal(900), "hours", 6) == 450
    assert promised_within(Decimal(900), "money", 12) == 900
    assert promised_within(Decimal(3), "days", 6) == 3


@pytest.mark.parametrize(
    ("amount", "expected"), [("10", Kept.WHOLE), ("9.999999", Kept.PARTLY), ("0", Kept.NOT), ("-1", Kept.NOT)]
)
def test_reaching_the_promise_exactly_keeps_it(amount, expected):
    assert kept(Decimal(amount), Decimal(10)) is expected


@given(
    st.lists(st.tuples(st.integers(-(10**6), 10**6), st.integers(1, 10**4)), min_size=1, max_size=12),
    st.integers(1, 99),
)
def test_two_shares_of_one_kpi_never_claim_more_than_the_whole(rows, share):
    readings = [ratio(numerator, denominator) for numerator, denominator in rows]
    parts = {"formula": "all_cases", "parts": "ratio", "aggregation": "ratio", "direction": "down"}

    whole, one, other = (
        realised(measure(**parts, share=Decimal(part)), readings, baseline=Decimal(5)).amount
        for part in (100, share, 100 - share)
    )

    assert abs(one + other - whole) <= Decimal("0.000001")


def test_without_any_review_there_is_no_tempered_figure():
    assert tempering("a", []) is None


def test_a_department_without_reviews_is_given_the_average_of_all():
    found = tempering("new", [("a", 0.5), ("b", 1.0)])

    assert (found.factor, found.own, found.own_cases, found.all_cases) == (0.75, None, 0, 2)


def test_one_case_each_says_nothing_of_how_groups_differ_so_all_get_the_average():
    found = tempering("a", [("a", 0.2), ("b", 1.0)])

    assert (found.weight, found.factor) == (0.0, 0.6)


def test_the_only_group_keeps_its_own_average():
    assert tempering("a", [("a", 0.4), ("a", 0.8)]).factor == pytest.approx(0.6)


def test_one_odd_case_is_held_between_nothing_and_twice():
    assert tempering("a", [("a", 40.0), ("a", -3.0)]).factor == pytest.approx(1.0)


def test_the_weight_is_that_of_buhlmann_and_straub():
    """Worked by hand: means 0.55 and 1.05, within 0.005, between (0.25 - 0.005) ÷ (4 - 2), weight 2b ÷ (2b + w)."""
    found = tempering("a", [("a", 0.5), ("a", 0.6), ("b", 1.0), ("b", 1.1)])
    between = (0.25 - 0.005) / 2

    assert found.weight == pytest.approx(2 * between / (2 * between + 0.005))
    assert found.factor == pytest.approx(found.weight * 0.55 + (1 - found.weight) * 0.8)


def test_drawing_few_cases_to_the_average_predicts_better_than_either_alone():
    """300 programmes of 12 departments with 1 to 6 reviews each and a known truth, seed fixed beforehand."""
    dice = random.Random(20261122)
    drawn = own = average = 0.0
    for _programme in range(300):
        truth = {f"d{number}": dice.gauss(0.8, 0.2) for number in range(12)}
        cases = [
            (name, min(max(dice.gauss(mean, 0.3), 0.0), 2.0))
            for name, mean in truth.items()
            for _review in range(dice.randint(1, 6))
        ]
        everybody = fmean(ratio for _name, ratio in cases)
        for name, mean in truth.items():
            mine = fmean(ratio for group, ratio in cases if group == name)
            drawn += (tempering(name, cases).factor - mean) ** 2
            own += (mine - mean) ** 2
            average += (everybody - mean) ** 2

    assert drawn < 0.85 * own
    assert drawn < 0.85 * average
