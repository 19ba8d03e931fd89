"""What applicants and Heads of Department may do to a request."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import posted_today
from core import clock
from core.verdicts import Verdict
from funding import facts
from funding.models import FundingRequest, Tier
from funding.policies.delegations import delegate_verdict
from funding.policies.papers import ready_to_decide
from funding.policies.states import state_of, wrong_tier
from projects.models import Project


def can_draft(user: User, project: Project | None = None) -> Verdict:
    """Money is asked for by the people of the project's own department, for a registered project."""
    mine = posted_today(user.person_id)
    if project is None:
        if mine:
            return Verdict.yes()
        return Verdict.no("department.none", _("Only people who belong to a department may ask for money."))
    if project.department_id not in mine:
        return _other_department()
    return Verdict.yes()


def can_copy(user: User, request: FundingRequest) -> Verdict:
    """Whoever sees the whole paper may start from it; for which project is judged when the draft is made."""
    return can_draft(user)


def can_submit(user: User, request: FundingRequest) -> Verdict:
    if not _belongs(user, request):
        return _other_department()
    return state_of(request, "submit")


def can_withdraw(user: User, request: FundingRequest) -> Verdict:
    """The applicant or the lead."""
    if user.person_id not in (request.applicant_id, request.lead_id):
        return Verdict.no("applicant.only", _("Only the applicant or the project lead withdraws a request."))
    return state_of(request, "withdraw")


def can_endorse(user: User, request: FundingRequest) -> Verdict:
    """The Head of Department, for requests above the department's own tier, never on their own item."""
    if not _heads(user, request):
        return _head_only()
    if facts.is_conflicted_head(user.person_id, request):
        return Verdict.no(
            "duty.separate", _("You asked for, lead or wrote this request, so you cannot endorse it yourself.")
        )
    state = state_of(request, "endorse")
    if not state:
        return state
    if request.tier == Tier.DEPARTMENT:
        return wrong_tier(_("This amount is decided in the department and needs no endorsement."))
    return Verdict.yes()


def can_decide_in_department(user: User, request: FundingRequest) -> Verdict:
    """The Head of Department, unless it is their own item: then the working group decides (DESIGN 4).

    Or a delegate within the delegation's days and limit, which the verdict finds.
    """
    delegated = Verdict.yes()
    if not _heads(user, request):
        delegated = delegate_verdict(user, request) if request.tier == Tier.DEPARTMENT else _head_only()
    if not delegated:
        return delegated
    if facts.is_own_item(user.person_id, request):
        return Verdict.no(
            "vote.conflict",
            _("You asked for, lead or wrote this request, so the working group decides it, not you."),
        )
    if facts.is_conflicted_head(user.person_id, request):
        message = _("You took the decision that is appealed against, so somebody else decides the appeal.")
        return Verdict.no("vote.conflict", message)
    state = state_of(request, "decide_in_department")
    if not state:
        return state
    if request.tier != Tier.DEPARTMENT:
        return wrong_tier(_("This request is above what the department decides."))
    ready = ready_to_decide(request)
    return delegated if ready else ready


def _belongs(user: User, request: FundingRequest) -> bool:
    return facts.belongs(user.person_id, request.department_id, clock.today())


def _heads(user: User, request: FundingRequest) -> bool:
    return user.person_id in facts.heads_of(request)


def _other_department() -> Verdict:
    return Verdict.no("department.other", _("Only people of the department that asks may do this."))


def _head_only() -> Verdict:
    return Verdict.no("head.only", _("Only the Head of Department does this."))
