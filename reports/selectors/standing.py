"""The count and the plan for reports: what each procedure is on the report's day, and what moved in its period."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import Department
from dashboards import figures
from dashboards import selectors as overview
from dashboards.figures import TargetLine
from projects import facts
from projects.models import Procedure, ProcedureFact, Target
from projects.rules import count
from projects.rules.count import Standing
from projects.rules.facts import Fact, Rule
from reports.selectors.asking import Question, everyone

Row = dict[str, Any]
NOT_YET = count.standing([], rules=[], on=date.min)


@dataclass(frozen=True, slots=True)
class Register:
    """Every procedure asked about, with its facts: read once, judged for any day."""

    procedures: list[Procedure]
    known: Mapping[int, list[Fact]]
    rules: list[Rule]

    def on(self, day: date) -> dict[int, Standing]:
        return {
            row.pk: count.standing(self.known[row.pk], rules=self.rules, on=day) if row.pk in self.known else NOT_YET
            for row in self.procedures
        }


def register(question: Question) -> Register:
    rows = Procedure.objects.visible_to(everyone()).select_related("department").order_by("reference")
    if question.department is not None:
        rows = rows.filter(department=question.department)
    rules = facts.approved_rules()
    known = facts.by_procedure(ProcedureFact.objects.filter(procedure__in=rows.order_by().values("pk")), rules)
    return Register(list(rows), known, list(rules.values()))


def standing(question: Question) -> Row:
    """Claimed contains verified contains in use, all three on the report's day; and each department's."""
    found = register(question)
    states = found.on(question.day)
    departments: dict[Department, list[Standing]] = {}
    for row in found.procedures:
        departments.setdefault(row.department, []).append(states[row.pk])
    rows: list[Row] = [
        {"code": one.code, "safe": one.safe_code, "name": named(one)} | _counted(departments[one])
        for one in departments
    ]
    rows.sort(key=_most_in_use_first)
    unverified = [procedure(row) for row in found.procedures if states[row.pk].claimed and not states[row.pk].verified]
    return _counted(states.values()) | {"departments": rows, "unverified": unverified}


def _most_in_use_first(row: Row) -> tuple[int, int, int, str]:
    return -row["in_use"], -row["verified"], -row["registered"], row["code"]


def _counted(states: Iterable[Standing]) -> Row:
    found = list(states)
    return {
        "registered": len(found),
        "claimed": sum(one.claimed for one in found),
        "verified": sum(one.verified for one in found),
        "in_use": sum(one.in_use for one in found),
    }


def movement(question: Question) -> Row:
    """Opening in use + begun - ended = closing in use, by name, from the period's first day to the report's day."""
    found = register(question)
    before, after = found.on(question.period.first - timedelta(days=1)), found.on(question.day)

    def those(test: Callable[[Standing, Standing], bool]) -> list[Row]:
        return [procedure(row) for row in found.procedures if test(before[row.pk], after[row.pk])]

    return {
        "opening": sum(one.in_use for one in before.values()),
        "begun": those(lambda was, now: now.in_use and not was.in_use),
        "ended": those(lambda was, now: was.in_use and not now.in_use),
        "verified": those(lambda was, now: now.verified and not was.verified),
        "claimed": those(lambda was, now: now.claimed and not was.claimed),
        "closing": sum(one.in_use for one in after.values()),
    }


def overdue(question: Question) -> list[Row]:
    """Procedures whose planned day has passed and that are not in use, the longest overdue first."""
    found = register(question)
    states = found.on(question.day)
    late = [
        row
        for row in found.procedures
        if row.planned_on is not None
        and row.planned_on < question.day
        and not states[row.pk].in_use
        and not states[row.pk].verified
        and row.merged_into_id is None
    ]
    late.sort(key=lambda row: (row.planned_on, row.reference))
    return [
        procedure(row) | {"planned_on": row.planned_on.isoformat(), "days": (question.day - row.planned_on).days}
        for row in late
        if row.planned_on is not None
    ]


def targets(question: Question) -> list[Row]:
    """The lines to reach, and on a department's report none: they are the programme's."""
    if question.department is not None:
        return []
    rows = Target.objects.visible_to(everyone()).filter(metric=Target.Metric.PROCEDURES_IN_USE).order_by("due_on")
    return [{"value": row.value, "due_on": row.due_on.isoformat()} for row in rows]


def curve(question: Question) -> list[Row]:
    """In use and planned at each month's end, as the overview's table says it; no actual after the report's day."""
    if question.department is not None:
        return []
    lines = [TargetLine(row["value"], date.fromisoformat(row["due_on"])) for row in targets(question)]
    found = overview.curve(everyone(), lines, question.day)
    if found is None:
        return []
    days = sorted({*figures.month_ends(found.first, found.last), question.day, found.last})
    return [
        {
            "on": day.isoformat(),
            "plan": figures.value_on(found.plan, day),
            "in_use": figures.value_on(found.actual, day) if day <= question.day else None,
        }
        for day in days
    ]


def pipeline(question: Question) -> list[Row]:
    """Projects by stage, as the overview counts them."""
    if question.department is not None:
        return []
    return [{"stage": row.stage, "count": row.count} for row in overview.pipeline(everyone())]


def procedure(row: Procedure) -> Row:
    return {"reference": row.reference, "name": named(row), "department": row.department.code}


def named(thing: Any, field: str = "name") -> dict[str, str]:
    """A text in the languages it is kept in; what reads it falls back as the pages do."""
    return {language: getattr(thing, f"{field}_{language}") for language in ("en", "zh_hant", "zh_hans")}
