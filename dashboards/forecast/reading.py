"""The pipeline and its history as the forecast's plain values, now or as known at the moment being read.

Every row is one that everybody signed in may see, so the forecast is the same for all (DESIGN 8).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.apps import apps

from core import as_at, clock
from dashboards.rules.forecast import Bringer, Candidate, InUse, Programme
from dashboards.rules.phases import OF_STAGE, History, Phase, Stay
from projects import facts
from projects.models import Procedure, ProcedureFact, Project, ProjectProcedure
from projects.rules import count
from projects.rules.facts import Fact, Kind, Reason, Rule, rule_in_force

GONE = frozenset({Reason.RETIRED, Reason.MERGED, Reason.SPLIT})
ENDS = frozenset({Kind.RETIRED, Kind.MERGED, Kind.SPLIT})
ATTESTATION_MONTHS = 12  # while no counting rule is in force


@dataclass(slots=True)
class Undertaking:
    """A project of the register: the stages it was at since it entered, and whether it left."""

    key: int
    department: int
    stays: list[Stay] = field(default_factory=list)
    left_on: date | None = None

    @property
    def phase(self) -> Phase:
        return self.stays[-1].phase

    @property
    def gate_on(self) -> date | None:
        return next((stay.first for stay in self.stays if stay.phase is Phase.READY), None)


@dataclass(frozen=True, slots=True)
class Read:
    """What a forecast is made from. `unbrought` procedures have no project left that could bring them into use."""

    programme: Programme
    history: History
    unbrought: int


def read() -> Read:
    """Everything as known at the end of the day being read."""
    today, history = as_at.day(), History()
    rules = facts.approved_rules()
    known = facts.by_procedure(ProcedureFact.objects.all(), rules)
    links = _links()
    projects = _undertakings({project for each in links.values() for project in each})
    for project in projects.values():
        _learn_stages(project, history, today)
    bringing: dict[int, list[Candidate]] = defaultdict(list)
    in_use, lapsed, unbrought = [], [], 0
    rows = Procedure.objects.order_by("pk").values_list("pk", "department_id", "planned_on")
    for key, department, planned_on in rows:
        told = known.get(key, [])
        brought_by = _bringer(links.get(key, {}), projects)
        stays, left_on = _course(told, list(rules.values()), today, _ready_on(links.get(key, {}), projects))
        if left_on is None and brought_by is None and stays and stays[-1].phase in (Phase.READY, Phase.CLAIMED):
            left_on = max(
                (projects[one].left_on or today for one in links.get(key, {}) if one in projects), default=None
            )
        history.add_course(stays, department=department, today=today, left_on=left_on, planned_on=planned_on)
        history.attested += sum(fact.kind is Kind.ATTESTED for fact in told)
        phase = stays[-1].phase if stays else None
        if left_on is not None:
            continue
        if phase is Phase.IN_USE:
            until = count.standing(told, rules=list(rules.values()), on=today).attest_by
            in_use.append(InUse(key, until or date.max))
        elif phase is Phase.LAPSED:
            lapsed.append(key)
        elif brought_by is None:
            unbrought += 1
        else:
            bringing[brought_by].append(Candidate(key, department, phase or Phase.READY, planned_on))
    rule = rule_in_force(rules.values(), today)
    programme = Programme(
        today,
        [_as_bringer(projects[key], candidates) for key, candidates in sorted(bringing.items())],
        in_use,
        lapsed,
        rule.attestation_months if rule else ATTESTATION_MONTHS,
    )
    return Read(programme, history, unbrought)


def _as_bringer(project: Undertaking, candidates: Sequence[Candidate]) -> Bringer:
    return Bringer(project.key, project.department, project.phase, candidates)


def _links() -> dict[int, dict[int, date]]:
    """The projects of each procedure, and the day on which each link was made."""
    found: dict[int, dict[int, date]] = defaultdict(dict)
    for procedure, project, at in ProjectProcedure.objects.values_list("procedure_id", "project_id", "linked_at"):
        found[procedure][project] = clock.hong_kong_day(at)
    return found


def _undertakings(keys: Iterable[int]) -> dict[int, Undertaking]:
    """The registered projects among `keys` with their stages, from the history of their rows up to the moment read."""
    there = Project.objects.filter(pk__in=list(keys), status=Project.Status.REGISTERED)
    found = {key: Undertaking(key, department) for key, department in there.values_list("pk", "department_id")}
    history = apps.get_model("projects", "ProjectEvent")._default_manager
    rows = history.filter(pgh_obj__in=found, status=Project.Status.REGISTERED, pgh_created_at__lte=as_at.now())
    for key, stage, left_on, at in rows.order_by("pgh_id").values_list("pgh_obj", "stage", "left_on", "pgh_created_at"):
        project = found[key]
        project.left_on = left_on
        phase = OF_STAGE.get(stage)
        if phase is not None and (not project.stays or project.stays[-1].phase is not phase):
            project.stays.append(Stay(phase, clock.hong_kong_day(at)))
    return {key: project for key, project in found.items() if project.stays}


def _learn_stages(project: Undertaking, history: History, today: date) -> None:
    """What happened up to the gate; past it each procedure has a course of its own."""
    gate = project.gate_on
    if gate is None:
        history.add_course(project.stays, department=project.department, today=today, left_on=project.left_on)
        return
    before = [stay for stay in project.stays if stay.first < gate or stay.phase is Phase.READY]
    upto = before[: [stay.phase for stay in before].index(Phase.READY) + 1]
    history.add_course(upto, department=project.department, today=gate)


def _bringer(links: Mapping[int, date], projects: Mapping[int, Undertaking]) -> int | None:
    """The project of the register that has come furthest; it brings the procedure into use."""
    there = [projects[key] for key in links if key in projects and projects[key].left_on is None]
    return max(there, key=lambda project: (project.phase, -project.key)).key if there else None


def _ready_on(links: Mapping[int, date], projects: Mapping[int, Undertaking]) -> date | None:
    """First day on which the procedure could be claimed: linked to a project past its gate."""
    days = [max(on, gate) for key, on in links.items() if key in projects and (gate := projects[key].gate_on)]
    return min(days, default=None)


def _course(
    told: Sequence[Fact], rules: Sequence[Rule], today: date, ready_on: date | None
) -> tuple[list[Stay], date | None]:
    """The stays of one procedure past the gate by the days things were learned, and the day it left for good."""
    turns: list[tuple[date, int, Phase]] = [(ready_on, 0, Phase.READY)] if ready_on else []
    for fact in told:
        if fact.kind is Kind.CLAIMED:
            turns.append((fact.recorded_on, 1, Phase.CLAIMED))
        elif fact.kind is Kind.CLAIM_ENDED:
            turns.append((fact.recorded_on, 1, Phase.READY))
    left_on = min((fact.recorded_on for fact in told if fact.kind in ENDS), default=None)
    for span in count.spans(told, rules=rules, as_known_then=True) if told else []:
        after = span.last + timedelta(days=1)
        if span.first <= today:
            turns.append((span.first, 2, Phase.IN_USE))
        if after <= today:
            turns.append((after, 3, _after_use(told, rules, after)))
    stays: list[Stay] = []
    for on, _order, phase in sorted(turns):
        is_in_use = bool(stays) and stays[-1].phase is Phase.IN_USE
        if stays and (stays[-1].phase is phase or (is_in_use and _order == 1)):
            continue
        stays.append(Stay(phase, on))
    return stays, left_on


def _after_use(told: Sequence[Fact], rules: Sequence[Rule], on: date) -> Phase:
    """Where a procedure stands that is no longer in use."""
    known = [fact for fact in told if fact.recorded_on <= on]
    reason = count.standing(known, rules=rules, on=on).reason
    if reason is Reason.LAPSED:
        return Phase.LAPSED
    return Phase.READY if reason is Reason.CLAIM_ENDED or reason in GONE else Phase.CLAIMED
