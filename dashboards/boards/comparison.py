"""Departments side by side: what was due by plan and what of it is in use, beside size and stage. No rank, no grade."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from accounts.models import Department, User
from core import as_at
from dashboards.boards import fairness
from dashboards.boards.fairness import Caveat, Rate, Size
from projects.models import Procedure, Project, Stage, TargetShare

EARLY = (Stage.NOT_STATED, Stage.IDEA, Stage.ASSESSED, Stage.APPROVED)
RUNNING = (Stage.PILOT, Stage.ROLL_OUT)


@dataclass(frozen=True, slots=True)
class Compared:
    """One department: its size, where its projects stand, and what of its due procedures is in use today."""

    department: Department
    size: Size
    early: int
    running: int
    live: int
    registered: int
    in_use: int
    share: TargetShare | None
    on_time: Rate | None
    caveats: list[Caveat]


@dataclass(frozen=True, slots=True)
class Comparison:
    as_at: datetime
    today: date
    rows: list[Compared]

    def of_size(self, size: Size) -> list[Compared]:
        return [row for row in self.rows if row.size is size]


@dataclass(frozen=True, slots=True)
class _Counts:
    registered: int = 0
    in_use: int = 0
    due: int = 0
    due_in_use: int = 0


def comparison(user: User, size: str = "") -> Comparison:
    """Every department with procedures, by its code; four queries however many there are."""
    today = as_at.day()
    counted, stages, shares = _procedures(user, today), _stages(user), next_shares(user, today)
    departments = Department.objects.visible_to(user).filter(pk__in=counted).order_by("code")
    rows = [_row(one, counted[one.pk], stages[one.pk], shares.get(one.pk)) for one in departments]
    return Comparison(as_at.now(), today, [row for row in rows if not size or row.size == size])


def next_shares(user: User, today: date) -> dict[int, TargetShare]:
    """Of each department the share that is due next; after the last one, that one."""
    found: dict[int, TargetShare] = {}
    for share in TargetShare.objects.visible_to(user).filter(value__gt=0).order_by("due_on"):
        standing = found.get(share.department_id)
        if standing is None or standing.due_on < today:
            found[share.department_id] = share
    return found


def _procedures(user: User, today: date) -> dict[int, _Counts]:
    in_use = Q(in_use_from__lte=today, in_use_until__gte=today)
    due = Q(planned_on__lte=today)
    rows = Procedure.objects.visible_to(user).order_by().values("department")
    counted = rows.annotate(
        registered=Count("pk"),
        in_use=Count("pk", filter=in_use),
        due=Count("pk", filter=due),
        due_in_use=Count("pk", filter=due & in_use),
    )
    return {
        row["department"]: _Counts(row["registered"], row["in_use"], row["due"], row["due_in_use"]) for row in counted
    }


def _stages(user: User) -> defaultdict[int, dict[str, int]]:
    there = Project.objects.visible_to(user).filter(status=Project.Status.REGISTERED, left_on__isnull=True)
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    counted = there.order_by().values_list("department", "stage").annotate(count=Count("pk", distinct=True))
    for department, stage, count in counted:
        found[department][stage] = count
    return found


def _row(department: Department, counts: _Counts, stages: dict[str, int], share: TargetShare | None) -> Compared:
    early, running = _at(stages, EARLY), _at(stages, RUNNING)
    live = stages.get(Stage.LIVE, 0)
    return Compared(
        department=department,
        size=fairness.size_of(counts.registered),
        early=early,
        running=running,
        live=live,
        registered=counts.registered,
        in_use=counts.in_use,
        share=share,
        on_time=fairness.rate(counts.due_in_use, counts.due),
        caveats=fairness.caveats(
            due=counts.due, early=early, projects=early + running + live, has_share=share is not None
        ),
    )


def _at(stages: dict[str, int], wanted: Iterable[str]) -> int:
    return sum(stages.get(stage, 0) for stage in wanted)
