"""The forecast as page, overview and API show it: worked out once for a state of the register, the same for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import Department, User
from core import as_at
from dashboards.figures import month_ends
from dashboards.forecast.reading import Read, read
from dashboards.forecast.references import reference, rows
from dashboards.keeping import kept
from dashboards.rules import outlook
from dashboards.rules.forecast import Changes, Futures, simulate
from dashboards.rules.outlook import BandPoint, Goal, Influence, TargetOutlook
from dashboards.rules.phases import Phase
from dashboards.rules.rates import Basis, Rates, StepRate, learned
from dashboards.rules.reference import Row
from projects.models import Procedure, Target

BEYOND = timedelta(days=366)  # how far past the last target its day is looked for
WITHOUT_TARGETS = timedelta(days=731)
SHOWN_INFLUENCES = 10


@dataclass(frozen=True, slots=True)
class Outlook:
    """What everything else is shown from. `targets` and `band` are empty where no probability can be given."""

    today: date
    in_use: int
    pipeline: int  # procedures on their way
    unbrought: int  # not in use, and no project of the register left that could bring them
    futures: int
    basis: Basis | None
    targets: tuple[TargetOutlook, ...]
    band: tuple[BandPoint, ...]
    influences: tuple[tuple[Influence, ...], ...]  # for each target, the greatest first
    phases: dict[int, Phase]
    steps: tuple[StepRate, ...]
    departments: tuple[tuple[int, int, float, float], ...]  # key, moves, expected moves, factor
    attested: int
    lapsed: int

    @property
    def is_given(self) -> bool:
        return self.basis is not None

    def of(self, due_on: date) -> TargetOutlook | None:
        return next((target for target in self.targets if target.goal.due_on == due_on), None)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The targets again, after changes to the same futures."""

    changes: Changes
    procedures: list[Procedure]
    before: tuple[TargetOutlook, ...]
    after: tuple[TargetOutlook, ...]
    middle_before: tuple[int, ...]  # in use at each target's day in half of the futures
    middle_after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weighty:
    """A procedure whose slip matters, for one target."""

    procedure: Procedure
    phase: Phase
    influence: Influence


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A department's factor beside what it was learned from."""

    department: Department
    moves: int
    expected: float
    factor: float


@dataclass(frozen=True, slots=True)
class Forecast:
    as_at: datetime
    position: int
    outlook: Outlook
    weighty: list[tuple[Goal, list[Weighty]]]
    shrunk: list[Shrunk]
    reference: Sequence[Row]
    what_if: WhatIf | None


def goals(today: date) -> list[Goal]:
    """The targets that still lie ahead."""
    ahead = Target.objects.filter(metric=Target.Metric.PROCEDURES_IN_USE, due_on__gte=today).order_by("due_on")
    return [Goal(target.value, target.due_on) for target in ahead]


def outlook_now() -> Outlook:
    """Kept for as long as nothing changes that it is made from; a past moment never changes."""
    return kept("forecast", lambda: _worked_out(read()))


def forecast(user: User, changes: Changes | None = None) -> Forecast:
    """Everything the page says. Procedures are those that `user` may see: all of them (DESIGN 8)."""
    found = outlook_now()
    named = {one.key for each in found.influences for one in each}
    procedures = Procedure.objects.visible_to(user).select_related("department").in_bulk(named)
    departments = Department.objects.in_bulk([told[0] for told in found.departments])
    shrunk = [Shrunk(departments[key], moves, expected, factor) for key, moves, expected, factor in found.departments]
    return Forecast(
        as_at=as_at.now(),
        position=as_at.position(),
        outlook=found,
        weighty=[
            (target.goal, [Weighty(procedures[one.key], found.phases[one.key], one) for one in each])
            for target, each in zip(found.targets, found.influences, strict=True)
        ],
        shrunk=sorted(shrunk, key=lambda one: (-one.factor, one.department.code)),
        reference=rows(),
        what_if=_what_if(user, changes, found) if changes and found.targets else None,
    )


def _worked_out(told: Read) -> Outlook:
    rates = learned(told.history, reference())
    if rates is None:
        return _without_probability(told)
    ahead = goals(told.programme.today)
    futures = _futures(told, rates, ahead)
    influences = tuple(tuple(outlook.influences(futures, goal)[:SHOWN_INFLUENCES]) for goal in ahead)
    named = {one.key for each in influences for one in each}
    pooled, expected = rates.pooled(), rates.expected()
    last = ahead[-1].due_on if ahead else told.programme.today + WITHOUT_TARGETS
    days = sorted(
        {told.programme.today, *month_ends(told.programme.today, last), *(goal.due_on for goal in ahead), last}
    )
    return Outlook(
        today=told.programme.today,
        in_use=len(told.programme.in_use),
        pipeline=len(told.programme.candidates),
        unbrought=told.unbrought,
        futures=futures.number,
        basis=rates.basis,
        targets=tuple(outlook.target_outlook(futures, goal) for goal in ahead),
        band=tuple(outlook.band(futures, days)),
        influences=influences,
        phases={one.key: _phase(told, one.key) for one in told.programme.candidates if one.key in named},
        steps=tuple(rates.table()),
        departments=tuple((key, *expected[key], pooled[key]) for key in sorted(expected) if expected[key][0]),
        attested=told.history.attested,
        lapsed=told.history.lapsed,
    )


def _without_probability(told: Read) -> Outlook:
    return Outlook(
        today=told.programme.today,
        in_use=len(told.programme.in_use),
        pipeline=len(told.programme.candidates),
        unbrought=told.unbrought,
        futures=0,
        basis=None,
        targets=(),
        band=(),
        influences=(),
        phases={},
        steps=(),
        departments=(),
        attested=told.history.attested,
        lapsed=told.history.lapsed,
    )


def _phase(told: Read, key: int) -> Phase:
    """Where a procedure stands: where its project is up to the gate, past it where it is itself."""
    for bringer in told.programme.bringers:
        for candidate in bringer.candidates:
            if candidate.key == key:
                return bringer.phase if bringer.phase < Phase.READY else candidate.phase
    raise KeyError(key)


def _futures(told: Read, rates: Rates, ahead: Sequence[Goal], changes: Changes | None = None) -> Futures:
    today = told.programme.today
    horizon = ahead[-1].due_on + BEYOND if ahead else today + WITHOUT_TARGETS
    return simulate(told.programme, rates, horizon=horizon, changes=changes)


def _what_if(user: User, changes: Changes, before: Outlook) -> WhatIf:
    """The same futures with the changes. A procedure in use already cannot slip."""
    told = read()
    rates = learned(told.history, reference())
    if rates is None:
        raise ValueError("A what-if is asked only where a probability is given.")
    ahead = [target.goal for target in before.targets]
    futures = _futures(told, rates, ahead, changes)
    middle = {point.on: point.middle for point in before.band}
    slipping = Procedure.objects.visible_to(user).filter(pk__in=changes.slipping).order_by("reference")
    return WhatIf(
        changes,
        list(slipping),
        before.targets,
        tuple(outlook.target_outlook(futures, goal) for goal in ahead),
        tuple(middle[goal.due_on] for goal in ahead),
        tuple(outlook.band(futures, [goal.due_on])[0].middle for goal in ahead),
    )
