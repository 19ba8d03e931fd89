"""What the overview says, read once for page and API alike. Every row comes from `visible_to` (DESIGN 8)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Max, Q, QuerySet, Sum, Window

from accounts.models import Department, User
from core import as_at
from dashboards.figures import Point, TargetLine, cumulative, turning_points
from dashboards.forecast.selectors import Outlook, outlook_now
from dashboards.keeping import MONEY, kept
from funding.filters import awaiting_decision
from funding.financial_years import financial_year_of
from funding.models import Commitment, Envelope, Expenditure, FundingRequest
from funding.selectors.requests import for_list
from kpis.selectors import Tally, kpi_rows, tally
from projects import facts
from projects.models import Procedure, ProcedureFact, Project, Stage, Target
from projects.rules import count

PIPELINE = [Stage.IDEA, Stage.ASSESSED, Stage.APPROVED, Stage.PILOT, Stage.ROLL_OUT, Stage.LIVE, Stage.RETIRED]
SHOWN_DECISIONS = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """How many procedures are registered, claimed, verified and in use; each contains the next."""

    registered: int
    claimed: int
    verified: int
    in_use: int


@dataclass(frozen=True, slots=True)
class DepartmentStanding:
    department: Department
    standing: Standing


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many visible projects stand at a stage; blank is "not stated"."""

    stage: str
    count: int


@dataclass(frozen=True, slots=True)
class Money:
    """HK$ committed in the present financial year, against that year's envelopes. No envelope: None, not 0."""

    financial_year: int
    committed: Decimal
    spent: Decimal
    envelope: Decimal | None


@dataclass(frozen=True, slots=True)
class Curve:
    actual: list[Point]
    plan: list[Point]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Register:
    """What the register says to everybody alike: kept while no fact changes."""

    departments: list[DepartmentStanding]
    targets: list[TargetLine]
    last_go_live_on: date | None
    curve: Curve | None
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the overview says, as known at ledger position `position`, read at `as_at`."""

    as_at: datetime
    position: int
    today: date
    standing: Standing
    targets: list[TargetLine]
    last_go_live_on: date | None
    money: Money
    decisions_waiting: int
    decisions: Sequence[FundingRequest]
    pipeline: list[StageCount]
    curve: Curve | None
    outlook: Outlook
    kpis: Tally
    departments: list[DepartmentStanding]

    @property
    def target(self) -> TargetLine | None:
        """The next line to reach; after the last one has passed, that one."""
        ahead = [target for target in self.targets if target.due_on >= self.today]
        return ahead[0] if ahead else next(reversed(self.targets), None)


def overview(user: User) -> Overview:
    """The overview as `user` may see it, now or as it was known at the moment being read."""
    now, today = as_at.now(), as_at.day()
    known = kept("register", lambda: _of_register(user, today))
    waiting = awaiting_decision(for_list(user)).annotate(of_all=Window(Count("*")))
    decisions = list(waiting.order_by("holder_since", "pk")[:SHOWN_DECISIONS])
    return Overview(
        as_at=now,
        position=as_at.position(),
        today=today,
        standing=_sum([row.standing for row in known.departments]),
        targets=known.targets,
        last_go_live_on=known.last_go_live_on,
        money=money(today),
        decisions_waiting=decisions[0].of_all if decisions else 0,
        decisions=decisions,
        pipeline=pipeline(user),
        curve=known.curve,
        outlook=known.outlook,
        kpis=tally(kpi_rows(user)),
        departments=known.departments,
    )


def _of_register(user: User, today: date) -> Register:
    """Registered projects and every procedure are everybody's (DESIGN 8), so this is worked out once for all."""
    targets = target_lines()
    return Register(
        departments=by_department(user, today),
        targets=targets,
        last_go_live_on=Procedure.objects.in_use(today).aggregate(last=Max("claimed_on"))["last"],
        curve=curve(user, targets, today),
        outlook=outlook_now(),
    )


def target_lines() -> list[TargetLine]:
    rows = Target.objects.filter(metric=Target.Metric.PROCEDURES_IN_USE).order_by("due_on")
    return [TargetLine(target.value, target.due_on) for target in rows]


def by_department(user: User, today: date) -> list[DepartmentStanding]:
    """One row per department with procedures, most in use first. The headline is their sum, so both agree."""
    standings = _standings(today)
    rows = [
        DepartmentStanding(department, standings[department.pk])
        for department in Department.objects.visible_to(user).filter(pk__in=standings)
    ]
    return sorted(
        rows,
        key=lambda row: (-row.standing.in_use, -row.standing.verified, -row.standing.registered, row.department.code),
    )


def _standings(today: date) -> dict[int, Standing]:
    """By department; of every procedure, because everybody sees them all (DESIGN 8)."""
    counted = (
        Procedure.objects.order_by()
        .values("department")
        .annotate(
            registered=Count("pk"),
            claimed=Count("pk", filter=Q(is_claimed=True)),
            verified=Count("pk", filter=Q(verified_on__isnull=False)),
            in_use=Count("pk", filter=Q(in_use_from__lte=today, in_use_until__gte=today)),
        )
    )
    return {
        row["department"]: Standing(row["registered"], row["claimed"], row["verified"], row["in_use"])
        for row in counted
    }


def _sum(rows: Sequence[Standing]) -> Standing:
    return Standing(
        registered=sum(row.registered for row in rows),
        claimed=sum(row.claimed for row in rows),
        verified=sum(row.verified for row in rows),
        in_use=sum(row.in_use for row in rows),
    )


def pipeline(user: User) -> list[StageCount]:
    """Projects by stage, in the order of their life; "not stated" last and only where there is one.

    Registered projects are everybody's and kept; the drafts that the reader may see are added by one small query.
    """
    counts = Counter(kept("stages", lambda: _by_stage(Project.objects.filter(status=Project.Status.REGISTERED))))
    counts.update(_by_stage(Project.objects.visible_to(user).filter(status=Project.Status.DRAFT)))
    found = [StageCount(stage, counts.get(stage, 0)) for stage in PIPELINE]
    unstated = counts.get(Stage.NOT_STATED, 0)
    return [*found, StageCount(Stage.NOT_STATED, unstated)] if unstated else found


def _by_stage(rows: "QuerySet[Project]") -> dict[str, int]:
    return dict(rows.order_by().values_list("stage").annotate(count=Count("pk", distinct=True)))


def money(today: date) -> Money:
    """Commitments to this year's envelopes: of published requests, so the same for all."""
    year = financial_year_of(today)
    return kept(f"money-{year}", lambda: _money(year), areas=(MONEY,))


def _money(year: int) -> Money:
    published = FundingRequest.objects.published().values("pk")
    held = {"envelope__financial_year": year, "decision__request__in": published}
    committed = Commitment.objects.filter(**held).aggregate(sum=Sum("amount"))["sum"]
    spent = Expenditure.objects.filter(**held).aggregate(sum=Sum("amount"))["sum"]
    envelope = Envelope.objects.filter(financial_year=year).aggregate(sum=Sum("amount"))["sum"]
    return Money(year, committed or Decimal("0.00"), spent or Decimal("0.00"), envelope)


def curve(user: User, targets: Sequence[TargetLine], today: date) -> Curve | None:
    """The S-curve, kept while nothing changes that it is drawn from: every procedure is everybody's (DESIGN 8)."""
    return kept("curve", lambda: _drawn(user, targets, today))


def _drawn(user: User, targets: Sequence[TargetLine], today: date) -> Curve | None:
    """In use on each day, and the plan; None before anything was recorded or planned.

    Each past day shows what was known at its end, so that last month does not move when a fact comes
    late. The plan counts every procedure with a planned day, whatever became of it.
    """
    procedures = Procedure.objects.visible_to(user)
    planned = [day for day in procedures.values_list("planned_on", flat=True) if day is not None]
    rules = facts.approved_rules()
    known = facts.by_procedure(ProcedureFact.objects.filter(procedure__in=procedures), rules)
    days = [fact.recorded_on for each in known.values() for fact in each] + planned
    if not days:
        return None
    first = min(min(days), today).replace(day=1)
    last = max([today, *(target.due_on for target in targets)])
    counts = count.curve(known.values(), rules=list(rules.values()), first=first, last=today, as_known_then=True)
    return Curve(turning_points(first, counts), cumulative(planned, first=first, last=last), first, last)
