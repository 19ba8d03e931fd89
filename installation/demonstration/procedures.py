"""The invented projects and procedures, and what becomes of each: planned, claimed, verified, lapsed, retired.

The story is the same on every load: what happens to a procedure follows from its place in the list, and
the little irregularities come from one seeded generator.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import partial
from itertools import pairwise
from pathlib import Path
import random
import tomllib

from accounts.models import Department, User
from installation.demonstration.life import Road, facts
from installation.demonstration.people import username_stem
from installation.demonstration.timeline import Timeline
from projects import services
from projects.installation import PROGRAMME_BEGAN_ON
from projects.models import EvidenceKind, Procedure, Project, Stage

LIST = Path(__file__).with_name("programme.toml")
SEED = 20261122

GATED_PROJECTS = 27  # of 41: these have passed their go-live gate
IN_USE, LAPSED, CLAIMED = 62, 5, 16
RETIRED = frozenset({18, 27, 35, 48})  # by number
LATE = frozenset({30, 52})  # claimed 20 days after going live, with a reason
EARLY_STAGES = (Stage.PILOT, Stage.APPROVED, Stage.ASSESSED, Stage.PILOT, Stage.IDEA)
RETIREMENTS = ("The service moved to iAM Smart.", "The step was abolished.", "Merged into another step.")


class Fate(Enum):
    """What a procedure has come to when the story ends."""

    IN_USE = "in use"
    LAPSED = "lapsed"
    RETIRED = "retired"
    CLAIMED = "claimed"
    PLANNED = "planned"


@dataclass
class Step:
    """One procedure of the story. `planned_on` draws the plan line, `went_live_on` is empty while it is planned."""

    name_en: str
    name_zh: str
    project: "Undertaking"
    fate: Fate = Fate.PLANNED
    number: int = 0
    planned_on: date | None = None
    went_live_on: date | None = None
    row: Procedure | None = None


@dataclass
class Undertaking:
    """One project of the story, with the row it becomes."""

    department: str
    title_en: str
    title_zh: str
    category: str
    technique: str
    steps: list[Step] = field(default_factory=list)
    registered_on: date = PROGRAMME_BEGAN_ON
    row: Project | None = None


def read() -> list[Undertaking]:
    found = []
    for listed in tomllib.loads(LIST.read_text(encoding="utf-8"))["project"]:
        project = Undertaking(
            listed["department"], listed["title"], listed["zh"], listed["category"], listed["technique"]
        )
        project.steps = [Step(name_en, name_zh, project) for name_en, name_zh in listed["procedures"]]
        found.append(project)
    return found


def decide_fates(projects: Sequence[Undertaking], *, ends_on: date) -> None:
    """Give every procedure its place in the plan, its fate and its day.

    Procedures of projects past the gate come first; the first of them are live, the rest of all is planned.
    """
    chance = random.Random(SEED)  # noqa: S311 - a story needs the same irregularities again, not secrecy
    ahead = [step for project in projects[:GATED_PROJECTS] for step in project.steps]
    later = [step for project in projects[GATED_PROJECTS:] for step in project.steps]
    chance.shuffle(ahead)
    chance.shuffle(later)
    verified = IN_USE + LAPSED + len(RETIRED)
    for number, step in enumerate([*ahead, *later]):
        step.number = number
        step.planned_on = _planned(number, ends_on)
        step.fate = _fate(number, verified)
        if step.fate is not Fate.PLANNED:
            step.went_live_on = _went_live(step, chance, ends_on)


def _fate(number: int, verified: int) -> Fate:
    if number < LAPSED:
        return Fate.LAPSED
    if number in RETIRED:
        return Fate.RETIRED
    if number < verified:
        return Fate.IN_USE
    return Fate.CLAIMED if number < verified + CLAIMED else Fate.PLANNED


def _planned(number: int, ends_on: date) -> date:
    """The plan: slow at first, faster through 2026; the 100th and the 200th just before their target's day."""
    corners = (
        (0, ends_on - timedelta(days=410)),
        (12, ends_on - timedelta(days=300)),
        (40, ends_on - timedelta(days=130)),
        (76, ends_on - timedelta(days=2)),
        (99, max(date(2026, 12, 29), ends_on + timedelta(days=30))),
        (199, max(date(2027, 12, 20), ends_on + timedelta(days=380))),
    )
    for (low, early), (high, late) in pairwise(corners):
        if number <= high:
            return early + (late - early) * (number - low) / (high - low)
    return corners[-1][1] + timedelta(days=number - corners[-1][0])


def _went_live(step: Step, chance: random.Random, ends_on: date) -> date:
    """Near the planned day, mostly late; never so late that nobody could have verified it by the story's end."""
    if step.fate is Fate.LAPSED:
        return ends_on - timedelta(days=396 - 4 * step.number)
    if step.fate is Fate.CLAIMED:
        return ends_on - timedelta(days=3 + chance.randrange(9))
    planned = step.planned_on or ends_on
    slipped = planned + timedelta(days=chance.choice((-4, 0, 3, 8, 14, 21, 35)))
    latest = ends_on - timedelta(days=sum(_days_until_verified(step.number)) + 1 + chance.randrange(12))
    return min(max(slipped, PROGRAMME_BEGAN_ON + timedelta(days=12)), latest)


def _days_until_verified(number: int) -> tuple[int, int]:
    """Days from go-live to the claim, and from the claim to its verification."""
    return (20 if number in LATE else 1 + number % 3), 3 + number % 7


def tell(timeline: Timeline, projects: Sequence[Undertaking], accounts: dict[str, User]) -> None:
    """Put the whole life of every project and procedure on the timeline."""
    verifiers = (accounts["verifier"], accounts["verifier2"])
    for order, project in enumerate(projects):
        lead = accounts[f"{username_stem(project.department)}.lead"]
        _tell_project(timeline, project, lead, order, accounts)
        for step in project.steps:
            if step.went_live_on is not None:
                _tell_claim(timeline, step, lead, accounts, verifiers)


def _tell_project(timeline: Timeline, project: Undertaking, lead: User, order: int, accounts: dict[str, User]) -> None:
    """Registered, its procedures added, in pilot; through the gate the day before its first go-live."""
    lives = [step.went_live_on for step in project.steps if step.went_live_on]
    gate = min(lives) - timedelta(days=1) if lives else None
    begun = max(PROGRAMME_BEGAN_ON, (gate or timeline.day(40 + 9 * order)) - timedelta(days=75))
    project.registered_on = begun
    stage = Stage.PILOT if gate else EARLY_STAGES[order % len(EARLY_STAGES)]
    road = Road(timeline, accounts, project.department, project.category, order)

    def register() -> None:
        project.row = services.register_project(
            actor=lead,
            department_id=Department.objects.get(code=project.department).pk,
            title_en=project.title_en,
            title_zh_hant=project.title_zh,
            category=project.category,
            technique=project.technique,
            stage=Stage.APPROVED if stage == Stage.PILOT else stage,
            lead=lead.person,
            **facts(order),
        )
        road.key = project.row.pk
        for step in project.steps:
            step.row = services.add_procedure(
                actor=lead,
                project_id=project.row.pk,
                name_en=step.name_en,
                name_zh_hant=step.name_zh,
                planned_on=step.planned_on,
            )

    timeline.at(begun, "09:30", register)
    if stage == Stage.PILOT:
        road.to_pilot(begun)
    if gate is not None:
        road.through_gate(gate)


def _tell_claim(
    timeline: Timeline, step: Step, lead: User, accounts: dict[str, User], verifiers: tuple[User, User]
) -> None:
    """Claim, evidence, verification; then attesting, lapsing or retiring. Two claims came late, and say why."""
    live, number = step.went_live_on, step.number
    assert live is not None  # the caller tells claims of live procedures only
    late = number in LATE
    until_claimed, until_verified = _days_until_verified(number)
    claimed = live + timedelta(days=until_claimed)
    timeline.at(claimed, "10:15", lambda: _claim(step, lead, late=late))
    kinds = (EvidenceKind.OPERATING_RECORD, EvidenceKind.ACCEPTANCE)
    wanted = kinds[: number % 3] if step.fate is Fate.CLAIMED else kinds
    for index, kind in enumerate(wanted):
        timeline.at(claimed + timedelta(days=1), f"11:{10 + index}", partial(_evidence, step, lead, kind))
    if step.fate is Fate.CLAIMED:
        return
    verified = claimed + timedelta(days=until_verified)
    first, second = verifiers if number % 2 else verifiers[::-1]
    timeline.at(verified, "15:20", lambda: services.verify(actor=first, procedure_id=_pk(step)))
    if late:
        timeline.at(verified, "16:40", lambda: services.confirm_late(actor=second, procedure_id=_pk(step)))
    again = verified + timedelta(days=340)
    if step.fate is not Fate.LAPSED and again < timeline.last_day:
        note = "Daily operating records of the last three months seen."
        timeline.at(again, "14:05", lambda: services.attest(actor=second, procedure_id=_pk(step), note=note))
    if step.fate is Fate.RETIRED:
        day = timeline.day(20 + number)
        timeline.at(day, "16:10", lambda: _retire(step, accounts, day))


def _pk(step: Step) -> int:
    assert step.row is not None  # registered earlier in the story
    return step.row.pk


def _claim(step: Step, lead: User, *, late: bool) -> None:
    services.claim(
        actor=lead,
        procedure_id=_pk(step),
        project_id=step.project.row.pk,  # type: ignore[union-attr] # registered earlier in the story
        went_live_on=step.went_live_on,  # type: ignore[arg-type] # told for live procedures only
        reason="The acceptance record reached the project office late." if late else "",
    )


def _evidence(step: Step, lead: User, kind: str) -> None:
    told = {
        EvidenceKind.OPERATING_RECORD: "Operating log of the first days, file {ref}/OPS/1.",
        EvidenceKind.ACCEPTANCE: "Acceptance note signed by the procedure's owner, file {ref}/ACC/1.",
    }[EvidenceKind(kind)]
    services.add_evidence(
        actor=lead,
        procedure_id=_pk(step),
        kind=kind,
        note=told.format(ref=step.project.row.reference),  # type: ignore[union-attr] # as above
    )


def _retire(step: Step, accounts: dict[str, User], day: date) -> None:
    head = accounts[f"{username_stem(step.project.department)}.head"]
    reason = RETIREMENTS[step.number % len(RETIREMENTS)]
    services.retire(actor=head, procedure_id=_pk(step), effective_on=day, reason=reason)
