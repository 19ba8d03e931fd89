"""Where a milestone or a dependency stands: its three dates against each other and against today."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    DONE = "done"
    OVERDUE = "overdue"  # the agreed day is past and it is not done
    SLIPPING = "slipping"  # expected after the agreed day, which has not come yet
    ON_TIME = "on_time"


@dataclass(frozen=True, slots=True)
class Course:
    """`slip` and `behind` are days: from the first date and from the agreed one to the day it is expected or was done.

    `overdue` is how many days the agreed day lies back while it is not done; else 0. Less than 0 is early.
    """

    state: State
    expected_on: date
    slip: int
    behind: int
    overdue: int


def course(*, original_on: date, current_on: date, forecast_on: date, done_on: date | None, today: date) -> Course:
    """What the dates say today. A day that is past while nothing is done cannot be expected any more: today is."""
    expected_on = done_on or max(forecast_on, today)
    overdue = (today - current_on).days if done_on is None and today > current_on else 0
    return Course(
        state=_state(done_on, overdue, expected_on > current_on),
        expected_on=expected_on,
        slip=(expected_on - original_on).days,
        behind=(expected_on - current_on).days,
        overdue=overdue,
    )


def _state(done_on: date | None, overdue: int, is_behind: bool) -> State:
    if done_on is not None:
        return State.DONE
    if overdue:
        return State.OVERDUE
    return State.SLIPPING if is_behind else State.ON_TIME
