"""Who may return, defer, bring back and appeal, and when (DESIGN 4)."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from funding import facts
from funding.models import Decision, FundingRequest, Outcome, RequestStatus, Round, RoundStatus, Tier
from funding.policies.states import serves_committee, state_of, wrong_tier

APPEALABLE = (Outcome.REJECTED, Outcome.NOT_RECOMMENDED)


def can_return(user: User, request: FundingRequest) -> Verdict:
    """Whoever has the request before them: the Head of Department, the secretary, or who presides over its round."""
    return _holds(user, request, "return")


def can_defer(user: User, request: FundingRequest) -> Verdict:
    """As `can_return`; a Head of Department defers only what the department decides."""
    if request.status == RequestStatus.SUBMITTED and request.tier != Tier.DEPARTMENT:
        return wrong_tier(_("The Head of Department endorses or returns this request; the working group defers it."))
    return _holds(user, request, "defer")


def can_bring_back(user: User, request: FundingRequest) -> Verdict:
    """The secretary; or the Head of Department who deferred it in the department."""
    if request.tier == Tier.DEPARTMENT and user.person_id in facts.heads_of(request):
        if facts.is_own_item(user.person_id, request):
            return _own_item()
        return state_of(request, "bring_back")
    serves = serves_committee(user, request)
    return state_of(request, "bring_back") if serves else serves


def can_answer(user: User, request: FundingRequest) -> Verdict:
    """The people of the department that asks, while the request is back with them."""
    if not facts.belongs(user.person_id, request.department_id, clock.today()):
        return Verdict.no("department.other", _("Only people of the department that asks may do this."))
    return state_of(request, "answer")


def answers_are_complete(request: FundingRequest) -> Verdict:
    """Whether a returned request may come again: every question has an answer."""
    if request.status != RequestStatus.RETURNED or not facts.open_questions(request):
        return Verdict.yes()
    return Verdict.no("questions.open", _("Answer every question before you submit a new version."), error=Conflict)


def can_appeal(user: User, request: FundingRequest) -> Verdict:
    """People of the department, within the policy's days, against a rejection or an approval of less than asked.

    Finds the decision. Each is appealed against once, unless that appeal was withdrawn.
    """
    if not facts.belongs(user.person_id, request.department_id, clock.today()):
        return Verdict.no("department.other", _("Only people of the department that asks may do this."))
    decision = request.decisions.filter(published_at__isnull=False).order_by("-published_at").first()
    if decision is None:
        return Verdict.no(
            "appeal.undecided", _("Nothing has been published that could be appealed against."), error=Conflict
        )
    if not is_appealable(decision):
        message = _("An appeal is against a rejection, or against less than was asked.")
        return Verdict.no("appeal.outcome", message, error=Conflict)
    if clock.today() > last_day_of_appeal(decision):
        late = _("The time for an appeal ended on %(day)s.") % {"day": last_day_of_appeal(decision).isoformat()}
        return Verdict.no("appeal.late", late, error=Conflict)
    if decision.appeals.exclude(request__status=RequestStatus.WITHDRAWN).exists():
        return Verdict.no("appeal.twice", _("There is an appeal against this decision already."), error=Conflict)
    return Verdict.yes(decision)


def is_appealable(decision: Decision) -> bool:
    """What the Legislative Council decided is not ours to look at again."""
    if decision.tier == Tier.LEGCO and decision.round_id is None:
        return False
    return decision.outcome in APPEALABLE or decision.is_in_part


def last_day_of_appeal(decision: Decision) -> date:
    """Hong Kong dates, the last one included, by the policy the request was filed under."""
    policy = decision.request.policy
    days = policy.appeal_days if policy else 0
    published = decision.published_at or decision.decided_at
    return clock.hong_kong_day(published) + timedelta(days=days)


def _holds(user: User, request: FundingRequest, move: str) -> Verdict:
    state = state_of(request, move)
    if request.status == RequestStatus.SUBMITTED:
        heads = facts.heads_of(request)
        if user.person_id in heads:
            return _own_item() if facts.is_conflicted_head(user.person_id, request) else state
        if not heads or not all(facts.is_conflicted_head(head, request) for head in heads):
            return Verdict.no("head.only", _("Only the Head of Department does this."))
    open_round = _open_round(request)
    presides = open_round is not None and facts.presiding_person(open_round) == user.person_id
    if not presides:
        serves = serves_committee(user, request)
        if not serves:
            return serves
    if open_round is not None and open_round.last_call_at is not None:
        return Verdict.no(
            "round.last_call", _("The last call has been made, so the round is closed first."), error=Conflict
        )
    return state


def _open_round(request: FundingRequest) -> Round | None:
    if request.status != RequestStatus.DECIDING:
        return None
    return Round.objects.filter(request=request, status=RoundStatus.OPEN).select_related("acting_chair").first()


def _own_item() -> Verdict:
    return Verdict.no("duty.separate", _("You asked for, lead or wrote this request, so somebody else must do this."))
