"""What applicants and Heads of Department may do to a request."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Posting, User
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from funding import facts
from funding.models import FundingRequest, Tier
from funding.policies.states import state_of, wrong_tier
from projects.models import Project


def can_draft(user: User, project: Project | None = None) -> Verdict:
    """Money is asked for by the people of the project's own department, for a registered project."""
    mine = Posting.objects.on(clock.today()).filter(person=user.person_id)
    if project is None:
        if mine.exists():
            return Verdict.yes()
        return Verdict.no("department.none", _("Only people who belong to a department may ask for money."))
    if not mine.filter(department=project.department_id).exists():
        return _other_department()
    return Verdict.yes()


def can_edit(user: User, request: FundingRequest) -> Verdict:
    """A draft belongs to its department. Once submitted the only edit is a revision."""
    if not _belongs(user, request):
        return _other_department()
    if not state_of(request, "edit"):
        reason = _("A submitted request is changed only by a revision, with a reason.")
        return Verdict.no("request.locked", reason, error=Conflict)
    return Verdict.yes()


def can_submit(user: User, request: FundingRequest) -> Verdict:
    if not _belongs(user, request):
        return _other_department()
    return state_of(request, "submit")


def can_revise(user: User, request: FundingRequest) -> Verdict:
    if not _belongs(user, request):
        return _other_department()
    return state_of(request, "revise")


def can_withdraw(user: User, request: FundingRequest) -> Verdict:
    """The applicant or the lead."""
    if user.person_id not in (request.applicant_id, request.lead_id):
        return Verdict.no("applicant.only", _("Only the applicant or the project lead withdraws a request."))
    return state_of(request, "withdraw")


def can_endorse(user: User, request: FundingRequest) -> Verdict:
    """The Head of Department, for requests above the department's own tier, never on their own item."""
    if not _heads(user, request):
        return _head_only()
    if facts.is_own_item(user.person_id, request):
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
    """The Head of Department, unless it is their own item: then the working group decides (DESIGN 4)."""
    if not _heads(user, request):
        return _head_only()
    if facts.is_own_item(user.person_id, request):
        return Verdict.no(
            "vote.conflict",
            _("You asked for, lead or wrote this request, so the working group decides it, not you."),
        )
    state = state_of(request, "decide_in_department")
    if not state:
        return state
    if request.tier != Tier.DEPARTMENT:
        return wrong_tier(_("This request is above what the department decides."))
    return Verdict.yes()


def _belongs(user: User, request: FundingRequest) -> bool:
    return facts.belongs(user.person_id, request.department_id, clock.today())


def _heads(user: User, request: FundingRequest) -> bool:
    return user.person_id in facts.heads(request.department_id, clock.today())


def _other_department() -> Verdict:
    return Verdict.no("department.other", _("Only people of the department that asks may do this."))


def _head_only() -> Verdict:
    return Verdict.no("head.only", _("Only the Head of Department does this."))
