"""How long each stage of a request may take, when an answer is likely, and why. Working days; plain values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

from core import working_days

DEPARTMENT: Final = "department"
PRIOR: Final = 5  # how many past requests the policy's own service time weighs as
STAGE_OF: Final[Mapping[str, str]] = {
    "endorsed": "screen",
    "screened": "list",
    "deciding": "vote",
    "decided": "publish",
    "returned": "answer",
}
DEPARTMENT_COURSE: Final = ("decide", "publish")
COMMITTEE_COURSE: Final = ("endorse", "screen", "list", "vote", "publish")
STAGES: Final = ("decide", "endorse", "screen", "list", "vote", "publish", "answer")
ESCALATE: Final = "escalate"  # beside the stages: working days after a due day, until whoever stands above is told


@dataclass(frozen=True, slots=True)
class Likely:
    """When an answer is likely: the median and the days that 8 of 10 such requests fall between."""

    on: date
    earliest: date
    latest: date
    median_days: int
    past: int
    meeting_on: date | None = None  # the coming meeting that has it on its agenda: not answered before


def stage(status: str, tier: str) -> str | None:
    """Which service time runs; None for a draft, a deferred request (it has its own day) and one that has ended."""
    if status == "submitted":
        return "decide" if tier == DEPARTMENT else "endorse"
    return STAGE_OF.get(status)


def whole(tier: str, times: Mapping[str, int]) -> int:
    """Working days from submission to publication by the service times alone."""
    return sum(times[one] for one in _course(tier))


def remaining(current: str, tier: str, times: Mapping[str, int]) -> int:
    """Working days from the beginning of this stage to publication. What was returned starts over once answered."""
    if current == "answer":
        return times["answer"] + whole(tier, times)
    course = _course(tier)
    return sum(times[one] for one in course[course.index(current) :]) if current in course else times[current]


def likely(
    filed_on: date,
    *,
    today: date,
    service: int,
    past: Sequence[int],
    left: int = 1,
    meeting_on: date | None = None,
) -> Likely:
    """When a request filed on that day is likely to be answered.

    `past` are the working days that published requests of the tier took. The policy's own time, `service`,
    is added as if five more had taken it, so that few past requests hardly move the answer. Those that were
    answered faster than this one has waited say nothing about it; when nothing is left, `left` days from today.
    What stands on the agenda of a meeting on `meeting_on` is not answered before that day.
    """
    waited = max(working_days.between(filed_on, today), 0)
    pool = sorted([*past, *[service] * PRIOR])
    ahead = [days for days in pool if days > waited] or [waited + max(left, 1)]
    soonest = meeting_on or filed_on
    on = [max(working_days.add(filed_on, _quantile(ahead, share)), soonest) for share in (50, 10, 90)]
    return Likely(on[0], on[1], on[2], _quantile(pool, 50), len(past), meeting_on)


def steps(due_on: date, *, today: date, escalate_after: int) -> tuple[str, ...]:
    """What has to be told by today of a stage due on that day: on the working day before it, after it, and then above.

    Above is told once so many working days after the due day have come.

    What is told above is told the holder too, even where nothing ran on the days between.
    """
    if today <= due_on:
        return ("due",) if today >= working_days.before(due_on) else ()
    if working_days.between(due_on, today) < escalate_after:
        return ("overdue",)
    return ("overdue", "escalated")


def _quantile(ordered: Sequence[int], percent: int) -> int:
    """The smallest value that at least this share does not exceed."""
    return ordered[max(ceil(len(ordered) * percent / 100), 1) - 1]


def _course(tier: str) -> tuple[str, ...]:
    return DEPARTMENT_COURSE if tier == DEPARTMENT else COMMITTEE_COURSE
