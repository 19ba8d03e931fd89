"""Working days of the Government: Monday to Friday without Hong Kong's general holidays. Plain dates only."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Final

import holidays

FRIDAY: Final = 4
PUBLISHED_FROM_MONTH: Final = 7  # the next year's general holidays are gazetted about the middle of a year
ONE_DAY: Final = timedelta(days=1)


@cache
def general_holidays(year: int) -> frozenset[date]:
    """The general holidays of a year, which are more than the statutory ones: Good Friday is one already."""
    return frozenset(holidays.HongKong(years=year, categories=(holidays.PUBLIC, holidays.OPTIONAL)))


def is_working_day(day: date) -> bool:
    return day.weekday() <= FRIDAY and day not in general_holidays(day.year)


def add(day: date, count: int) -> date:
    """The `count`-th working day after `day`. With 0: the day itself, or the next working day if it is none."""
    if count < 0:
        raise ValueError("Working days are added, not taken away.")
    if count == 0:
        return day if is_working_day(day) else add(day, 1)
    return next(islice(_after(day), count - 1, None))


def before(day: date) -> date:
    """The last working day before `day`."""
    day -= ONE_DAY
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def latest_start(day: date, count: int) -> date:
    """The last day whose `count`-th working day after it is not later than `day`. At least 1 is counted."""
    while count > 0:
        count -= is_working_day(day)
        day -= ONE_DAY
    return day


def between(start: date, end: date) -> int:
    """Working days after `start`, up to and with `end`; negative when `end` is the earlier one."""
    if end < start:
        return -between(end, start)
    return sum(is_working_day(start + timedelta(days=ahead)) for ahead in range(1, (end - start).days + 1))


def is_gazetted(day: date, *, today: date) -> bool:
    """Whether the holidays of that year can be in the Gazette already; of later years they are worked out ahead."""
    return day.year <= today.year + (1 if today.month >= PUBLISHED_FROM_MONTH else 0)


def _after(day: date) -> Iterator[date]:
    while True:
        day += ONE_DAY
        if is_working_day(day):
            yield day
