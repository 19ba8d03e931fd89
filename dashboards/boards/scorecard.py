"""One department as its head sees it: target share, done, late, over budget, KPIs, trend. Facts, never a grade."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import Department, User
from core import as_at
from dashboards.boards.comparison import next_shares
from dashboards.figures import Point, TargetLine, cumulative, turning_points
from funding import money_facts
from funding.models import Decision, Expenditure, FundingRequest, Outcome, Supplement
from funding.rules.spending import ZERO, overspent
from funding.selectors.money import sum_of
from kpis import selectors as kpi_selectors
from projects import facts
from projects.models import Milestone, Procedure, ProcedureFact, Project, TargetShare
from projects.rules import count
from projects.rules.facts import Reason

GONE = (Reason.RETIRED.value, Reason.MERGED.value, Reason.SPLIT.value)


@dataclass(frozen=True, slots=True)
class OverBudget:
    """A request on which more was spent than approved, its supplements included, beyond what the rule tolerates."""

    request: FundingRequest
    approved: Decimal
    spent: Decimal
    excess: Decimal


@dataclass(frozen=True, slots=True)
class Trend:
    actual: list[Point]
    plan: list[Point]
    shares: list[TargetLine]
    last: date


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`kpis` counts KPIs by colour."""

    as_at: datetime
    today: date
    department: Department
    share: TargetShare | None
    registered: int
    claimed: int
    verified: int
    in_use: int
    late: Sequence[Procedure]
    due: int
    late_milestones: Sequence[Milestone]
    open_milestones: int
    over_budget: Sequence[OverBudget]
    with_money: int
    kpis: dict[str, int]
    trend: Trend | None


def scorecard(user: User, department: Department) -> Scorecard:
    today = as_at.day()
    procedures = Procedure.objects.visible_to(user).filter(department=department)
    due = procedures.filter(planned_on__lte=today).exclude(reason__in=GONE)
    milestones = _open_milestones(user, department)
    families = _families(user, department)
    return Scorecard(
        as_at=as_at.now(),
        today=today,
        department=department,
        share=next_shares(user, today).get(department.pk),
        registered=procedures.count(),
        claimed=procedures.claimed().count(),
        verified=procedures.verified().count(),
        in_use=procedures.in_use(today).count(),
        late=list(due.exclude(in_use_from__lte=today, in_use_until__gte=today).order_by("planned_on", "reference")),
        due=due.count(),
        late_milestones=list(milestones.filter(current_on__lt=today).select_related("project")),
        open_milestones=milestones.count(),
        over_budget=[one for one in families if one.excess],
        with_money=len(families),
        kpis=_kpis(user, department),
        trend=_trend(user, department, procedures, today),
    )


def _open_milestones(user: User, department: Department) -> "QuerySet[Milestone]":
    projects = Project.objects.visible_to(user).filter(
        department=department, status=Project.Status.REGISTERED, left_on__isnull=True
    )
    rows = Milestone.objects.filter(project__in=projects.values("pk"), done_on__isnull=True, withdrawn_at__isnull=True)
    return rows.order_by("current_on", "pk")


def _families(user: User, department: Department) -> list[OverBudget]:
    """Each request with approved money, its supplements added to it: what was approved and what was spent."""
    decisions = (
        Decision.objects.filter(outcome=Outcome.APPROVED, published_at__lte=as_at.now())
        .filter(request__in=FundingRequest.objects.visible_to(user).filter(department=department).values("pk"))
        .annotate(paid=sum_of(Expenditure, "decision"))
        .select_related("request")
        .order_by("request__reference", "pk")
    )
    first_of = dict(Supplement.objects.values_list("request", "decision"))
    found: dict[int, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(first_of.get(decision.request_id, decision.pk), []).append(decision)
    tolerance = money_facts.terms().tolerance
    return [_family(members, tolerance) for members in found.values()]


def _family(members: Sequence[Decision], tolerance: Decimal) -> OverBudget:
    approved = sum((one.amount for one in members), ZERO)
    spent: Decimal = sum((one.paid for one in members), ZERO)  # type: ignore[attr-defined] # annotated above
    excess = overspent(spent=spent, approved=approved, tolerance=tolerance)
    return OverBudget(members[0].request, approved, spent, excess)


def _kpis(user: User, department: Department) -> dict[str, int]:
    rows = kpi_selectors.kpi_rows(user).filter(project__department=department)
    return {colour.value: count for colour, count in kpi_selectors.tally(rows).by_rag.items()}


def _shares(user: User, department: Department, today: date) -> list[TargetLine]:
    """The share that is due next and the last one; those between would only crowd the drawing."""
    rows = TargetShare.objects.visible_to(user).filter(department=department, value__gt=0).order_by("due_on")
    lines = [TargetLine(share.value, share.due_on) for share in rows]
    ahead = [line for line in lines if line.due_on >= today] or lines[-1:]
    return ahead if len(ahead) < 3 else [ahead[0], ahead[-1]]


def _trend(user: User, department: Department, procedures: "QuerySet[Procedure]", today: date) -> Trend | None:
    """In use on each day as known at its end, the plan, and the shares; None before anything is recorded or planned."""
    planned = [day for day in procedures.values_list("planned_on", flat=True) if day is not None]
    rules = facts.approved_rules()
    known = facts.by_procedure(ProcedureFact.objects.filter(procedure__in=procedures), rules)
    days = [fact.recorded_on for each in known.values() for fact in each] + planned
    if not days:
        return None
    shares = _shares(user, department, today)
    first = min(min(days), today).replace(day=1)
    last = max([today, *(share.due_on for share in shares)])
    counts = count.curve(known.values(), rules=list(rules.values()), first=first, last=today, as_known_then=True)
    return Trend(turning_points(first, counts), cumulative(planned, first=first, last=last), shares, last)
