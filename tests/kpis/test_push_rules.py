"""The signature of a push, and what becomes of its readings one by one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
import pytest

from kpis.collector import pushed
from kpis.collector.parse import Measure
from kpis.rules import batches, signing
from kpis.rules.batches import RefusedItem
from kpis.rules.intake import Arrival, Intake, Moment, Sorted, State
from kpis.rules.refusal import Refused
from kpis.rules.values import Bounds, Formula, Measured

SECRET = b"k" * 32
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
BODY = b'{"readings": [{"kpi": "KPI-0001", "period": "2026-10", "value": "12.5"}]}'
TODAY = date(2026, 11, 22)
MONTHLY = Measure(1, Formula.VALUE, "monthly", "calendar", date(2024, 1, 1), Bounds(Decimal(0), None))
MEASURES = {"K": MONTHLY}


def made(push_id="a1", timestamp=STAMP, body=BODY):
    push = signing.Sending(push_id, timestamp, (), body)
    return signing.sending(push_id, timestamp, f"v1,{signing.signature(SECRET, push)}", body)


def test_the_scheme_is_that_of_standard_webhooks():
    """The published example of the scheme, so that its libraries work with us."""
    secret = signing.secret_bytes("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    push = signing.Sending("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", (), b'{"test": 2432232314}')

    assert signing.signature(secret, push) == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_push_is_recognised_by_either_key_and_either_signature():
    push = made()
    both = signing.sending("a1", STAMP, f"v1,{'A' * 43}= v1a,ignored v1,{push.signatures[0]}", BODY)

    assert signing.signed_with(push, [b"o" * 32, SECRET]) == 1
    assert signing.signed_with(both, [SECRET, b"o" * 32]) == 0
    assert signing.signed_with(push, [b"o" * 32, b"p" * 32]) is None


@given(at=st.integers(0, len(BODY) - 1), to=st.integers(0, 255), where=st.sampled_from(["body", "id", "time"]))
def test_any_byte_changed_breaks_the_signature(at, to, where):
    push = made()
    text = {"body": BODY, "id": b"a1", "time": STAMP.encode()}[where]
    at %= len(text)
    changed = text[:at] + bytes([to]) + text[at + 1 :]
    parts = {"body": BODY, "id": b"a1", "time": STAMP.encode()} | {where: changed}
    other = signing.sending(
        parts["id"].decode("latin-1"), parts["time"].decode("latin-1"), f"v1,{push.signatures[0]}", parts["body"]
    )

    assert changed == text or other is None or signing.signed_with(other, [SECRET]) is None


@pytest.mark.parametrize(
    ("push_id", "timestamp", "signature"),
    [
        ("", STAMP, "v1," + "A" * 43 + "="),
        ("a.1", STAMP, "v1," + "A" * 43 + "="),
        ("x" * 101, STAMP, "v1," + "A" * 43 + "="),
        ("a1", "", "v1," + "A" * 43 + "="),
        ("a1", "-1" + STAMP, "v1," + "A" * 43 + "="),
        ("a1", "99999999999999", "v1," + "A" * 43 + "="),
        ("a1", STAMP, ""),
        ("a1", STAMP, "A" * 43 + "="),
        ("a1", STAMP, "v2," + "A" * 43 + "="),
        ("a1", STAMP, " ".join(["v1," + "A" * 43 + "="] * 5)),
    ],
)
def test_headers_that_are_not_written_so_are_no_signature(push_id, timestamp, signature):
    assert signing.sending(push_id, timestamp, signature, BODY) is None


@pytest.mark.parametrize(("seconds", "taken"), [(0, True), (300, True), (-300, True), (301, False), (-301, False)])
def test_the_window_is_five_minutes_either_way(seconds, taken):
    assert signing.is_in_time(made(), now=NOW + timedelta(seconds=seconds)) is taken


def test_a_secret_survives_being_shown():
    assert signing.secret_bytes(signing.secret_text(SECRET)) == SECRET


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"kpi": "K", "period": "2026-01", "value": "1"}, ""),
        ({"kpi": "K", "observed": "2026-01-31T23:00:00+08:00", "value": "1"}, ""),
        ({"kpi": "K", "observed": "2026-01-31T15:00Z", "value": "1"}, ""),
        ({"kpi": "K", "period": "2026-01", "value": "1", "note": "x"}, "reading.shape"),
        ({"kpi": "K", "value": "1"}, "reading.shape"),
        ({"kpi": "K", "period": "2026-01", "observed": "2026-01-31T15:00Z", "value": "1"}, "reading.shape"),
        ("K", "reading.shape"),
        ({"period": "2026-01", "value": "1"}, "scope"),
        ({"kpi": ["K"], "period": "2026-01", "value": "1"}, "scope"),
        ({"kpi": "K", "period": "January", "value": "1"}, "period.format"),
        ({"kpi": "K", "period": "2026-11", "value": "1"}, "observed.future"),
        ({"kpi": "K", "period": "2023-12", "value": "1"}, "observed.before_start"),
        ({"kpi": "K", "observed": "2026-01-31T23:00:00", "value": "1"}, "observed.offset"),
        ({"kpi": "K", "observed": "2026-02-31T23:00:00Z", "value": "1"}, "observed.offset"),
        ({"kpi": "K", "observed": 1767225600, "value": "1"}, "observed.offset"),
        ({"kpi": "K", "period": "2026-01", "value": "1,234"}, "value.type"),
        ({"kpi": "K", "period": "2026-01", "value": True}, "value.type"),
        ({"kpi": "K", "period": "2026-01"}, "value.parts"),
        ({"kpi": "K", "period": "2026-01", "numerator": "1", "denominator": "2"}, "value.parts"),
        ({"kpi": "K", "period": "2026-01", "value": "-1"}, "value.range"),
        ({"kpi": "K", "period": "2026-01", "value": "0.1234567"}, "value.precision"),
    ],
)
def test_each_reading_is_judged_by_itself(item, code):
    (found,) = pushed.readings([item], MEASURES, today=TODAY)

    assert (found.code if isinstance(found, Refused) else "") == code
    if not code:
        assert found == Arrival(Moment(1, date(2026, 1, 1)), Measured(Decimal(1)))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "json.malformed"),
        (b"\xff", "json.malformed"),
        (b"[" * 100_000, "json.depth"),
        (b'{"readings": [], "readings": []}', "json.duplicate_key"),
        (b"[]", "push.shape"),
        (b'{"readings": {}}', "push.shape"),
        (b'{"readings": [1], "more": 1}', "push.shape"),
        (b'{"readings": []}', "push.empty"),
        (b'{"readings": [{"value": NaN}]}', "value.type"),
        (b'{"readings": [' + b"1," * 1_000 + b"1]}", "bulk.limit"),
    ],
)
def test_a_body_that_is_no_push_is_refused_as_a_whole(body, code):
    with pytest.raises(Refused) as refused:
        pushed.items(body)

    assert refused.value.code == code


def test_two_values_for_one_period_are_both_refused_and_the_rest_is_taken():
    one, other, third = (Arrival(Moment(1, date(2026, month, 1)), Measured(Decimal(5))) for month in (1, 2, 3))
    against = Arrival(one.moment, Measured(Decimal(6)))

    batch = batches.judged([one, other, Refused("scope"), against, third, third])

    assert batch.arrivals == (other, third, third)
    assert batch.refused == (RefusedItem(0, "conflict"), RefusedItem(2, "scope"), RefusedItem(3, "conflict"))


@pytest.mark.parametrize(
    ("states", "status"),
    [((), 200), ((State.VERIFIED,), 201), ((State.QUARANTINED, State.VERIFIED), 201), ((State.QUARANTINED,), 202)],
)
def test_the_answer_says_whether_something_is_new_and_whether_it_waits(states, status):
    moment = Moment(1, date(2026, 1, 1))
    rows = tuple(Intake(moment, 1, Measured(Decimal(1)), state, "rule") for state in states)

    assert batches.answer_status(Sorted(rows, duplicate=0)) == status
