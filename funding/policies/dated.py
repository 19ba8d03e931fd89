"""Who may propose, approve and withdraw funding policies and voting rules. Both are judged alike, by person."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict
from core.models import DatedPolicy
from core.verdicts import Verdict
from funding.models import Delegation, FundingPolicy, MoneyPolicy, RequiredPapers, ReviewRule, ServiceTimes, VotingRule

Proposed = FundingPolicy | VotingRule | MoneyPolicy | ServiceTimes | RequiredPapers | ReviewRule | Delegation
Status = DatedPolicy.Status
APPROVE = "funding.approve_policy"


def can_propose_policy(user: User) -> Verdict:
    if not user.has_perm("funding.propose_policy"):
        return Verdict.no(
            "duty.policy", _("Funding policies and voting rules are proposed by the Team or an administrator.")
        )
    return Verdict.yes()


def can_approve_policy(user: User, proposed: Proposed) -> Verdict:
    """Somebody of the Team other than whoever proposed it, whichever account that person used."""
    if not user.has_perm(APPROVE):
        return Verdict.no("duty.policy", _("Funding policies and voting rules are approved by the Team."))
    if proposed.status != Status.PROPOSED:
        return Verdict.no("policy.state", _("Only a proposed policy can be approved."), error=Conflict)
    if proposed.proposed_by_id == user.person_id:
        return Verdict.no(
            "duty.separate", _("A policy is approved by a second person, not by the one who proposed it.")
        )
    return Verdict.yes()


def can_withdraw_policy(user: User, proposed: Proposed) -> Verdict:
    """Whoever proposed it takes it back; whoever may approve turns it down."""
    is_own = proposed.proposed_by_id == user.person_id and can_propose_policy(user)
    if not is_own and not user.has_perm(APPROVE):
        return Verdict.no("duty.policy", _("A proposal is withdrawn by who proposed it or by the Team."))
    if proposed.status != Status.PROPOSED:
        return Verdict.no("policy.state", _("Only a proposed policy can be withdrawn."), error=Conflict)
    return Verdict.yes()
