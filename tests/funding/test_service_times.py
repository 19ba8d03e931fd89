"""Which service time runs at each stage, what is left of it, and the likely answer; no database."""

from datetime import date

import pytest

from core import working_days
from funding.rules import service_times

TIMES = {"decide": 10, "endorse": 5, "screen": 5, "list": 15, "vote": 10, "publish": 3, "answer": 10}


@pytest.mark.parametrize(
    ("status", "tier", "expected"),
    [
        ("submitted", "department", "decide"),
        ("submitted", "working_group", "endorse"),
        ("submitted", "legco", "endorse"),
        ("deciding", "legco", "vote"),
        ("decided", "department", "publish"),
        ("draft", "", None),
        ("deferred", "legco", None),
        ("published", "department", None),
    ],
)
def test_each_state_has_its_service_time(status, tier, expected):
    assert service_times.stage(status, tier) == expected


def test_what_is_left_shrinks_from_stage_to_stage():
    assert service_times.whole("department", TIMES) == 13
    assert service_times.whole("working_group", TIMES) == 38
    left = [service_times.remaining(one, "legco", TIMES) for one in service_times.COMMITTEE_COURSE]
    assert left == [38, 33, 28, 13, 3]
    assert service_times.remaining("answer", "department", TIMES) == 23
    assert service_times.remaining("endorse", "department", TIMES) == 5


def test_without_history_the_answer_is_the_service_time():
    filed = date(2026, 11, 2)
    found = service_times.likely(filed, today=filed, service=13, past=[])

    assert found.on == found.earliest == found.latest == date(2026, 11, 19)
    assert (found.median_days, found.past) == (13, 0)


def test_few_past_requests_hardly_move_the_answer_and_many_do():
    filed = date(2026, 11, 2)
    few = service_times.likely(filed, today=filed, service=13, past=[4, 4])
    many = service_times.likely(filed, today=filed, service=13, past=[4] * 20)

    assert (few.median_days, few.earliest) == (13, working_days.add(filed, 4))
    assert (many.median_days, many.on, many.latest) == (4, working_days.add(filed, 4), working_days.add(filed, 13))


def test_who_has_waited_longer_than_all_before_is_told_what_is_left():
    filed, today = date(2026, 9, 1), date(2026, 11, 2)
    found = service_times.likely(filed, today=today, service=13, past=[4], left=3)

    assert found.on == found.latest == working_days.add(today, 3)


def test_what_a_meeting_will_take_is_not_answered_before_it():
    filed, meeting = date(2026, 11, 2), date(2026, 12, 8)
    found = service_times.likely(filed, today=filed, service=13, past=[40] * 5, meeting_on=meeting)

    assert (found.earliest, found.meeting_on) == (meeting, meeting)
    assert found.latest == working_days.add(filed, 40) > meeting
