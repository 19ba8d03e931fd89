"""Who may vote, who may declare an interest, and who sees what of the votes (DESIGN 5)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from funding import ballots, facts
from funding.ballots import Ballot, SeatNow
from funding.models import RollSeat, Round, RoundStatus, SeatTerm
from funding.policies.states import SECRETARY, is_open
from funding.rules.conflicts import SAME_DEPARTMENT


def can_vote(user: User, round_: Round, *, at: datetime | None = None) -> Verdict:
    """Finds the seat this person speaks for now. Without `at` the database's clock is asked."""
    ballot = ballots.read(round_.pk, user.person_id)
    return may_cast(ballot, at=at) if ballot else Verdict.no("round.none", _("There is no such round for you."))


def may_cast(ballot: Ballot, *, at: datetime | None = None) -> Verdict:
    """The judgement itself, on what was read; a service reads it under the lock of the round."""
    opened = is_open(ballot)
    if not opened:
        return opened
    if ballot.deadline_at is not None and (at or ballot.at) >= ballot.deadline_at:
        return Verdict.no("round.closed", _("The deadline of this round has passed."), error=Conflict)
    if set(ballot.grounds) - {SAME_DEPARTMENT}:
        return _conflicted()
    seat = ballot.seat
    if seat is None:
        return _no_seat(ballot.person_id, ballot.body_id)
    if ballot.grounds or seat.is_recused:
        return _conflicted()
    return _as_holder(seat) if seat.is_holder else _as_alternate(seat)


def can_declare(user: User, round_: Round) -> Verdict:
    """Any member, holder or alternate, before close. Finds their roll seat."""
    opened = is_open(round_)
    if not opened:
        return opened
    seat = _seat_of(user, round_)
    if seat is None:
        return _no_seat(user.person_id, round_.body_id)
    is_holder = seat.holder_id == user.person_id
    if seat.is_recused or (not is_holder and seat.alternate_recused):
        return Verdict.no("recusal.once", _("You are recused from this round already."), error=Conflict)
    return Verdict.yes(seat)


def can_see_tally(user: User, round_: Round) -> Verdict:
    """Nobody while it is open; the body and the secretary once closed; whoever sees the round once published."""
    if round_.status == RoundStatus.PUBLISHED:
        return Verdict.yes()
    if round_.status == RoundStatus.OPEN:
        return Verdict.no("tally.hidden", _("The count is hidden until the round is closed."))
    if user.has_perm(SECRETARY) or _sits_unrecused(user, round_):
        return Verdict.yes()
    return Verdict.no("tally.hidden", _("The result is shown when the secretary publishes it."))


def can_see_ballots(user: User, round_: Round) -> Verdict:
    """Who voted how: after publication, for the body, the applicant's department, the Team and the auditor."""
    if round_.status != RoundStatus.PUBLISHED:
        return Verdict.no("ballots.hidden", _("Who voted how is shown after publication."))
    if user.has_perm("funding.view_every_ballot") or _seat_of(user, round_) is not None:
        return Verdict.yes()
    if facts.belongs(user.person_id, round_.request.department_id, clock.today()):
        return Verdict.yes()
    return Verdict.no("ballots.hidden", _("You see the counts, not who voted how."))


def _as_holder(seat: SeatNow) -> Verdict:
    if not seat.term_runs:
        return _ended()
    if seat.other_has_spoken:
        return Verdict.no("seat.holder", _("Your alternate has voted for this seat."))
    return Verdict.yes(seat)


def _as_alternate(seat: SeatNow) -> Verdict:
    if seat.alternate_recused:
        return _conflicted()
    if not seat.term_runs:
        return _ended()
    if not seat.is_absent:
        return Verdict.no("seat.holder", _("The holder of the seat has not been marked absent."))
    if seat.other_has_spoken:
        return Verdict.no("seat.holder", _("The holder of the seat has voted."))
    return Verdict.yes(seat)


def _seat_of(user: User, round_: Round) -> RollSeat | None:
    """The one seat of the roll that this person holds or stands in for."""
    seats = round_.roll.all()  # all of them: a page that shows the roll has read it already
    held = (seat for seat in seats if seat.holder_id == user.person_id)
    return next(held, None) or next((seat for seat in seats if seat.alternate_id == user.person_id), None)


def _sits_unrecused(user: User, round_: Round) -> bool:
    seat = _seat_of(user, round_)
    if seat is None or seat.is_recused:
        return False
    return seat.holder_id == user.person_id or not seat.alternate_recused


def _no_seat(person_id: int, body_id: int) -> Verdict:
    if SeatTerm.objects.filter(seat__body=body_id, person=person_id, ends_on__lte=clock.today()).exists():
        return _ended()
    return Verdict.no("seat.holder", _("You hold no seat in this round."))


def _ended() -> Verdict:
    return Verdict.no("seat.ended", _("Your term in this seat has ended."))


def _conflicted() -> Verdict:
    return Verdict.no("vote.conflict", _("You are recused from this round, so you cannot vote in it."))
