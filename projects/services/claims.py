"""Claims that a procedure went live, and the evidence for them."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import InvalidInput, Unprocessable
from core.text import is_blank
from projects import policies
from projects.facts import as_rule
from projects.models import Claim, EvidenceKind, ProcedureFact, Project
from projects.rules.facts import is_late
from projects.services.recording import keep, locked_procedure, locked_project, locked_with_family, rule_today


@transaction.atomic
def claim(*, actor: User, procedure_id: int, project_id: int, went_live_on: date, reason: str = "") -> ProcedureFact:
    """Say that the procedure went live under this project on `went_live_on`, a Hong Kong day not in the future.

    Refuses a second live claim of the procedure and a day before the project's go-live gate. A day more
    than the rule's limit back needs a reason, and later a second verifier.
    """
    project = locked_project(actor, project_id)
    procedure = locked_with_family(actor, procedure_id)
    policies.can_claim(actor, procedure, project).or_raise()
    _refuse_future(went_live_on)
    _refuse_before_gate(project, went_live_on)
    rule = rule_today()
    late = is_late(went_live_on, recorded_on=clock.today(), rule=as_rule(rule))
    if late and is_blank(reason):
        message = _("A go-live more than %(days)s days ago needs a reason.") % {"days": rule.late_claim_days}
        raise Unprocessable("reason.required", message, fields={"reason": [message]})
    opened = Claim.objects.create(
        procedure=procedure,
        project=project,
        went_live_on=went_live_on,
        is_late=late,
        family=procedure.counts_with,
    )
    return keep(
        ProcedureFact.Kind.CLAIMED,
        action="procedure.claimed",
        actor=actor,
        procedure=procedure,
        told={"project": project.reference, "went_live_on": went_live_on.isoformat(), "late": late},
        claim=opened,
        project=project,
        effective_on=went_live_on,
        rule=rule,
        note=reason,
    )


@transaction.atomic
def add_evidence(*, actor: User, procedure_id: int, kind: str, note: str) -> ProcedureFact:
    """Add one piece of evidence to the live claim: its kind, and what it is and where it is kept."""
    procedure = locked_procedure(actor, procedure_id)
    opened = policies.can_add_evidence(actor, procedure).or_raise()
    if kind not in EvidenceKind.values:
        message = _("Choose one of the entries offered.")
        raise InvalidInput("choice.invalid", message, fields={"kind": [message]})
    if is_blank(note):
        message = _("Say what the evidence is and where it is kept.")
        raise InvalidInput("blank", message, fields={"note": [message]})
    return keep(
        ProcedureFact.Kind.EVIDENCE,
        action="procedure.evidence_added",
        actor=actor,
        procedure=procedure,
        told={"kind": kind},
        claim=opened,
        evidence_kind=kind,
        note=note,
    )


def _refuse_future(went_live_on: date) -> None:
    if went_live_on > clock.today():
        message = _("The go-live day is in the future.")
        raise Unprocessable("date.future", message, fields={"went_live_on": [message]})


def _refuse_before_gate(project: Project, went_live_on: date) -> None:
    """A claim reaches back no further than the gate, unless the project was registered as already running."""
    if project.was_already_running:
        return
    if project.gate_passed_on is None or went_live_on < project.gate_passed_on:
        message = _("The project had not passed its go-live gate on this day.")
        raise Unprocessable("golive.before_gate", message, fields={"went_live_on": [message]})
