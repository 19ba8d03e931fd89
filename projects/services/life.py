"""What the Head of Department and the Team say about a project: pilot approved, pilot decided, flagship."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import InvalidInput
from core.text import is_blank
from projects import policies
from projects.models import HeadApproval, PilotDecision, Project
from projects.policies.life import standing_approval, waiting_result
from projects.services.recording import locked_project


@transaction.atomic
def approve_pilot(*, actor: User, project_id: int, statement: str) -> HeadApproval:
    """The Head of Department lets the project go to pilot, saying what was looked at."""
    project = locked_project(actor, project_id)
    policies.can_approve_pilot(actor, project).or_raise()
    refuse_blank("statement", statement, _("Say what you looked at."))
    approval = HeadApproval.objects.create(
        project=project, statement=statement, approved_by=actor.person, approved_at=clock.now()
    )
    ledger.record("project.pilot_approved", actor=actor, subject=project, facts={})
    return approval


@transaction.atomic
def withdraw_approval(*, actor: User, project_id: int, reason: str) -> HeadApproval:
    """Take the approval back before the pilot begins; it stays on record with the reason."""
    project = locked_project(actor, project_id)
    policies.can_withdraw_approval(actor, project).or_raise()
    refuse_blank("reason", reason, _("Say why the approval is withdrawn."))
    approval = standing_approval(project)
    assert approval is not None  # the policy found it under the same lock
    approval.withdrawn_at, approval.withdrawn_because = clock.now(), reason
    approval.save(update_fields=["withdrawn_at", "withdrawn_because"])
    ledger.record("project.approval_withdrawn", actor=actor, subject=project, facts={})
    return approval


@transaction.atomic
def record_pilot(*, actor: User, project_id: int, outcome: str, findings: str) -> PilotDecision:
    """Say what the pilot showed. A result that nobody has decided on is replaced; row history keeps it."""
    project = locked_project(actor, project_id)
    policies.can_record_pilot(actor, project).or_raise()
    _refuse_unknown("outcome", outcome, PilotDecision.Outcome.values)
    refuse_blank("findings", findings, _("Say what was measured, over how long, on how many cases."))
    result = waiting_result(project) or PilotDecision(project=project)
    result.outcome, result.findings = outcome, findings
    result.recorded_by, result.recorded_at = actor.person, clock.now()
    result.save()
    return result


@transaction.atomic
def decide_pilot(*, actor: User, project_id: int, decision: str, reason: str) -> PilotDecision:
    """The Head of Department scales, changes or stops, with a reason. Only "scale" opens the go-live gate."""
    project = locked_project(actor, project_id)
    result: PilotDecision = policies.can_decide_pilot(actor, project).or_raise()
    _refuse_unknown("decision", decision, PilotDecision.Decision.values)
    refuse_blank("reason", reason, _("Say why."))
    result.decision, result.reason = decision, reason
    result.decided_by, result.decided_at = actor.person, clock.now()
    result.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    facts = {"decision": decision, "outcome": str(result.outcome)}
    ledger.record("project.pilot_decided", actor=actor, subject=project, facts=facts)
    return result


@transaction.atomic
def mark_flagship(*, actor: User, project_id: int, is_flagship: bool) -> Project:
    """The Team names a project a flagship of the programme, or takes the name back."""
    project = locked_project(actor, project_id)
    policies.can_mark_flagship(actor, project).or_raise()
    project.is_flagship = is_flagship
    project.version += 1
    project.save(update_fields=["is_flagship", "version"])
    return project


def refuse_blank(field: str, text: str, message: object) -> None:
    if is_blank(text):
        raise InvalidInput("reason.required", str(message), fields={field: [str(message)]})


def _refuse_unknown(field: str, value: str, known: list[str]) -> None:
    if value not in known:
        message = _("Choose one of the entries offered.")
        raise InvalidInput("choice.invalid", message, fields={field: [message]})
