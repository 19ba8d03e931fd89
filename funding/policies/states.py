"""The refusals that several policies share."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict, InvalidMove
from core.verdicts import Verdict
from funding import facts
from funding.ballots import Ballot
from funding.models import FundingRequest, RequestStatus, Round, RoundStatus
from funding.rules import lifecycle

SECRETARY = "funding.serve_committee"


def state_of(request: FundingRequest, move: str) -> Verdict:
    """Whether the life of a request has this move from where it is."""
    if lifecycle.allows(lifecycle.REQUEST, move, request.status):
        return Verdict.yes()
    reason = _("The request is at the stage “%(stage)s”, where this cannot be done.") % {
        "stage": RequestStatus(request.status).label
    }
    return Verdict.no("state.move", reason, error=InvalidMove)


def is_open(round_: Round | Ballot) -> Verdict:
    if round_.status == RoundStatus.OPEN:
        return Verdict.yes()
    return Verdict.no("round.closed", _("This round is closed."), error=Conflict)


def serves_committee(user: User, request: FundingRequest) -> Verdict:
    """The secretary, for requests that are not the secretary's own."""
    if not user.has_perm(SECRETARY):
        return Verdict.no("secretary.only", _("Only the secretary does this."))
    if facts.is_own_item(user.person_id, request):
        return Verdict.no(
            "duty.separate", _("You asked for, lead or wrote this request, so another secretary must do this.")
        )
    return Verdict.yes()


def wrong_tier(reason: object) -> Verdict:
    return Verdict.no("tier.mismatch", str(reason), error=Conflict)
