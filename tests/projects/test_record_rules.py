"""How late a plan is, how grave a risk is, and how a plan is drawn: plain values, no database."""

from datetime import date

from django.utils import translation
import pytest

from projects.records import figures
from projects.records.figures import Bar
from projects.records.status import month_before, parse_month
from projects.records.wording import behind_words, overdue_words, slip_words
from projects.rules import risks
from projects.rules.risks import Band
from projects.rules.slip import State, course
from projects.services.resources import name_key

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def english():
    """Whatever language the last reader of a page asked for."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("first", "agreed", "expected", "done", "state", "slip", "behind", "overdue"),
    [
        ("2026-12-01", "2026-12-01", "2026-12-01", None, State.ON_TIME, 0, 0, 0),
        ("2026-12-01", "2026-12-01", "2026-12-02", None, State.SLIPPING, 1, 1, 0),
        ("2026-12-01", "2026-12-11", "2026-12-11", None, State.ON_TIME, 10, 0, 0),
        ("2026-12-01", "2026-12-01", "2026-11-25", None, State.ON_TIME, -6, -6, 0),
        ("2026-11-22", "2026-11-22", "2026-11-22", None, State.ON_TIME, 0, 0, 0),  # the day itself is not late
        ("2026-11-21", "2026-11-21", "2026-11-21", None, State.OVERDUE, 1, 1, 1),  # expected today at the earliest
        ("2026-11-01", "2026-11-20", "2026-12-24", None, State.OVERDUE, 53, 34, 2),
        ("2026-11-01", "2026-11-01", "2026-11-01", "2026-11-04", State.DONE, 3, 3, 0),
        ("2026-11-01", "2026-11-10", "2026-11-10", "2026-10-30", State.DONE, -2, -11, 0),
    ],
)
def test_a_plan_says_how_late_it_is(first, agreed, expected, done, state, slip, behind, overdue):
    found = course(
        original_on=date.fromisoformat(first),
        current_on=date.fromisoformat(agreed),
        forecast_on=date.fromisoformat(expected),
        done_on=date.fromisoformat(done) if done else None,
        today=TODAY,
    )

    assert (found.state, found.slip, found.behind, found.overdue) == (state, slip, behind, overdue)


def test_slips_are_said_in_words():
    assert slip_words(12) == "12 days later than first agreed"
    assert slip_words(1) == "1 day later than first agreed"
    assert slip_words(-3) == "3 days earlier than first agreed"
    assert slip_words(0) == "on the day first agreed"
    assert behind_words(2) == "2 days after the agreed date"
    assert behind_words(-1) == "1 day before the agreed date"
    assert (overdue_words(0), overdue_words(5)) == ("", "overdue by 5 days")


@pytest.mark.parametrize(
    ("likelihood", "impact", "score", "band"),
    [
        (1, 1, 1, Band.LOW),
        (2, 2, 4, Band.LOW),
        (1, 5, 5, Band.MEDIUM),
        (2, 5, 10, Band.MEDIUM),
        (3, 4, 12, Band.HIGH),
        (3, 5, 15, Band.HIGH),
        (4, 5, 20, Band.VERY_HIGH),
        (5, 5, 25, Band.VERY_HIGH),
        (None, 3, 15, Band.HIGH),  # an issue has happened
    ],
)
def test_a_risk_is_its_likelihood_times_its_impact(likelihood, impact, score, band):
    assert risks.score(likelihood, impact) == score
    assert risks.band(score) == band


def test_the_matrix_counts_each_risk_in_its_own_field():
    rows = risks.matrix([(4, 5), (4, 5), (1, 2)])

    assert [row[0].likelihood for row in rows] == [5, 4, 3, 2, 1]
    assert {(cell.likelihood, cell.impact): cell.count for row in rows for cell in row if cell.count} == {
        (4, 5): 2,
        (1, 2): 1,
    }


def test_the_timeline_draws_every_date_of_every_entry():
    bars = [
        Bar("Model tested <b>", date(2026, 9, 1), date(2026, 9, 10), date(2026, 9, 20), date(2026, 9, 20)),
        Bar("All served", date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 24), None),
    ]

    figure = figures.timeline(bars, TODAY)

    traces = {trace["name"].split(" ", 1)[1]: trace for trace in figure["data"] if "name" in trace}
    assert traces["First agreed"]["x"] == ["2026-09-01", "2026-12-01"]
    assert traces["Agreed now"]["x"] == ["2026-09-10", "2026-12-01"]
    assert (traces["Expected"]["x"], traces["Done"]["x"]) == (["2026-12-24"], ["2026-09-20"])
    assert "<b>" not in str(figure)
    assert figure["layout"]["shapes"][0]["x0"] == "2026-11-22"


def test_a_plan_without_entries_has_no_chart_and_equal_names_stay_apart():
    assert figures.timeline([], TODAY) is None
    assert len(set(figures.short_names(["A very long name of a milestone"] * 3))) == 3


def test_months_are_named_by_year_and_month():
    assert parse_month("2026-11") == date(2026, 11, 1)
    assert [parse_month(text) for text in ("2026-13", "2026-1", "1989-12", "2199-01", "next", "２０２６-11")] == [
        None
    ] * 6
    assert month_before(date(2026, 1, 1)) == date(2025, 12, 1)


def test_names_that_a_reader_takes_for_the_same_have_one_key():
    assert name_key("  HKGAI  v1 ") == name_key("hkgai V1") == name_key("ＨＫＧＡＩ V1")
    assert name_key("HKGAI V2") != name_key("HKGAI V1")
