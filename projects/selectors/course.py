"""What the page of a project and the API say about its life: where it stands, what is missing, what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Func, IntegerField, Min
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import as_at, kept
from core.errors import Text
from projects import gates
from projects.gates import Missing
from projects.models import Claim, HeadApproval, PilotDecision, Project, ProjectExit, Stage
from projects.present import may_have
from projects.rules import lifecycle
from projects.rules.priority import FACING_WEIGHT, VISIBILITY_POINTS, VOLUME_POINTS, Part, Priority, priority


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the way, as `components/stepper.html` shows it."""

    label: Text
    state: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Where a project stands on its way, and what the next stage still needs."""

    steps: list[Step]
    next_stage: Stage | None
    missing: list[Missing]


@dataclass(frozen=True, slots=True)
class Life:
    """Everything that was decided about a project, newest first, as far as the reader may see the projects named."""

    approvals: list[HeadApproval]
    pilots: list[PilotDecision]
    exits: list["Leaving"]
    came_from: list[Project]


@dataclass(frozen=True, slots=True)
class Leaving:
    """A proposal to leave, or the leaving itself, with the successors that the reader may see."""

    exit: ProjectExit
    successors: list[Project]
    claims_to: Project | None


def course(project: Project) -> Course:
    coming = lifecycle.next_stage(project.stage)
    is_on_its_way = project.status == Project.Status.REGISTERED and coming is not None
    return Course(
        steps=list(_steps(project)),
        next_stage=Stage(coming) if is_on_its_way and coming else None,
        missing=gates.missing(project, coming) if is_on_its_way and coming else [],
    )


def gates_of(project: Project) -> list[dict[str, object]]:
    """Each gate with everything it asks for, and whether that is there."""
    return [
        {
            "name": gate.value,
            "label": GATE_LABELS[gate],
            "asked": [(NEED_LABELS[need], holds) for need, holds in gates.asked(project, gate)],
        }
        for gate in lifecycle.Gate
    ]


def life(project: Project, user: User) -> Life:
    return Life(
        approvals=list(project.head_approvals.select_related("approved_by")),
        pilots=list(project.pilot_decisions.select_related("recorded_by", "decided_by")),
        exits=leavings(project, user),
        came_from=came_from(project, user),
    )


def came_from(project: Project, user: User) -> list[Project]:
    """The projects that it took over, of those the reader may see."""
    if not may_have(project, "predecessors"):
        return []
    seen = Project.objects.visible_to(user)
    return list(seen.filter(exits__successors=project, exits__status="approved").distinct())


def leavings(project: Project, user: User) -> list[Leaving]:
    """Every proposal that it leave, those withdrawn and refused included, newest first."""
    exits = list(project.exits.select_related("proposed_by", "decided_by", "claims_to").prefetch_related("successors"))
    named = {one.pk for found in exits for one in found.successors.all()} | {found.claims_to_id for found in exits}
    seen = Project.objects.visible_to(user).select_related("department").in_bulk(named - {None})
    return [
        Leaving(
            found,
            [seen[one.pk] for one in found.successors.all() if one.pk in seen],
            seen.get(found.claims_to_id) if found.claims_to_id else None,
        )
        for found in exits
    ]


def tombstone(exits: list[Leaving]) -> Leaving | None:
    """How the project left; None while it is in the register."""
    return next((one for one in exits if one.exit.status == ProjectExit.Status.APPROVED), None)


def priority_of(project: Project) -> Priority:
    return priority(
        is_public_facing=project.is_public_facing,
        yearly_volume=project.yearly_volume,
        visibility=project.visibility,
    )


def working(found: Priority) -> list[tuple[Text, Text]]:
    """The working of a priority as lines: what was asked, and what it gave."""
    return [(PART_LABELS[part.name], _said(part)) for part in found.parts]


def priority_order() -> Func:
    """Sorts lists as `rules.priority` scores them: the highest first, those without a score last. Negative or empty."""
    return PriorityOrder(F("is_public_facing"), F("yearly_volume"), F("visibility"))


class PriorityOrder(Func):
    """Written out from the weights of the rule: to build it from parts took a list longer than to sort by it."""

    output_field = IntegerField()
    facing = f"CASE WHEN {{0}} THEN {FACING_WEIGHT} WHEN NOT {{0}} THEN 0 END"
    volume = " ".join(f"WHEN {{1}} >= {least} THEN {points}" for least, points in VOLUME_POINTS)
    seen = " ".join(f"WHEN '{name}' THEN {points}" for name, points in VISIBILITY_POINTS.items())
    written = f"(0 - {facing} - CASE {volume} END - CASE {{2}} {seen} END)"

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        return self.written.format(*[compiler.compile(column)[0] for column in self.source_expressions]), ()


GATE_LABELS: dict[lifecycle.Gate, Text] = {
    lifecycle.Gate.PILOT: _("Into the pilot"),
    lifecycle.Gate.GO_LIVE: _("Into roll-out and live"),
}
NEED_LABELS: dict[lifecycle.Need, Text] = {
    lifecycle.Need.LEAD: _("a lead"),
    lifecycle.Need.HEAD_APPROVAL: _("the approval of the Head of Department"),
    lifecycle.Need.BASELINE_NAMED: _("a named baseline"),
    lifecycle.Need.PILOT_DECISION: _("the decision to scale up the pilot"),
    lifecycle.Need.BASELINES_LOCKED: _("locked baselines of all KPIs"),
}
PART_LABELS: dict[str, Text] = {
    "is_public_facing": _("Public-facing"),
    "yearly_volume": _("Cases a year"),
    "visibility": _("Public attention"),
}


def _said(part: Part) -> Text:
    if part.points is None:
        return _("not stated")
    if part.volume_from:
        return _("%(points)s of %(most)s points: at least %(least)s cases a year") % {
            "points": part.points,
            "most": part.most,
            "least": f"{part.volume_from:,}",
        }
    return _("%(points)s of %(most)s points") % {"points": part.points, "most": part.most}


def _steps(project: Project) -> Iterator[Step]:
    here = lifecycle.COURSE.index(project.stage) if project.stage in lifecycle.COURSE else -1
    left = project.stage == Stage.RETIRED
    gate = date_format(project.gate_passed_on, "DATE_FORMAT") if project.gate_passed_on else ""
    for number, stage in enumerate(lifecycle.COURSE):
        state = "done" if number < here else "current" if number == here else "ahead"
        passed = gate if stage == lifecycle.PAST_GATE[0] else ""
        yield Step(Stage(stage).label, "ahead" if left else state, passed)
    if left:
        since = date_format(project.left_on, "DATE_FORMAT") if project.left_on else ""
        yield Step(Stage.RETIRED.label, "stopped", since)


def live_days(projects: Iterable[Project]) -> dict[int, date]:
    """First day live of each project by its key: that of its standing claims, else when it passed the gate."""
    passed = {project.pk: project.gate_passed_on for project in projects}

    def ask() -> dict[int, date]:
        claims = Claim.objects.filter(project__in=passed, is_live=True).values("project")
        return {row["project"]: row["first"] for row in claims.annotate(first=Min("went_live_on"))}

    claimed = kept.answer(("live days", as_at.current(), frozenset(passed)), ask)
    return {project: day for project, day in passed.items() if day} | claimed
