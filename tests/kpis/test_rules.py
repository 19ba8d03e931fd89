"""Periods, values, documents, intake and freshness: plain values in and out, no database."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
import json

import pytest

from kpis.collector import parse
from kpis.collector.parse import Measure, Shape
from kpis.rules import judgement, periods, windows
from kpis.rules.freshness import Freshness, coverage, freshness
from kpis.rules.intake import (
    CORRECTION,
    JUMP,
    OUTSIDE_LIMITS,
    WITHIN_LIMITS,
    Arrival,
    Moment,
    State,
    Stored,
    one_value_each,
    sort,
)
from kpis.rules.plausibility import is_jump
from kpis.rules.refusal import Refused
from kpis.rules.values import Bounds, Formula, Measured, measured, number

TODAY = date(2026, 11, 22)
MONTHLY = Measure(1, Formula.VALUE, "monthly", "calendar", date(2024, 1, 1), Bounds(Decimal(0), None))
PERCENT = Measure(2, Formula.PERCENTAGE, "monthly", "calendar", date(2024, 1, 1), Bounds(Decimal(0), Decimal(100)))
SHAPE = Shape(
    items="readings", columns=frozenset({"kpi", "period", "value"}), kpi="kpi", period="period", value="value"
)


def read(*rows, shape=SHAPE, measures=None, raw=None):
    body = raw if raw is not None else json.dumps({"readings": list(rows)}).encode()
    return parse.readings(body, shape, measures or {"K": MONTHLY}, today=TODAY)


def code(*rows, **options):
    with pytest.raises(Refused) as refused:
        read(*rows, **options)
    return refused.value.code


def item(**changes):
    return {"kpi": "K", "period": "2026-10", "value": "5"} | changes


@pytest.mark.parametrize(
    ("day", "frequency", "year_kind", "start"),
    [
        (date(2026, 3, 31), "yearly", "financial", date(2025, 4, 1)),
        (date(2026, 4, 1), "yearly", "financial", date(2026, 4, 1)),
        (date(2026, 3, 31), "yearly", "calendar", date(2026, 1, 1)),
        (date(2026, 3, 31), "quarterly", "financial", date(2026, 1, 1)),
        (date(2026, 4, 1), "quarterly", "calendar", date(2026, 4, 1)),
        (date(2028, 2, 29), "monthly", "calendar", date(2028, 2, 1)),
        (date(2026, 11, 22), "weekly", "calendar", date(2026, 11, 16)),
        (date(2026, 1, 1), "weekly", "calendar", date(2025, 12, 29)),
        (date(2026, 11, 22), "daily", "calendar", date(2026, 11, 22)),
    ],
)
def test_the_start_of_a_period(day, frequency, year_kind, start):
    assert periods.start_of(day, frequency, year_kind) == start
    assert start <= day < periods.next_start(start, frequency)


def test_a_period_ends_with_its_last_day():
    assert not periods.has_ended(date(2026, 10, 1), "monthly", today=date(2026, 10, 31))
    assert periods.has_ended(date(2026, 10, 1), "monthly", today=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("text", "frequency", "year_kind", "start"),
    [
        ("2026-10", "monthly", "calendar", date(2026, 10, 1)),
        ("2026-10-01", "monthly", "calendar", date(2026, 10, 1)),
        ("2026-10-02", "monthly", "calendar", None),
        ("2026-02", "quarterly", "calendar", None),
        ("2026-04", "yearly", "financial", date(2026, 4, 1)),
        ("2026-04", "yearly", "calendar", None),
        ("2026-11-17", "weekly", "calendar", None),
        ("2026-11-16", "weekly", "calendar", date(2026, 11, 16)),
        ("2026-13", "monthly", "calendar", None),
        ("2026-02-30", "daily", "calendar", None),
        ("２０２６-10", "monthly", "calendar", None),
        ("2026-10", "daily", "calendar", None),
        ("", "monthly", "calendar", None),
    ],
)
def test_a_period_is_named_by_its_first_day_only(text, frequency, year_kind, start):
    assert periods.named(text, frequency, year_kind) == start


@pytest.mark.parametrize(
    ("frequency", "year_kind", "label"),
    [
        ("daily", "calendar", "2026-04-01"),
        ("monthly", "calendar", "2026-04"),
        ("quarterly", "calendar", "2026-Q2"),
        ("yearly", "calendar", "2026"),
        ("yearly", "financial", "2026-27"),
    ],
)
def test_labels_of_periods(frequency, year_kind, label):
    assert periods.label(date(2026, 4, 1), frequency, year_kind) == label


@pytest.mark.parametrize("text", ["0", "-3", "12.5", "123456789012345", "0.000001"])
def test_a_plain_number_is_taken_exactly(text):
    assert number(text) == Decimal(text)


@pytest.mark.parametrize(
    "raw",
    [
        "1,234",
        "1e3",
        "NaN",
        "Infinity",
        "１２",
        "+1",
        " 1",
        "1 ",
        "",
        ".5",
        "5.",
        "01",
        "0x1",
        "1_0",
        5,
        5.0,
        True,
        None,
    ],
)
def test_what_is_not_a_plain_number_is_refused(raw):
    with pytest.raises(Refused, match=r"value\.type"):
        number(raw)


def test_a_seventh_decimal_is_refused_and_not_rounded():
    with pytest.raises(Refused, match=r"value\.precision"):
        number("0.0000001")


def test_a_ratio_is_worked_out_and_nothing_of_nothing_is_none():
    assert measured("percentage", numerator=Decimal(1), denominator=Decimal(3)).value == Decimal("33.333333")
    assert measured("ratio", numerator=Decimal(0), denominator=Decimal(4)).value == 0
    assert measured("ratio", numerator=Decimal(0), denominator=Decimal(0)).value is None


@pytest.mark.parametrize(
    ("formula", "parts"),
    [
        ("value", {}),
        ("value", {"value": Decimal(1), "numerator": Decimal(1)}),
        ("ratio", {"value": Decimal(1)}),
        ("ratio", {"numerator": Decimal(1)}),
        ("ratio", {"numerator": Decimal(1), "denominator": Decimal(0)}),
        ("ratio", {"numerator": Decimal(1), "denominator": Decimal(-1)}),
    ],
)
def test_parts_that_make_no_reading_are_refused(formula, parts):
    with pytest.raises(Refused, match=r"value\.(parts|denominator)"):
        measured(formula, **parts)


def test_a_document_becomes_readings():
    assert read(item(), item(period="2026-09", value="4.5")) == [
        Arrival(Moment(1, date(2026, 10, 1)), Measured(Decimal(5))),
        Arrival(Moment(1, date(2026, 9, 1)), Measured(Decimal("4.5"))),
    ]


def test_a_json_number_is_read_by_its_digits_and_not_as_a_float():
    raw = b'{"readings": [{"kpi": "K", "period": "2026-10", "value": 0.1}]}'
    assert read(raw=raw)[0].measured.value == Decimal("0.1")
    assert code(raw=raw.replace(b"0.1", b"1e400")) == "value.type"
    assert code(raw=raw.replace(b"0.1", b"NaN")) == "value.type"
    assert code(raw=raw.replace(b"0.1", b"true")) == "value.type"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([item(value="1,234")], "value.type"),
        ([item(value=None)], "value.parts"),
        ([item(kpi="KPI-9999")], "scope"),
        ([item(kpi=None)], "scope"),
        ([item(period="2026-11")], "observed.future"),
        ([item(period="2023-12")], "observed.before_start"),
        ([item(period="10/2026")], "period.format"),
        ([item(period=202610)], "period.format"),
        ([item(value="-0.01")], "value.range"),
        ([item(extra="x")], "schema"),
        ([{"kpi": "K", "month": "2026-10", "value": "5"}], "schema"),
        (["text"], "schema"),
        ([item(), item(value="6")], "conflict"),
    ],
)
def test_a_document_with_a_fault_is_refused(rows, expected):
    assert code(*rows) == expected


def test_the_difference_of_columns_is_named():
    with pytest.raises(Refused) as refused:
        read({"kpi": "K", "month": "2026-10", "value": "5"})

    assert refused.value.detail == "-period +month"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"<html>", "json.malformed"),
        (b"", "json.malformed"),
        (b"\xff\xfe", "content.encoding"),
        (b"[" * 100_000, "json.depth"),
        (b'{"readings": [], "readings": []}', "json.duplicate_key"),
        (b'{"rows": []}', "schema"),
        (b'{"readings": {"a": 1}}', "schema"),
    ],
)
def test_a_body_that_is_no_document_is_refused(raw, expected):
    assert code(raw=raw) == expected


def test_brackets_inside_text_are_no_depth():
    assert read(raw=json.dumps({"note": "[" * 500, "readings": [item()]}).encode())


def test_a_percentage_is_bounded_after_it_is_worked_out():
    shape = Shape(
        items="readings",
        columns=frozenset({"kpi", "period", "n", "d"}),
        kpi="kpi",
        period="period",
        numerator="n",
        denominator="d",
    )
    row = {"kpi": "P", "period": "2026-10", "n": "101", "d": "100"}

    assert code(row, shape=shape, measures={"P": PERCENT}) == "value.range"
    assert read(row | {"n": "100"}, shape=shape, measures={"P": PERCENT})[0].measured.value == 100


MOMENT = Moment(1, date(2026, 10, 1))


def arrived(value):
    return Arrival(MOMENT, Measured(Decimal(value)))


def test_repeats_inside_one_document_count_as_duplicates():
    found, repeated = one_value_each([arrived(5), arrived(5)])

    assert (len(found), repeated) == (1, 1)


@pytest.mark.parametrize(
    ("value", "last", "expected"),
    [
        (100, 10, True),
        ("99.999999", 10, False),
        (1, 10, True),
        ("1.000001", 10, False),
        (-100, 10, True),
        (0, 10, False),
        (10, 0, False),
        (10, None, False),
        (None, 10, False),
    ],
)
def test_a_jump_is_ten_times_the_last_value_or_a_tenth_of_it(value, last, expected):
    found = is_jump(None if value is None else Decimal(value), None if last is None else Decimal(last))

    assert found is expected


@pytest.mark.parametrize(
    ("value", "known", "expected"),
    [
        (50, None, [(1, State.QUARANTINED, JUMP)]),
        (49, None, [(1, State.VERIFIED, WITHIN_LIMITS)]),
        (50, Stored(1, Measured(Decimal(5))), [(2, State.QUARANTINED, JUMP)]),
        (49, Stored(1, Measured(Decimal(5))), [(2, State.SUBMITTED, CORRECTION)]),
        (101, None, [(1, State.QUARANTINED, OUTSIDE_LIMITS)]),
    ],
)
def test_a_jump_waits_for_a_person_though_it_lies_inside_the_limits(value, known, expected):
    result = sort(
        [arrived(value)],
        stored={MOMENT: known} if known else {},
        limits={1: Bounds(None, Decimal(100))},
        last={(1, ""): Decimal(5), (2, ""): Decimal(50), (1, "channel=online"): Decimal(50)},
    )

    assert [(row.revision, row.state, row.rule) for row in result.rows] == expected


@pytest.mark.parametrize(
    ("value", "known", "expected"),
    [
        (5, None, [(1, State.VERIFIED)]),
        (11, None, [(1, State.QUARANTINED)]),
        (10, None, [(1, State.VERIFIED)]),
        (5, Stored(1, Measured(Decimal(5))), []),
        (5, Stored(1, Measured(Decimal("5.000000"))), []),
        (6, Stored(3, Measured(Decimal(5))), [(4, State.SUBMITTED)]),
        (11, Stored(1, Measured(Decimal(5))), [(2, State.QUARANTINED)]),
    ],
)
def test_what_becomes_of_a_reading(value, known, expected):
    stored = {MOMENT: known} if known else {}
    result = sort([arrived(value)], stored=stored, limits={1: Bounds(None, Decimal(10))}, last={})

    assert [(row.revision, row.state) for row in result.rows] == expected
    assert result.duplicate == (0 if expected else 1)


@pytest.mark.parametrize(
    ("latest", "starts_on", "today", "expected"),
    [
        (date(2026, 10, 1), date(2026, 1, 1), date(2026, 12, 16), Freshness.LATE),
        (date(2026, 10, 1), date(2026, 1, 1), date(2026, 12, 15), Freshness.FRESH),
        (date(2026, 9, 1), date(2026, 1, 1), date(2026, 12, 16), Freshness.STALE),
        (None, date(2026, 11, 1), date(2026, 12, 15), Freshness.NOT_DUE),
        (None, date(2026, 11, 1), date(2026, 12, 16), Freshness.NONE),
    ],
)
def test_freshness_counts_periods_over_for_longer_than_the_grace(latest, starts_on, today, expected):
    found = freshness(latest, starts_on=starts_on, frequency="monthly", year_kind="calendar", today=today)

    assert found == expected


def test_coverage_counts_only_periods_that_are_over():
    have = {date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 1)}

    found = coverage(
        have, starts_on=date(2026, 1, 1), frequency="monthly", year_kind="calendar", today=date(2026, 4, 30)
    )

    assert (found.have, found.due) == (2, 3)


@pytest.mark.parametrize(
    ("value", "target", "direction", "expected"),
    [
        (10, 10, "up", "reached"),
        (10, 10, "down", "reached"),
        (9, 10, "up", "not_reached"),
        (11, 10, "down", "not_reached"),
        (None, 10, "up", "no_data"),
        (5, None, "up", "no_target"),
    ],
)
def test_a_value_against_its_target(value, target, direction, expected):
    assert judgement.against_target(value, target, direction=direction) == expected


def test_a_window_is_the_same_for_every_second_in_it():
    now = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
    start = windows.window_start(now, minutes=60)

    assert start == datetime(2026, 11, 22, 4, tzinfo=UTC)
    assert windows.window_start(start + timedelta(minutes=59, seconds=59), minutes=60) == start
    assert windows.window_start(start + timedelta(minutes=60), minutes=60) == start + timedelta(minutes=60)


def test_a_daily_window_begins_at_hong_kong_midnight():
    assert windows.window_start(datetime(2026, 11, 22, 15, 59, tzinfo=UTC), minutes=1440) == datetime(
        2026, 11, 21, 16, tzinfo=UTC
    )
