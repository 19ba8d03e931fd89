"""Working days by the general holidays of Hong Kong, at their edges; no database."""

from datetime import date, timedelta

import pytest

from core import working_days


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 16)),  # Friday, then the Monday before Lunar New Year
        (date(2026, 2, 16), 1, date(2026, 2, 20)),  # three days of Lunar New Year between
        (date(2027, 2, 5), 1, date(2027, 2, 10)),  # its second day is a Sunday, so the fourth is a holiday too
        (date(2026, 4, 2), 1, date(2026, 4, 8)),  # Good Friday, Easter, Ching Ming on a Sunday moved on to Tuesday
        (date(2026, 5, 22), 1, date(2026, 5, 26)),  # the Buddha's Birthday on a Sunday: the Monday is off
        (date(2027, 3, 31), 1, date(2027, 4, 1)),  # over the end of the financial year
        (date(2027, 3, 25), 1, date(2027, 3, 30)),  # Good Friday, which is general though not yet statutory
        (date(2026, 9, 25), 0, date(2026, 9, 25)),
        (date(2026, 9, 26), 0, date(2026, 9, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_working_days_are_added_over_holidays(start, count, expected):
    assert working_days.add(start, count) == expected


def test_adding_and_counting_agree_on_every_day_of_two_years():
    for ahead in range(730):
        start = date(2026, 1, 1) + timedelta(days=ahead)
        end = working_days.add(start, 7)

        assert working_days.between(start, end) == 7
        assert working_days.between(end, start) == -7
        assert working_days.is_working_day(working_days.before(start))


def test_nothing_is_taken_away():
    with pytest.raises(ValueError, match="added"):
        working_days.add(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("day", "today", "expected"),
    [
        (date(2026, 12, 31), date(2026, 1, 1), True),
        (date(2027, 1, 1), date(2026, 6, 30), False),
        (date(2027, 1, 1), date(2026, 7, 1), True),
        (date(2028, 1, 1), date(2026, 12, 31), False),
    ],
)
def test_a_later_year_is_not_gazetted_yet(day, today, expected):
    assert working_days.is_gazetted(day, today=today) is expected


def test_the_latest_start_is_the_last_day_from_which_so_many_working_days_fit():
    """Two months of days and one to twelve working days: adding from it fits, from the day after it does not."""
    for ahead in range(60):
        day = date(2026, 9, 1) + timedelta(days=ahead)
        for count in range(1, 13):
            start = working_days.latest_start(day, count)
            assert working_days.add(start, count) <= day < working_days.add(start + timedelta(days=1), count)
