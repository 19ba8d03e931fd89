"""Projects in the register: drafted, registered, edited."""

from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person, Posting, User
from core import clock
from core.errors import Conflict, InvalidInput, NotVisible, Stale, Unprocessable
from core.references import next_reference
from core.simplified import simplified
from projects import policies
from projects.models import Category, Project
from projects.rules import lifecycle
from projects.services.recording import locked_project
from projects.services.stages import enter_stage, record_gate


class ProjectFields(TypedDict, total=False):
    """What a person may say about a project."""

    title_en: str
    title_zh_hant: str
    title_zh_hans: str
    summary_en: str
    summary_zh_hant: str
    summary_zh_hans: str
    category: str
    technique: str
    stage: str
    lead: Person | None
    is_public_facing: bool | None
    yearly_volume: int | None
    visibility: str
    was_already_running: bool


@transaction.atomic
def register_project(*, actor: User, department_id: int, **fields: Unpack[ProjectFields]) -> Project:
    """Enter a project of the actor's own department. One that already ran carries that mark instead of a gate."""
    project = _begin(actor, department_id)
    _write(project, fields)
    _refuse_unready(project)
    project.save()
    return project


@transaction.atomic
def save_draft(*, actor: User, department_id: int, **fields: Unpack[ProjectFields]) -> Project:
    """Keep a project that only its own department sees, with a reference of its own but outside every total."""
    project = _begin(actor, department_id)
    _write(project, fields)
    project.status, project.registered_on = Project.Status.DRAFT, None
    project.save()
    return project


@transaction.atomic
def register_draft(*, actor: User, project_id: int) -> Project:
    """Enter a draft into the register, from today on."""
    project = locked_project(actor, project_id)
    policies.can_register_draft(actor, project).or_raise()
    _refuse_unready(project)
    project.status, project.registered_on = Project.Status.REGISTERED, clock.today()
    project.version += 1
    project.save(update_fields=["status", "registered_on", "version"])
    return project


@transaction.atomic
def edit_project(*, actor: User, project_id: int, expected_version: int, **fields: Unpack[ProjectFields]) -> Project:
    """Change what is given and differs. Who may change which field when is `rules.editing`; gates are judged too."""
    project = locked_project(actor, project_id)
    policies.can_edit_project(actor, project).or_raise()
    if project.version != expected_version:
        raise Stale("version.stale", _("Somebody changed this project after you opened it."))
    changed = {name: value for name, value in fields.items() if value != getattr(project, name)}
    _refuse_foreign_fields(actor, project, changed)
    gate = None
    if "stage" in changed and project.status == Project.Status.REGISTERED:
        gate = enter_stage(project, fields["stage"])
    _refuse_leaderless(project, fields)
    _write(project, fields)
    project.version += 1
    project.save()
    if gate:
        record_gate(project, actor=actor)
    return project


def new_reference(department: Department) -> str:
    """`IMMD-2026-003`: the department's safe code, the year of registration, and a number that is never reused."""
    return next_reference(f"{department.safe_code}-{clock.today().year}", digits=3)


def _begin(actor: User, department_id: int) -> Project:
    department = Department.objects.visible_to(actor).filter(pk=department_id).first()
    if department is None:
        raise NotVisible("department.none", _("There is no such department."))
    policies.can_register_project(actor, department).or_raise()
    return Project(reference=new_reference(department), department=department)


def _write(project: Project, fields: ProjectFields) -> None:
    _refuse_strange_lead(project, fields.get("lead"))
    _propose_simplified(project, fields)
    for name, value in fields.items():
        setattr(project, name, value)


def _propose_simplified(project: Project, fields: ProjectFields) -> None:
    """A new Traditional text brings its proposal along, unless a person gave or corrected the Simplified one."""
    for name in ("title", "summary"):
        hant, hans = f"{name}_zh_hant", f"{name}_zh_hans"
        if hant not in fields or hans in fields:
            continue
        stored = getattr(project, hans)
        if not stored or stored == simplified(getattr(project, hant)):
            setattr(project, hans, simplified(str(fields[hant])))  # type: ignore[literal-required] # one of the above


def _refuse_unready(project: Project) -> None:
    """A registered project has a category and stands where a new one may stand."""
    if project.category not in Category.values:
        message = _("Choose a category before the project is registered.")
        raise InvalidInput("choice.invalid", message, fields={"category": [message]})
    if lifecycle.may_start_at(project.stage, was_already_running=project.was_already_running):
        return
    message = (
        _("A project that already ran is at roll-out or live.")
        if project.was_already_running
        else _("A new project starts before the pilot; later stages are behind their gates.")
    )
    raise Conflict("gate.closed", message, fields={"stage": [message]})


def _refuse_foreign_fields(actor: User, project: Project, changed: dict[str, object]) -> None:
    for name in changed:
        verdict = policies.can_edit_field(actor, project, name)
        if not verdict:
            raise verdict.error(verdict.code, verdict.reason, fields={name: [verdict.reason]})


def _refuse_leaderless(project: Project, fields: ProjectFields) -> None:
    """From the pilot on somebody answers for the project."""
    begun = project.stage in (lifecycle.PILOT, *lifecycle.PAST_GATE) and project.lead_id is not None
    if begun and "lead" in fields and fields["lead"] is None:
        message = _("From the pilot on a project has a lead.")
        raise Unprocessable("lead.required", message, fields={"lead": [message]})


def _refuse_strange_lead(project: Project, lead: Person | None) -> None:
    """A new lead is posted in the project's department; the present one may stay."""
    if lead is None or lead.pk == project.lead_id:
        return
    if not Posting.objects.on(clock.today()).filter(person=lead, department=project.department_id).exists():
        message = _("The lead must belong to the project's department.")
        raise Unprocessable("lead.department", message, fields={"lead": [message]})
