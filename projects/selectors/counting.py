"""Reading for those who defend the count: what a rule would do, days restated, targets judged, shares kept.

Rows of procedures come from `visible_to`; procedures and their count state are for every signed-in person,
so the figures are the same for all (DESIGN 8).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import Department, User
from core import as_at
from core.errors import Text
from projects import facts
from projects.facts import as_rule
from projects.models import CountingRule, Procedure, ProcedureFact, Target, TargetShare
from projects.rules import impact as impacts
from projects.rules import restatement
from projects.rules.count import Counts, Standing
from projects.rules.facts import Fact, Rule
from projects.rules.quarters import quarter_ends
from projects.wording import REASONS

DEFAULT_RESTATEMENT_DAYS = 31


@dataclass(frozen=True, slots=True)
class Named:
    """A procedure named in a list, with what it is there, and what it was."""

    procedure: Procedure
    after: Standing
    before: Standing | None = None


@dataclass(frozen=True, slots=True)
class RuleImpact:
    """What a proposed rule would do, every procedure by name."""

    day: date
    before: int
    after: int
    falling: list[Named]
    joining: list[Named]
    later: list[Named]


@dataclass(frozen=True, slots=True)
class Figures:
    """How many procedures of a list are registered, claimed, verified and in use, and why the others are not."""

    registered: int
    claimed: int
    verified: int
    in_use: int
    reasons: list[tuple[str, Text, int]]


def figures(rows: "QuerySet[Procedure]") -> Figures:
    """Each number is that of the list under the same filters with the state or the reason added."""
    today = as_at.day()
    stored = (
        rows.prefetch_related(None)
        .order_by()
        .values_list("reason")
        .annotate(
            registered=Count("pk"),
            claimed=Count("pk", filter=Q(is_claimed=True)),
            verified=Count("pk", filter=Q(verified_on__isnull=False)),
            in_use=Count("pk", filter=Q(in_use_from__lte=today, in_use_until__gte=today)),
            lapsed=Count("pk", filter=Q(reason="", in_use_until__lt=today)),
        )
    )
    found = {reason: numbers for reason, *numbers in stored}
    sums = [sum(column) for column in zip(*found.values(), strict=True)] or [0] * 5
    because = {reason: numbers[0] for reason, numbers in found.items() if reason}
    because["lapsed"] = because.get("lapsed", 0) + sums[4]
    reasons = [(reason, label, because[reason]) for reason, label in REASONS if because.get(reason)]
    return Figures(registered=sums[0], claimed=sums[1], verified=sums[2], in_use=sums[3], reasons=reasons)


def rule_impact(rule: CountingRule, user: User) -> RuleImpact:
    """What would change if the rule were approved today."""
    known, rules = _known(user)
    others = [value for key, value in rules.items() if key != rule.pk]
    found = impacts.impact(known, rules=others, proposed=as_rule(rule), today=as_at.day())
    rows = _rows({moved.key for moved in (*found.falling, *found.joining, *found.later)}, user)
    lists = (
        [Named(rows[moved.key], moved.after) for moved in moved_ones]
        for moved_ones in (found.falling, found.joining, found.later)
    )
    return RuleImpact(found.day, found.before, found.after, *lists)


@dataclass(frozen=True, slots=True)
class RestatedDay:
    """A day as known at its end and as known now, every procedure that differs by name."""

    day: date
    then: Counts
    now: Counts
    differences: list[Named]


def restated(day: date, user: User) -> RestatedDay:
    """The counts of a past day twice, from what was recorded by its end and from everything recorded since."""
    known, rules = _known(user)
    found = restatement.restated(day, known, rules=list(rules.values()))
    return RestatedDay(day, found.then, found.now, _named(found.differences, user))


@dataclass(frozen=True, slots=True)
class JudgedTarget:
    """A target, how far it is today, and from the end of its day on whether it was reached, with the restatement.

    Until the day is over nothing is judged: `reached` is None, and `in_use` says how far it is.
    """

    target: Target
    in_use: int
    reached: int | None
    within: int | None
    within_days: int
    closes_on: date | None
    is_closed: bool
    joining: list[Named]

    @property
    def is_met(self) -> bool | None:
        return None if self.reached is None else self.reached >= self.target.value


def judged_target(target: Target, user: User) -> JudgedTarget:
    """The target at the end of its due day, as known then; beside it live by the date and verified in time."""
    today = as_at.day()
    days = _restatement_days(target.due_on)
    in_use = Procedure.objects.visible_to(user).in_use(today).count()
    if target.due_on >= today:
        return JudgedTarget(target, in_use, None, None, days, None, False, [])
    known, rules = _known(user)
    found = restatement.judged(target.due_on, known, rules=list(rules.values()), within_days=days)
    joining = _named(found.joining, user)
    closed = today > found.closes_on
    return JudgedTarget(target, in_use, found.reached, found.within, days, found.closes_on, closed, joining)


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One department: its share at each quarter's end (None where none is set), and what it has in use today."""

    department: Department
    shares: list[TargetShare | None]
    in_use: int

    @property
    def due(self) -> int | None:
        """Its share at the last quarter that has one."""
        return next((share.value for share in reversed(self.shares) if share is not None), None)


@dataclass(frozen=True, slots=True)
class ShareTable:
    """Shares of one target. `sums` are those of each quarter; `lacking` is what the last one lacks of the target."""

    target: Target
    quarters: list[date]
    rows: list[ShareRow]
    sums: list[int]
    in_use: int

    @property
    def lacking(self) -> int:
        return self.target.value - (self.sums[-1] if self.sums else 0)


def share_table(target: Target, user: User) -> ShareTable:
    """Every department with procedures or a share, beside what it has in use."""
    today = as_at.day()
    stored: dict[tuple[int, date], TargetShare] = {
        (share.department_id, share.due_on): share for share in target.shares.visible_to(user) if share.value
    }
    first = min([today, *(due_on for _department, due_on in stored)])
    quarters = quarter_ends(min(first, target.due_on), target.due_on)
    in_use = _in_use_by_department(user, today)
    procedures = Procedure.objects.visible_to(user).values("department")
    shown = Department.objects.visible_to(user).filter(pk__in=procedures) | Department.objects.visible_to(user).filter(
        pk__in={department for department, _due_on in stored}
    )
    rows = [
        ShareRow(department, [stored.get((department.pk, day)) for day in quarters], in_use.get(department.pk, 0))
        for department in shown.distinct().order_by("code")
    ]
    sums = [sum(share.value for row in rows if (share := row.shares[place])) for place in range(len(quarters))]
    return ShareTable(target, quarters, rows, sums, sum(row.in_use for row in rows))


def shares_of(department: Department, user: User) -> list[tuple[TargetShare, int]]:
    """A department's shares that are still to come or due last, beside what it has in use; for its own page."""
    in_use = _in_use_by_department(user, as_at.day()).get(department.pk, 0)
    shares = TargetShare.objects.visible_to(user).filter(department=department, value__gt=0).select_related("target")
    return [(share, in_use) for share in shares.order_by("due_on")]


def _in_use_by_department(user: User, today: date) -> dict[int, int]:
    rows = Procedure.objects.visible_to(user).in_use(today).order_by().values_list("department").annotate(Count("pk"))
    return dict(rows)


def _restatement_days(due_on: date) -> int:
    """As many days as the rule in force on the due day says."""
    rule = (
        CountingRule.objects.filter(status=CountingRule.Status.APPROVED, starts_on__lte=due_on)
        .order_by("starts_on")
        .last()
    )
    return rule.restatement_days if rule else DEFAULT_RESTATEMENT_DAYS


def _known(user: User) -> tuple[dict[int, list[Fact]], dict[int, Rule]]:
    rules = facts.approved_rules()
    procedures = Procedure.objects.visible_to(user)
    return facts.by_procedure(ProcedureFact.objects.filter(procedure__in=procedures), rules), rules


def _named(differences: Iterable[restatement.Difference], user: User) -> list[Named]:
    found = list(differences)
    rows = _rows({one.key for one in found}, user)
    return [Named(rows[one.key], one.now, one.then) for one in found]


def _rows(keys: set[int], user: User) -> Mapping[int, Procedure]:
    rows = Procedure.objects.visible_to(user).filter(pk__in=keys).select_related("department")
    return {row.pk: row for row in rows}
