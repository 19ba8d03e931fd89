"""What a confirmed row does to the register: the page's own rules, applied to many rows at once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from accounts.models import Department, Person, User
from core import clock
from core.references import next_references
from core.simplified import simplified
from projects import services
from projects.importing.matching import Judged
from projects.importing.rights import a_person, starts_running
from projects.models import Procedure, Project, ProjectProcedure, ReportedResult

# What a row says that is not a column of the project itself.
BESIDE = frozenset({"reference", "version", "external_id", "procedure"})
RESULT = {
    "result_name": "name",
    "result_baseline": "baseline",
    "result_value": "result",
    "result_unit": "unit",
}


def change(record: Project | Procedure, said: dict[str, Any], *, actor: User | str) -> Project | Procedure:
    """One record changed as its page changes it, from the version that was compared."""
    person = a_person(actor)
    if isinstance(record, Project):
        return services.edit_project(
            actor=person,
            project_id=record.pk,
            expected_version=record.version,
            **said,
        )
    return services.edit_procedure(actor=person, procedure_id=record.pk, expected_version=record.version, **said)


def register(rows: Sequence[Judged], *, actor: User | str) -> None:
    """Enter new projects, with the procedures and results their rows name. Each row gets its record."""
    by_department: dict[Department, list[Judged]] = defaultdict(list)
    for one in rows:
        if one.row.department is not None:
            by_department[one.row.department].append(one)
    for department, ones in by_department.items():
        references = next_references(f"{department.safe_code}-{clock.today().year}", digits=3, count=len(ones))
        for one, reference in zip(ones, references, strict=True):
            one.record = _project(one.row.said, department, reference)
    projects = [one.record for one in rows if isinstance(one.record, Project)]
    Project.objects.bulk_create(projects)
    _add_procedures(rows, actor)
    ReportedResult.objects.bulk_create(
        ReportedResult(project=one.record, **{column: one.row.said.get(name, "") for name, column in RESULT.items()})
        for one in rows
        if isinstance(one.record, Project) and any(one.row.said.get(name) for name in RESULT if name != "result_unit")
    )


def _project(said: dict[str, Any], department: Department, reference: str) -> Project:
    facts = {name: value for name, value in said.items() if name not in BESIDE and name not in RESULT}
    for name in ("title", "summary"):
        proposed = facts.get(f"{name}_zh_hans") or simplified(facts.get(f"{name}_zh_hant", ""))
        facts[f"{name}_zh_hans"] = proposed
    facts.setdefault("category", "other")
    return Project(
        **facts | {"department": department},
        reference=reference,
        was_already_running=starts_running(facts.get("stage", "")),
        registered_on=clock.today(),
    )


def _add_procedures(rows: Sequence[Judged], actor: User | str) -> None:
    """The department's procedure of each name: the same name in the same department is one procedure."""
    named = [(one, one.row.said["procedure"]) for one in rows if one.row.said.get("procedure")]
    found: dict[tuple[int, str], Procedure] = {}
    by = None if isinstance(actor, str) else actor.person
    links = []
    for one, name in named:
        project = one.record
        if not isinstance(project, Project):
            continue
        key = (project.department_id, name.casefold())
        if key not in found:
            found[key] = _procedure(name, project.department, by)
        links.append(ProjectProcedure(project=project, procedure=found[key], linked_by=by, linked_at=clock.now()))
    ProjectProcedure.objects.bulk_create(links)


def _procedure(name: str, department: Department, by: Person | None) -> Procedure:
    found = Procedure.objects.filter(department=department, name_en__iexact=name).first()
    if found is not None:
        return found
    [reference] = next_references("PROC", digits=4, count=1)
    return Procedure.objects.create(reference=reference, department=department, name_en=name)
