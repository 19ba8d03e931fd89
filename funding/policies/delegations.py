"""Who may let another person decide for a department, and when a delegate may not (TRUST T12)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Posting, User
from core import clock
from core.errors import Conflict
from core.models import DatedPolicy
from core.verdicts import Verdict
from funding import facts
from funding.models import Delegation, FundingRequest
from funding.policies.dated import APPROVE, can_approve_policy

Status = DatedPolicy.Status


def can_propose_delegation(user: User, department_id: int | None = None) -> Verdict:
    """Whoever heads the department today. A delegate does not pass it on."""
    heads = Posting.objects.on(clock.today()).heads().filter(person=user.person_id)
    if department_id is not None:
        heads = heads.filter(department=department_id)
    if not heads.exists():
        return Verdict.no("head.only", _("Only the Head of Department does this."))
    return Verdict.yes()


def can_approve_delegation(user: User, delegation: Delegation) -> Verdict:
    """Somebody of the Team, who is neither the head nor the delegate."""
    if delegation.delegate_id == user.person_id:
        return Verdict.no("duty.separate", _("Nobody approves a delegation to themselves."))
    return can_approve_policy(user, delegation)


def can_end_delegation(user: User, delegation: Delegation) -> Verdict:
    """The head who gave it, whoever heads the department now, or the Team; as long as it is not over."""
    is_own = delegation.proposed_by_id == user.person_id
    is_head = user.person_id in facts.heads(delegation.department_id, clock.today())
    if not is_own and not is_head and not user.has_perm(APPROVE):
        return Verdict.no("duty.policy", _("A delegation is ended by the Head of Department or by the Team."))
    over = delegation.ends_on is not None and delegation.ends_on <= clock.today()
    if delegation.status == Status.WITHDRAWN or over:
        return Verdict.no("policy.state", _("This delegation is over."), error=Conflict)
    return Verdict.yes()


def delegate_verdict(user: User, request: FundingRequest) -> Verdict:
    """Whether this person decides for the head; finds the delegation.

    A head who asked for, led or wrote the request, or no longer heads the department, has nobody decide it either.
    """
    given = facts.delegation_to(user.person_id, request.department_id)
    if given is None or given.proposed_by_id not in facts.heads_of(request):
        return Verdict.no("head.only", _("Only the Head of Department does this."))
    if request.assessed_amount > given.most:
        return Verdict.no("delegation.limit", _("This amount is above what was delegated to you."))
    if facts.is_conflicted_head(given.proposed_by_id, request):
        message = _("The Head of Department in whose name you would decide is involved in this request.")
        return Verdict.no("vote.conflict", message)
    return Verdict.yes(given)
