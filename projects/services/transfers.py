"""Live claims that move to another project, with what was verified (DESIGN 3)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict, InvalidInput, Unprocessable
from core.text import is_blank
from projects import policies
from projects.models import Claim, Procedure, ProcedureFact, Project
from projects.services.recording import keep, locked_procedure, locked_project

MOVING = (ProcedureFact.Kind.CLAIMED, ProcedureFact.Kind.TRANSFERRED)


@transaction.atomic
def transfer_claim(*, actor: User, procedure_id: int, to_project_id: int, reason: str) -> ProcedureFact:
    """Let another project count the procedure from today on; what was verified stays.

    The other project touches the procedure, has passed its gate or already ran, and no verifier of the
    claim belongs to its side; else the claim must end and be made anew.
    """
    giving_id = Claim.objects.filter(procedure=procedure_id, is_live=True).values_list("project", flat=True).first()
    locked = {pk: locked_project(actor, pk) for pk in sorted({to_project_id, giving_id or to_project_id})}
    procedure = locked_procedure(actor, procedure_id)
    claim = policies.can_transfer(actor, procedure, locked[to_project_id]).or_raise()
    if claim.project_id not in locked:
        raise Conflict("claim.moved", _("Somebody transferred this claim just now. Open the procedure again."))
    _refuse_no_reason(reason)
    return _move(claim, procedure, locked[to_project_id], actor=actor, effective_on=clock.today(), reason=reason)


def transfer_all_claims(
    *, actor: User, project: Project, to_project: Project, effective_on: date, reason: str
) -> list[ProcedureFact]:
    """Move every live claim of a project that leaves the register, all or none.

    For the act by which it leaves: call it inside that act's transaction, with both projects locked in the
    order of their keys and before anything is recorded in the ledger. Whether the actor may do this is
    that act's to say; whether each claim can move is judged here.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Claims move in the transaction of the act by which their project leaves.")
    keys = Claim.objects.filter(project=project, is_live=True).order_by("procedure").values_list("procedure", flat=True)
    procedures = [locked_procedure(actor, key) for key in keys]
    claims = [(procedure, claim) for procedure in procedures if (claim := policies.live_claim(procedure))]
    for procedure, claim in claims:
        policies.can_move(claim, procedure, to_project).or_raise()
        _refuse_impossible_day(claim, effective_on)
    return [
        _move(claim, procedure, to_project, actor=actor, effective_on=effective_on, reason=reason)
        for procedure, claim in claims
    ]


def _move(
    claim: Claim, procedure: Procedure, to_project: Project, *, actor: User, effective_on: date, reason: str
) -> ProcedureFact:
    giving = claim.project
    claim.project = to_project
    claim.save(update_fields=["project"])
    return keep(
        ProcedureFact.Kind.TRANSFERRED,
        action="procedure.transferred",
        actor=actor,
        procedure=procedure,
        told={
            "from": giving.reference,
            "to": to_project.reference,
            "effective_on": effective_on.isoformat(),
        },
        claim=claim,
        project=to_project,
        effective_on=effective_on,
        note=reason,
    )


def _refuse_impossible_day(claim: Claim, effective_on: date) -> None:
    """Not in the future, and not before the day from which the present project counts it."""
    held_from = claim.facts.filter(kind__in=MOVING).order_by("-position").values_list("effective_on", flat=True)[0]
    if effective_on > clock.today():
        future = _("The day is in the future.")
        raise Unprocessable("date.future", future, fields={"effective_on": [future]})
    if effective_on < held_from:
        message = _("A claim cannot move before the day from which the project counts it: %(day)s.") % {
            "day": held_from.isoformat()
        }
        raise Unprocessable("date.order", message, fields={"effective_on": [message]})


def _refuse_no_reason(reason: str) -> None:
    if is_blank(reason):
        message = _("Say why the claim moves.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
