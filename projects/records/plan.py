"""The plan of a project as its page, its chart and the API show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from projects.models import Dependency, Milestone, Project
from projects.present import may_have
from projects.rules.slip import Course, course

Planned = Milestone | Dependency
KINDS: dict[str, type[Planned]] = {"milestones": Milestone, "dependencies": Dependency}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a plan with what its dates say today; `word` is the kind's name in addresses."""

    thing: Any
    word: str
    course: Course


@dataclass(frozen=True, slots=True)
class Plan:
    milestones: list[Line]
    dependencies: list[Line]
    withdrawn: list[Line]

    @property
    def lines(self) -> list[Line]:
        return [*self.milestones, *self.dependencies]


def milestone_rows(user: User) -> "QuerySet[Milestone]":
    return Milestone.objects.visible_to(user).select_related("project__department")


def dependency_rows(user: User) -> "QuerySet[Dependency]":
    """Dependencies; the project waited for only when the reader may see it."""
    seen = Project.objects.visible_to(user)
    rows = Dependency.objects.visible_to(user).select_related("project__department")
    return rows.prefetch_related(Prefetch("on_project", seen))


def rows_of(kind: type[Planned], user: User) -> "QuerySet[Any]":
    return milestone_rows(user) if kind is Milestone else dependency_rows(user)


def line(thing: Planned, today: date) -> Line:
    found = course(
        original_on=thing.original_on,
        current_on=thing.current_on,
        forecast_on=thing.forecast_on,
        done_on=thing.done_on,
        today=today,
    )
    return Line(thing, "milestones" if isinstance(thing, Milestone) else "dependencies", found)


def lines(things: Iterable[Planned], today: date) -> list[Line]:
    return [line(thing, today) for thing in things]


def plan(user: User, project: Project, today: date) -> Plan:
    """Milestones and dependencies by agreed date; what was withdrawn stands apart."""
    found = [lines(rows_of(kind, user).filter(project=project), today) for kind in KINDS.values()]
    milestones, dependencies = ([one for one in each if not one.thing.withdrawn_at] for each in found)
    return Plan(milestones, dependencies, [one for each in found for one in each if one.thing.withdrawn_at])


def next_milestone(user: User, project: Project, today: date) -> Line | None:
    """The first one not done, by the day on which it is expected."""
    if not may_have(project, "milestones"):
        return None
    rows = Milestone.objects.visible_to(user).filter(project=project, done_on=None, withdrawn_at=None)
    first = rows.order_by("forecast_on", "pk").first()
    return line(first, today) if first else None


def worst(plan_lines: Sequence[Line]) -> Line | None:
    """The open entry that is expected the most days after its first date, if any is late."""
    late = [one for one in plan_lines if one.thing.done_on is None and one.course.slip > 0]
    return max(late, key=lambda one: one.course.slip, default=None)
