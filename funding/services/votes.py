"""Votes and declared interests. Both are appended under the round's lock and never changed (DESIGN 5)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput
from core.text import is_blank
from funding import policies
from funding.ballots import SeatNow
from funding.models import Choice, Recusal, RollSeat, Vote
from funding.services import locks
from funding.services.recording import Entry, record


@transaction.atomic
def cast_vote(*, actor: User, round_id: int, choice: str, reason: str = "", motion_digest: str) -> Vote:
    """Record what one seat says now; the last word before close counts.

    `motion_digest` is that of the motion the voter read. Whether the deadline has passed is judged by the
    database's clock, read after the lock, so that no vote is late by any other clock. The ledger's
    head lock, for which all acts wait, is taken last.
    """
    ballot = locks.ballot(round_id, actor=actor)
    seat: SeatNow = policies.may_cast(ballot).or_raise()
    if motion_digest != ballot.motion_digest:
        raise Conflict("version.stale", _("The motion is not the one you read. Read it again before you vote."))
    _judge_ballot(choice, reason)
    vote = Vote.objects.create(
        round_id=round_id,
        roll_seat_id=seat.id,
        revision=seat.last_revision + 1,
        choice=Choice(choice),
        reason=reason,
        motion_digest=motion_digest,
        person_id=actor.person_id,
        cast_at=ballot.at,
    )
    if seat.is_absent and seat.is_holder:
        RollSeat.objects.filter(pk=seat.id).update(is_absent=False)
    told: dict[str, ledger.Fact] = {
        "seat": seat.number,
        "revision": vote.revision,
        "choice": str(vote.choice),
        "reason": reason,
        "motion": motion_digest,
    }
    record(actor, Entry("vote.cast", ballot, told))
    return vote


@transaction.atomic
def declare_interest(*, actor: User, round_id: int, note: str) -> Recusal:
    """Step back before close: a holder recuses the seat, an alternate only themself; the vote becomes void."""
    round_ = locks.round_row(round_id)
    seat: RollSeat = policies.can_declare(actor, round_).or_raise()
    if is_blank(note):
        message = _("Say what your interest is.")
        raise InvalidInput("note.required", message, fields={"note": [message]})
    recusal, _created = Recusal.objects.get_or_create(
        round=round_,
        person=actor.person,
        ground=Recusal.Ground.DECLARED,
        defaults={"roll_seat": seat, "note": note, "at": clock.database_now()},
    )
    column = "is_recused" if seat.holder_id == actor.person_id else "alternate_recused"
    setattr(seat, column, True)
    seat.save(update_fields=[column])
    told: dict[str, ledger.Fact] = {"seat": seat.number, "whole_seat": column == "is_recused", "note": note}
    record(actor, Entry("recusal.declared", round_, told))
    return recusal


def _judge_ballot(choice: str, reason: str) -> None:
    if choice not in Choice.values:
        message = _("Vote for, against or abstain.")
        raise InvalidInput("choice.invalid", message, fields={"choice": [message]})
    if choice == Choice.AGAINST and is_blank(reason):
        message = _("Give the reason for a vote against.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
