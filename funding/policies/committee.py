"""What the secretary may do before and during a round."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict, InvalidMove
from core.verdicts import Verdict
from funding import facts
from funding.models import FundingRequest, RequestStatus, Round, Tier
from funding.policies.papers import ready_to_decide
from funding.policies.states import is_open, serves_committee, state_of, wrong_tier


def can_screen(user: User, request: FundingRequest) -> Verdict:
    """The secretary, once the Head of Department has endorsed; where every head is conflicted nobody can."""
    serves = serves_committee(user, request)
    if not serves:
        return serves
    state = state_of(request, "screen")
    if not state:
        return state
    conflicted = request.status == RequestStatus.SUBMITTED and facts.heads_all_conflicted(request)
    if request.tier == Tier.DEPARTMENT and not conflicted:
        return wrong_tier(_("This amount is decided in the department."))
    if request.status == RequestStatus.SUBMITTED and not conflicted:
        return Verdict.no("state.move", _("The Head of Department has not endorsed it yet."), error=InvalidMove)
    return Verdict.yes()


def can_reclassify(user: User, request: FundingRequest) -> Verdict:
    """The secretary, of whatever tier, until a round is open: the paper under vote does not move (DESIGN 4)."""
    serves = serves_committee(user, request)
    return state_of(request, "reclassify") if serves else serves


def can_open_round(user: User, request: FundingRequest) -> Verdict:
    serves = serves_committee(user, request)
    if not serves:
        return serves
    state = state_of(request, "open_round")
    if not state:
        return state
    if request.tier == Tier.DEPARTMENT:
        return wrong_tier(_("This amount is decided in the department, without a vote."))
    return ready_to_decide(request)


def can_mark_absent(user: User, round_: Round) -> Verdict:
    serves = serves_committee(user, round_.request)
    return is_open(round_) if serves else serves


def can_edit_round(user: User, round_: Round) -> Verdict:
    """Nobody, ever: motion and roll are frozen at opening (TRUST T10)."""
    return Verdict.no(
        "round.roster",
        _("The motion and the roll of seats were frozen when the round opened. A change needs a new round."),
        error=Conflict,
    )
