"""Procedures in the register: added, linked to projects, retired."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict, InvalidInput, Unprocessable
from core.references import next_reference
from core.text import is_blank
from projects import policies
from projects.models import Claim, Procedure, ProcedureFact, Project, ProjectProcedure
from projects.services.recording import end_claim, keep, locked_procedure, locked_project
from projects.simplified import simplified


@transaction.atomic
def add_procedure(
    *, actor: User, project_id: int, name_en: str, name_zh_hant: str = "", planned_on: date | None = None
) -> Procedure:
    """Register a procedure of the project's department and link it to the project.

    A department has one procedure of a name: the same name again is refused and says which one it is.
    """
    project = locked_project(actor, project_id)
    policies.can_add_procedure(actor, project).or_raise()
    _refuse_same_name(project, name_en)
    procedure = Procedure.objects.create(
        reference=next_reference("PROC"),
        department=project.department,
        name_en=name_en,
        name_zh_hant=name_zh_hant,
        name_zh_hans=simplified(name_zh_hant),
        planned_on=planned_on,
    )
    _link(project, procedure, actor)
    return procedure


@transaction.atomic
def link_procedure(*, actor: User, project_id: int, procedure_id: int) -> ProjectProcedure:
    """Say that the project touches a procedure that is already registered, of any department."""
    project = locked_project(actor, project_id)
    procedure = locked_procedure(actor, procedure_id)
    policies.can_add_procedure(actor, project).or_raise()
    if procedure.retired_on:
        raise Conflict("procedure.retired", _("This procedure is retired."))
    if project.procedure_links.filter(procedure=procedure).exists():
        raise Conflict("procedure.linked", _("The project already touches this procedure."))
    return _link(project, procedure, actor)


@transaction.atomic
def retire(*, actor: User, procedure_id: int, effective_on: date, reason: str) -> ProcedureFact:
    """Retire a procedure for good: `effective_on` is the first day it no longer counts. Its live claim ends with it."""
    procedure = locked_procedure(actor, procedure_id)
    claim = policies.can_retire(actor, procedure).or_raise()
    if is_blank(reason):
        message = _("Say why the procedure is retired.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    _refuse_impossible_end(effective_on, claim)
    if claim is not None:
        end_claim(claim)
    return keep(
        ProcedureFact.Kind.RETIRED,
        action="procedure.retired",
        actor=actor,
        procedure=procedure,
        told={"effective_on": effective_on.isoformat()},
        claim=claim,
        effective_on=effective_on,
        note=reason,
    )


def _link(project: Project, procedure: Procedure, actor: User) -> ProjectProcedure:
    return ProjectProcedure.objects.create(
        project=project, procedure=procedure, linked_by=actor.person, linked_at=clock.now()
    )


def _refuse_same_name(project: Project, name_en: str) -> None:
    same = Procedure.objects.filter(department=project.department, name_en__iexact=name_en).first()
    if same is not None:
        message = _("This department already has a procedure of this name: %(reference)s.") % {
            "reference": same.reference
        }
        raise Conflict("procedure.exists", message, fields={"name_en": [message]})


def _refuse_impossible_end(effective_on: date, claim: Claim | None) -> None:
    if effective_on > clock.today():
        message = _("The day is in the future.")
        raise Unprocessable("date.future", message, fields={"effective_on": [message]})
    if claim is not None and effective_on < claim.went_live_on:
        message = _("The day is before the go-live.")
        raise Unprocessable("date.order", message, fields={"effective_on": [message]})
