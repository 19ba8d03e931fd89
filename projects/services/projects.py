"""Projects in the register: registered, edited, stopped."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person, Posting, User
from core import clock, ledger
from core.errors import InvalidInput, InvalidMove, NotVisible, Stale, Unprocessable
from core.references import next_reference
from core.text import is_blank
from projects import policies
from projects.models import Claim, ProcedureFact, Project, Stage
from projects.rules import lifecycle
from projects.services.recording import end_claim, keep, locked_procedure, locked_project
from projects.simplified import simplified


class ProjectFields(TypedDict, total=False):
    """What a person may say about a project."""

    title_en: str
    title_zh_hant: str
    summary_en: str
    summary_zh_hant: str
    category: str
    technique: str
    stage: str
    lead: Person | None


@transaction.atomic
def register_project(
    *, actor: User, department_id: int, was_already_running: bool = False, **fields: Unpack[ProjectFields]
) -> Project:
    """Enter a project of the actor's own department. One that already ran carries that mark instead of a gate."""
    department = Department.objects.visible_to(actor).filter(pk=department_id).first()
    if department is None:
        raise NotVisible("department.none", _("There is no such department."))
    policies.can_register_project(actor, department).or_raise()
    project = Project(
        reference=new_reference(department), department=department, was_already_running=was_already_running
    )
    _refuse_retiring(fields)
    _write(project, fields)
    if project.stage in lifecycle.PAST_GATE and not was_already_running:
        project.gate_passed_on = clock.today()
    project.save()
    return project


@transaction.atomic
def edit_project(*, actor: User, project_id: int, expected_version: int, **fields: Unpack[ProjectFields]) -> Project:
    """Change what is given. Passing the go-live gate (roll-out or live) is kept with its day and in the ledger."""
    project = locked_project(actor, project_id)
    policies.can_edit_project(actor, project).or_raise()
    if project.version != expected_version:
        raise Stale("version.stale", _("Somebody changed this project after you opened it."))
    before = project.stage
    _refuse_retiring(fields)
    _refuse_move(before, fields.get("stage", before))
    _write(project, fields)
    passes = lifecycle.passes_gate(before, project.stage) and project.gate_passed_on is None
    if passes:
        project.gate_passed_on = clock.today()
    project.version += 1
    project.save()
    if passes:
        ledger.record("project.gate_passed", actor=actor, subject=project, facts={"stage": project.stage})
    return project


@transaction.atomic
def stop_project(*, actor: User, project_id: int, effective_on: date, reason: str) -> Project:
    """Stop a project for good; its live claims end with it, on the same day (DESIGN 3)."""
    project = locked_project(actor, project_id)
    policies.can_stop_project(actor, project).or_raise()
    if is_blank(reason):
        message = _("Say why the project stops.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    if effective_on > clock.today():
        message = _("The day is in the future.")
        raise Unprocessable("date.future", message, fields={"effective_on": [message]})
    project.stage = Stage.RETIRED
    project.version += 1
    project.save(update_fields=["stage", "version"])
    _end_claims(project, actor=actor, effective_on=effective_on, reason=reason)
    told = {"effective_on": effective_on.isoformat()}
    ledger.record("project.stopped", actor=actor, subject=project, facts=told)
    return project


def new_reference(department: Department) -> str:
    """`IMMD-2026-003`: the department's safe code, the year of registration, and a number that is never reused."""
    return next_reference(f"{department.safe_code}-{clock.today().year}", digits=3)


def _end_claims(project: Project, *, actor: User, effective_on: date, reason: str) -> None:
    live = list(Claim.objects.filter(project=project, is_live=True).order_by("procedure"))
    procedures = [locked_procedure(actor, claim.procedure_id) for claim in live]
    for claim, procedure in zip(live, procedures, strict=True):
        end_claim(claim)
        keep(
            ProcedureFact.Kind.CLAIM_ENDED,
            action="procedure.claim_ended",
            actor=actor,
            procedure=procedure,
            told={"project": project.reference, "effective_on": effective_on.isoformat()},
            claim=claim,
            effective_on=max(effective_on, claim.went_live_on),
            note=reason,
        )


def _write(project: Project, fields: ProjectFields) -> None:
    _refuse_strange_lead(project, fields.get("lead"))
    for name, value in fields.items():
        setattr(project, name, value)
    for name in [name for name in ("title", "summary") if f"{name}_zh_hant" in fields]:
        setattr(project, f"{name}_zh_hans", simplified(getattr(project, f"{name}_zh_hant")))


def _refuse_strange_lead(project: Project, lead: Person | None) -> None:
    """A new lead is posted in the project's department; the present one may stay."""
    if lead is None or lead.pk == project.lead_id:
        return
    if not Posting.objects.on(clock.today()).filter(person=lead, department=project.department_id).exists():
        message = _("The lead must belong to the project's department.")
        raise Unprocessable("lead.department", message, fields={"lead": [message]})


def _refuse_retiring(fields: ProjectFields) -> None:
    if fields.get("stage") == Stage.RETIRED:
        raise InvalidMove("state.move", _("A project is retired by stopping it, with a day and a reason."))


def _refuse_move(before: str, after: str) -> None:
    if not lifecycle.may_move(before, after):
        message = _("A project cannot go from “%(before)s” to “%(after)s”.") % {
            "before": Stage(before).label,
            "after": Stage(after).label,
        }
        raise InvalidMove("state.move", message, fields={"stage": [message]})
