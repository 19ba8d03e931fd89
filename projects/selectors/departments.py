"""What the department pages and their API read: the tree, who heads and leads since when, and how totals moved."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.apps import apps
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person, Posting, User
from core import as_at, clock
from core.errors import InvalidInput
from projects.models import Procedure, Project, ProjectExit, Stage
from projects.rules.movements import Movement, Stay, movement


@dataclass(frozen=True, slots=True)
class Figures:
    """A department's own numbers: projects in the register, and its procedures claimed, verified and in use."""

    projects: int = 0
    claimed: int = 0
    verified: int = 0
    in_use: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.projects + other.projects,
            self.claimed + other.claimed,
            self.verified + other.verified,
            self.in_use + other.in_use,
        )


@dataclass(slots=True)
class Branch:
    """One bureau or department of the tree. `whole` adds up what lies under it."""

    department: Department
    head: Posting | None
    own: Figures
    level: int = 0
    below: list["Branch"] = field(default_factory=list)

    @property
    def whole(self) -> Figures:
        return sum((branch.whole for branch in self.below), self.own)


@dataclass(frozen=True, slots=True)
class Led:
    """One person's time as lead of one project, as the system recorded it."""

    project: Project
    person: Person
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Exited:
    """A project that left, with the leaving that was agreed, and its successors that the reader may see."""

    project: Project
    leaving: ProjectExit
    successors: list[Project]


def tree(user: User) -> list[Branch]:
    """Every bureau and department, parents before their children, in five queries however many there are."""
    departments = list(Department.objects.visible_to(user).order_by("code"))
    heads = {posting.department_id: posting for posting in _heads_on(as_at.day())}
    figures = _figures(user)
    branches = {one.pk: Branch(one, heads.get(one.pk), figures[one.pk]) for one in departments}
    roots: list[Branch] = []
    for one in departments:
        parent = branches.get(one.parent_id or 0)
        (parent.below if parent else roots).append(branches[one.pk])
    return list(_flat(roots, 0))


def figures_of(department: Department, user: User) -> Figures:
    return _figures(user)[department.pk]


def heads_of(department: Department) -> list[Posting]:
    """Everybody who has headed the department, the latest first."""
    served = Posting.objects.filter(department=department, duty=Posting.Duty.HEAD, starts_on__lte=as_at.day())
    return [one for one in served.select_related("person").order_by("-starts_on") if one.ends_on != one.starts_on]


def leads_of(projects: Sequence[Project]) -> list[Led]:
    """Who led each project from when until when, the present ones first, from the row history until the day shown."""
    by_key = {project.pk: project for project in projects}
    history = apps.get_model("projects", "ProjectEvent")._default_manager
    rows = history.filter(pgh_obj__in=by_key).order_by("pgh_obj", "pgh_id")
    if moment := as_at.current():
        rows = rows.filter(pgh_created_at__lt=moment.before)
    spans: dict[int, list[tuple[int | None, datetime]]] = defaultdict(list)
    for key, lead, at in rows.values_list("pgh_obj", "lead", "pgh_created_at"):
        if not spans[key] or spans[key][-1][0] != lead:
            spans[key].append((lead, at))
    people = Person.objects.in_bulk({lead for told in spans.values() for lead, _at in told if lead})
    found = [
        Led(by_key[key], people[lead], since, told[number + 1][1] if number + 1 < len(told) else _left_at(by_key[key]))
        for key, told in spans.items()
        for number, (lead, since) in enumerate(told)
        if lead
    ]
    found.sort(key=lambda led: (led.until is not None, led.project.reference, -led.since.timestamp()))
    return found


def _left_at(project: Project) -> datetime | None:
    """Nobody leads a project that left the register."""
    return datetime.combine(project.left_on, time(), tzinfo=clock.HONG_KONG) if project.left_on else None


def projects_of(department: Department, user: User) -> list[Project]:
    """The department's projects that are in the register today, its drafts not included."""
    rows = Project.objects.visible_to(user).filter(department=department, status=Project.Status.REGISTERED)
    return list(rows.select_related("department", "lead").order_by("reference"))


def by_stage(projects: Iterable[Project]) -> list[tuple[Stage, list[Project]]]:
    """Projects in the register under their stage, in the order of the life of a project."""
    grouped: dict[str, list[Project]] = defaultdict(list)
    for project in projects:
        if project.left_on is None and project.stage != Stage.RETIRED:
            grouped[project.stage].append(project)
    return [(Stage(value), grouped[value]) for value in Stage.values if grouped[value]]


def moved(projects: Iterable[Project], *, first: date, last: date) -> Movement[Project]:
    """How the number moved, both days included. Drafts are in no number."""
    if first > last:
        message = _("The end must come after the start.")
        raise InvalidInput("date.order", message, fields={"to": [message]})
    if last > as_at.day():
        message = _("The day is in the future.")
        raise InvalidInput("date.future", message, fields={"to": [message]})
    stays = [Stay(one, one.registered_on, one.left_on) for one in projects if one.registered_on]
    return movement(stays, first=first, last=last)


def exits_of(projects: Sequence[Project], user: User) -> list[Exited]:
    """How each of these projects left, in the order they are given."""
    found = ProjectExit.objects.filter(project__in=projects, status=ProjectExit.Status.APPROVED)
    by_project = {one.project_id: one for one in found.select_related("decided_by").prefetch_related("successors")}
    named = {successor.pk for one in by_project.values() for successor in one.successors.all()}
    seen = Project.objects.visible_to(user).in_bulk(named)
    return [
        Exited(
            project,
            by_project[project.pk],
            [seen[one.pk] for one in by_project[project.pk].successors.all() if one.pk in seen],
        )
        for project in projects
        if project.pk in by_project
    ]


def start_of_financial_year(day: date) -> date:
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def _heads_on(day: date) -> Iterable[Posting]:
    return Posting.objects.on(day).filter(duty=Posting.Duty.HEAD).select_related("person")


def _figures(user: User) -> defaultdict[int, Figures]:
    today = as_at.day()
    there = Project.objects.visible_to(user).filter(status=Project.Status.REGISTERED, left_on__isnull=True)
    counts = dict(there.values_list("department").annotate(Count("pk")).order_by())
    procedures = (
        Procedure.objects.visible_to(user)
        .values("department")
        .annotate(
            claimed=Count("pk", filter=Q(is_claimed=True)),
            verified=Count("pk", filter=Q(verified_on__isnull=False)),
            in_use=Count("pk", filter=Q(in_use_from__lte=today, in_use_until__gte=today)),
        )
        .order_by()
    )
    found: defaultdict[int, Figures] = defaultdict(Figures)
    for row in procedures:
        found[row["department"]] = Figures(0, row["claimed"], row["verified"], row["in_use"])
    for key, number in counts.items():
        found[key] += Figures(number)
    return found


def _flat(branches: Iterable[Branch], level: int) -> Iterable[Branch]:
    for branch in branches:
        branch.level = level
        yield branch
        yield from _flat(branch.below, level + 1)
