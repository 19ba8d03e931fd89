"""The two registers: their rows, their orders, and what each procedure is today."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import DateField, Exists, F, Func, IntegerField, OuterRef, Prefetch, QuerySet, Value

from accounts.models import User
from core import as_at, clock
from projects import facts
from projects.models import Claim, CountingRule, Procedure, ProcedureFact, Project, Target
from projects.records.status import latest_ratings
from projects.rules.count import Standing, standing
from projects.selectors.course import priority_order

PROJECT_ORDERINGS = {
    "reference": ("reference",),
    "department": ("department__code", "reference"),
    "stage": ("stage", "reference"),
    "title": ("title_en",),
    "priority": ("priority_order", "reference"),
}
PROCEDURE_ORDERINGS = {
    "reference": ("reference",),
    "department": ("department__code", "reference"),
    "name": ("name_en",),
    "planned": ("planned_on", "reference"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A procedure with what it is today and why."""

    procedure: Procedure
    standing: Standing
    claim: Claim | None


def project_rows(user: User) -> "QuerySet[Project]":
    """Projects for lists: with department, lead, and how many of their procedures are registered and in use.

    The counts are columns that nothing sorts or filters by, so PostgreSQL makes them for the rows of one page only.
    """
    return (
        Project.objects.visible_to(user)
        .select_related("department", "lead")
        .annotate(
            procedure_count=ProcedureCount(F("pk")),
            in_use_count=InUseCount(F("pk"), Value(as_at.day(), DateField())),
            priority_order=priority_order(),
            **latest_ratings(),
        )
    )


class ProcedureCount(Func):
    """How many procedures a project touches. Written out: a list makes it for every page it shows."""

    template = "(SELECT count(*) FROM projects_projectprocedure WHERE project_id = %(expressions)s)"
    output_field = IntegerField()


class InUseCount(Func):
    """How many of them are in use on a day."""

    template = (
        "(SELECT count(*) FROM projects_projectprocedure touched JOIN projects_procedure counted"
        " ON counted.id = touched.procedure_id WHERE touched.project_id = %(expressions)s"
        " BETWEEN counted.in_use_from AND counted.in_use_until)"
    )
    arg_joiner = " AND "
    output_field = IntegerField()


def procedure_rows(user: User) -> "QuerySet[Procedure]":
    """Procedures for lists: with department and the live claim, its project only when the reader may see it."""
    return (
        Procedure.objects.visible_to(user)
        .select_related("department")
        .prefetch_related(Prefetch("claims", live_claims(user), to_attr="live_claims"))
    )


def live_claims(user: User) -> "QuerySet[Claim]":
    seen = Project.objects.visible_to(user).filter(pk=OuterRef("project"))
    return Claim.objects.filter(Exists(seen), is_live=True).select_related("project")


def counted(procedures: Iterable[Procedure]) -> list[Counted]:
    """Each procedure of a page with its standing today: two queries however many there are."""
    shown = list(procedures)
    rows = list(ProcedureFact.objects.filter(procedure__in=shown)) if shown else []
    rules = facts.approved_rules() if rows else {}  # of a procedure without facts no rule says anything
    known = facts.by_procedure(rows, rules)
    today = as_at.day()
    return [
        Counted(
            procedure,
            standing(known.get(procedure.pk, []), rules=list(rules.values()), on=today),
            next(iter(getattr(procedure, "live_claims", [])), None),
        )
        for procedure in shown
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """One fact of the timeline. The project is named only to readers who may see it."""

    fact: ProcedureFact
    project: Project | None
    was_learned_later: bool


def told_facts(procedure: Procedure, user: User) -> list[Told]:
    """The procedure's facts in the order the system learned them."""
    rows = list(procedure.facts.select_related("person", "claim"))
    claiming = {row.claim.project_id for row in rows if row.claim}
    seen = Project.objects.visible_to(user).in_bulk(claiming)
    return [
        Told(
            row,
            seen.get(row.claim.project_id) if row.claim else None,
            clock.hong_kong_day(row.recorded_at) != row.effective_on,
        )
        for row in rows
    ]


def approved_counting_rules() -> "QuerySet[CountingRule]":
    return CountingRule.objects.filter(status=CountingRule.Status.APPROVED).order_by("-starts_on")


def targets() -> "QuerySet[Target]":
    return Target.objects.order_by("due_on")
