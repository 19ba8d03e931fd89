"""Procedures in the register: added, changed, linked to projects, retired."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict, InvalidInput, Stale, Unprocessable
from core.references import next_reference
from core.simplified import simplified
from core.text import is_blank
from projects import policies
from projects.models import Claim, Procedure, ProcedureFact, Project, ProjectProcedure
from projects.services.recording import end_claim, keep, locked_procedure, locked_project


class ProcedureFields(TypedDict, total=False):
    """What a person may say about a procedure. An empty `name_zh_hans` takes the proposal of OpenCC."""

    name_en: str
    name_zh_hant: str
    name_zh_hans: str
    service_kind: str
    channel: str
    yearly_volume: int | None
    handling_minutes: Decimal | None
    waiting_days: Decimal | None
    planned_on: date | None


@transaction.atomic
def add_procedure(*, actor: User, project_id: int, **fields: Unpack[ProcedureFields]) -> Procedure:
    """Register a procedure of the project's department and link it to the project.

    A department has one procedure of a name: the same name again is refused and says which one it is.
    """
    project = locked_project(actor, project_id)
    policies.can_add_procedure(actor, project).or_raise()
    procedure = Procedure(reference=next_reference("PROC"), department=project.department)
    _write(procedure, fields)
    procedure.save()
    link(project, procedure, actor)
    return procedure


@transaction.atomic
def edit_procedure(
    *, actor: User, procedure_id: int, expected_version: int, **fields: Unpack[ProcedureFields]
) -> Procedure:
    """Change what is given. A new name keeps the reference, the claims and the count: it is the same procedure."""
    procedure = locked_procedure(actor, procedure_id)
    policies.can_edit_procedure(actor, procedure).or_raise()
    if procedure.version != expected_version:
        raise Stale("version.stale", _("Somebody changed this procedure after you opened it."))
    _write(procedure, fields)
    procedure.version += 1
    procedure.save()
    return procedure


@transaction.atomic
def link_procedure(*, actor: User, project_id: int, procedure_id: int) -> ProjectProcedure:
    """Say that the project touches a procedure that is already registered, of any department."""
    project = locked_project(actor, project_id)
    procedure = locked_procedure(actor, procedure_id)
    policies.can_add_procedure(actor, project).or_raise()
    policies.is_present(procedure).or_raise()
    if project.procedure_links.filter(procedure=procedure).exists():
        raise Conflict("procedure.linked", _("The project already touches this procedure."))
    return link(project, procedure, actor)


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


def link(project: Project, procedure: Procedure, actor: User) -> ProjectProcedure:
    return ProjectProcedure.objects.create(
        project=project, procedure=procedure, linked_by=actor.person, linked_at=clock.now()
    )


def refuse_same_name(procedure: Procedure, name_en: str) -> None:
    """A department has one procedure of a name, whatever became of it."""
    others = Procedure.objects.filter(department=procedure.department, name_en__iexact=name_en)
    same = others.exclude(pk=procedure.pk).first()
    if same is not None:
        message = _("This department already has a procedure of this name: %(reference)s.") % {
            "reference": same.reference
        }
        raise Conflict("procedure.exists", message, fields={"name_en": [message]})


def _write(procedure: Procedure, fields: ProcedureFields) -> None:
    """Store what is given. A corrected Simplified name stays until the Traditional one changes."""
    if "name_en" in fields:
        refuse_same_name(procedure, fields["name_en"])
    renamed = fields.get("name_zh_hant", procedure.name_zh_hant) != procedure.name_zh_hant
    for name, value in fields.items():
        setattr(procedure, name, value)
    if not procedure.name_zh_hans or (renamed and "name_zh_hans" not in fields):
        procedure.name_zh_hans = simplified(procedure.name_zh_hant)


def _refuse_impossible_end(effective_on: date, claim: Claim | None) -> None:
    if effective_on > clock.today():
        message = _("The day is in the future.")
        raise Unprocessable("date.future", message, fields={"effective_on": [message]})
    if claim is not None and effective_on < claim.went_live_on:
        message = _("The day is before the go-live.")
        raise Unprocessable("date.order", message, fields={"effective_on": [message]})
