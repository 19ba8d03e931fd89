"""Who asks on the open paper, and who answers (FEATURES D; TRUST C5)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.verdicts import Verdict
from funding import facts
from funding.models import Round, SeatTerm
from funding.policies.states import is_open
from funding.policies.votes import can_declare


def can_ask_on_paper(user: User, round_: Round) -> Verdict:
    """A member with a seat in the roll, holder or alternate, who is not recused, until the round closes."""
    seated = can_declare(user, round_)
    if not seated:
        return seated
    seat = seated.found
    capacity = SeatTerm.Capacity.HOLDER if seat.holder_id == user.person_id else SeatTerm.Capacity.ALTERNATE
    if not facts.runs(capacity, seat, user.person_id, clock.today()):
        return Verdict.no("seat.ended", _("Your term in this seat has ended."))
    return Verdict.yes(seat)


def can_answer_on_paper(user: User, round_: Round) -> Verdict:
    """The applicant, or who leads the request or its project, until the round closes."""
    request = round_.request
    if user.person_id not in (request.applicant_id, request.lead_id, request.project.lead_id):
        return Verdict.no("applicant.only", _("Only the applicant and the project lead answer."))
    return is_open(round_)
