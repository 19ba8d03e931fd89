"""Who may change, meet, discharge and waive a condition. The owner never discharges their own (DESIGN 4)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import InvalidMove
from core.verdicts import Verdict
from funding import facts
from funding.models import Condition, ConditionStatus, ConditionStep, Tier
from funding.policies.states import serves_committee
from funding.rules import lifecycle


def can_assign(user: User, condition: Condition) -> Verdict:
    """The secretary sets another owner or date."""
    serves = serves_committee(user, condition.decision.request)
    return _state(condition, "assign") if serves else serves


def can_submit_evidence(user: User, condition: Condition) -> Verdict:
    """The owner, or somebody else of the department that got the money."""
    department = condition.decision.request.department_id
    if user.person_id != condition.owner_id and not facts.belongs(user.person_id, department, clock.today()):
        return Verdict.no("condition.owner", _("The owner of the condition, or the department, hands in the evidence."))
    return _state(condition, "submit")


def can_discharge(user: User, condition: Condition) -> Verdict:
    """The secretary, or the Head of Department where the department decided: never the owner or who gave the proof."""
    if user.person_id == condition.owner_id or user.person_id == _last(condition, ConditionStep.Kind.SUBMITTED):
        return Verdict.no(
            "duty.separate", _("Somebody other than the owner and who handed in the evidence discharges a condition.")
        )
    request = condition.decision.request
    decided_here = condition.decision.tier == Tier.DEPARTMENT
    heads = decided_here and user.person_id in facts.heads(request.department_id, clock.today())
    if not heads or facts.is_own_item(user.person_id, request):
        serves = serves_committee(user, request)
        if not serves:
            return serves
    return _state(condition, "discharge")


def can_return_evidence(user: User, condition: Condition) -> Verdict:
    return can_discharge(user, condition)


def can_propose_waiver(user: User, condition: Condition) -> Verdict:
    """The secretary of the deciding body, for conditions of others."""
    if user.person_id == condition.owner_id:
        return _own()
    serves = serves_committee(user, condition.decision.request)
    return _state(condition, "propose_waiver") if serves else serves


def can_waive(user: User, condition: Condition) -> Verdict:
    """A second person: another secretary, or who approves policies of the Team. Never who proposed it, or the owner."""
    if not (user.has_perm("funding.serve_committee") or user.has_perm("funding.approve_policy")):
        return Verdict.no("condition.waiver", _("A waiver is agreed by another secretary or by the Team."))
    if user.person_id == condition.owner_id or facts.is_own_item(user.person_id, condition.decision.request):
        return _own()
    state = _state(condition, "waive")
    if state and user.person_id == _last(condition, ConditionStep.Kind.WAIVING):
        return Verdict.no("duty.separate", _("You proposed this waiver, so a second person agrees or refuses."))
    return state


def _last(condition: Condition, kind: str) -> int | None:
    step = condition.steps.filter(kind=kind).order_by("-at", "-pk").first()
    return step.person_id if step else None


def _state(condition: Condition, move: str) -> Verdict:
    if lifecycle.allows(lifecycle.CONDITION, move, condition.status):
        return Verdict.yes()
    reason = _("The condition is at the stage “%(stage)s”, where this cannot be done.") % {
        "stage": ConditionStatus(condition.status).label
    }
    return Verdict.no("state.move", reason, error=InvalidMove)


def _own() -> Verdict:
    return Verdict.no(
        "duty.separate", _("This condition is your own or on your own request, so somebody else does this.")
    )
