"""Who may propose and approve counting rules, and set departments' shares of the targets."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict
from core.verdicts import Verdict
from projects.models import CountingRule

Status = CountingRule.Status


def can_propose_rule(user: User) -> Verdict:
    if not user.has_perm("projects.edit_rules"):
        return Verdict.no("duty.rules", _("Counting rules are proposed and approved by the Team."))
    return Verdict.yes()


def can_approve_rule(user: User, rule: CountingRule) -> Verdict:
    """Somebody of the Team other than whoever proposed it."""
    may = can_propose_rule(user)
    if not may:
        return may
    if rule.status != Status.PROPOSED:
        return Verdict.no("policy.state", _("Only a proposed policy can be approved."), error=Conflict)
    if rule.proposed_by_id == user.person_id:
        return Verdict.no(
            "duty.separate", _("A policy is approved by a second person, not by the one who proposed it.")
        )
    return Verdict.yes()


def can_withdraw_rule(user: User, rule: CountingRule) -> Verdict:
    may = can_propose_rule(user)
    if not may:
        return may
    if rule.status != Status.PROPOSED:
        return Verdict.no("policy.state", _("Only a proposed policy can be withdrawn."), error=Conflict)
    return Verdict.yes()


def can_set_shares(user: User) -> Verdict:
    if not user.has_perm("projects.set_shares"):
        return Verdict.no("duty.shares", _("Shares of the targets are set by the Team."))
    return Verdict.yes()
