"""Opening a round: the motion and the roll of seats are frozen, and the conflicted are recused (DESIGN 5)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
import hashlib

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
import rfc8785

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, Unprocessable
from core.policy import in_force
from core.text import is_blank
from funding import ballots, facts, policies
from funding.models import (
    Body,
    FundingRequest,
    Recusal,
    RequestVersion,
    RollSeat,
    Round,
    Seat,
    SeatTerm,
    Tier,
    VotingRule,
)
from funding.rules import conflicts, seating
from funding.rules.seating import RollEntry
from funding.services import locks
from funding.services.recording import Entry, move, record


@transaction.atomic
def open_round(
    *,
    actor: User,
    request_id: int,
    mode: str = Round.Mode.MEETING,
    deadline_at: datetime | None = None,
    conditions: Sequence[str] = (),
    amount: Decimal | None = None,
    acting_chair_seat: int | None = None,
) -> Round:
    """Put one version of a screened request to its body, as one motion, on the roll of seats of this day.

    `amount` is at most what is asked. `acting_chair_seat` presides where the chair is recused or absent;
    without it the lowest free seat is named.
    """
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_open_round(actor, request).or_raise()
    policies.not_on_agenda(request).or_raise()
    round_, told = put_to_body(
        request,
        actor=actor,
        mode=mode,
        deadline_at=deadline_at,
        conditions=conditions,
        amount=amount,
        acting_chair_seat=acting_chair_seat,
    )
    record(actor, told)
    return round_


def put_to_body(
    request: FundingRequest,
    *,
    actor: User,
    mode: str = Round.Mode.MEETING,
    deadline_at: datetime | None = None,
    conditions: Sequence[str] = (),
    amount: Decimal | None = None,
    acting_chair_seat: int | None = None,
    absent: frozenset[int] = frozenset(),
    preferred_chair: int | None = None,
) -> tuple[Round, Entry]:
    """The round of a locked request that was judged, and the entry that tells of it, which is recorded last.

    At a meeting, `absent` are the seats whose holder is not there, and `preferred_chair` the seat that presides
    there: it is the acting chair unless it is recused.
    """
    now = clock.database_now()
    _judge_mode(mode, deadline_at, now)
    body = facts.deciding_body(request)
    if body is None:
        raise Conflict("body.none", _("The policy names no body that votes on this tier."))
    round_ = _frozen(
        request,
        body,
        amount=request.own_amount if amount is None else amount,
        conditions=[text.strip() for text in conditions if not is_blank(text)],
    )
    round_.mode = mode
    round_.deadline_at = deadline_at
    round_.opened_by = actor.person
    round_.opened_at = now
    round_.save()
    _call_the_roll(round_, request, at=now, absent=absent)
    _name_acting_chair(round_, acting_chair_seat, preferred=preferred_chair)
    move(request, "open_round", actor=actor)
    return round_, Entry("round.opened", round_, _opened(round_, request))


@transaction.atomic
def mark_absent(*, actor: User, round_id: int, seat_number: int) -> Round:
    """Mark a holder absent, so that the alternate may vote. Refused once the holder has voted."""
    round_ = locks.round_row(round_id)
    policies.can_mark_absent(actor, round_).or_raise()
    seat = round_.roll.filter(number=seat_number, holder__isnull=False).first()
    if seat is None or seat.is_recused:
        message = _("There is no such held and unrecused seat in this round.")
        raise InvalidInput("choice.invalid", message, fields={"seat_number": [message]})
    if seat.votes.filter(person=seat.holder_id).exists():
        raise Conflict("seat.holder", _("The holder has voted, so they are present."))
    if not seat.is_absent:
        seat.is_absent = True
        seat.save(update_fields=["is_absent"])
        record(actor, Entry("round.marked_absent", round_, {"seat": seat.number}))
    return round_


def motion_digest(version: RequestVersion, *, kind: str, amount: Decimal, conditions: Sequence[str]) -> str:
    """SHA-256 of exactly what is voted on. Every vote carries it, so a vote on another text is refused."""
    motion = {"version": version.digest, "kind": str(kind), "amount": str(amount), "conditions": list(conditions)}
    return hashlib.sha256(rfc8785.dumps(motion)).hexdigest()


def _judge_mode(mode: str, deadline_at: datetime | None, now: datetime) -> None:
    if mode not in Round.Mode.values:
        raise InvalidInput("choice.invalid", _("Vote at a meeting or by circulation."))
    if mode == Round.Mode.CIRCULATION and deadline_at is None:
        message = _("A vote by circulation needs a deadline.")
        raise InvalidInput("deadline.required", message, fields={"deadline_at": [message]})
    if mode == Round.Mode.MEETING and deadline_at is not None:
        message = _("A vote at a meeting has no deadline: the chair closes it.")
        raise InvalidInput("deadline.meeting", message, fields={"deadline_at": [message]})
    if deadline_at is not None and deadline_at <= now:
        message = _("The deadline has passed already.")
        raise Unprocessable("deadline.past", message, fields={"deadline_at": [message]})


def _frozen(request: FundingRequest, body: Body, *, amount: Decimal, conditions: list[str]) -> Round:
    version = request.versions.get(number=request.submitted_version)
    if not 0 < amount <= version.own_amount:
        message = _("The motion is for more than nothing and at most for the amount asked.")
        raise Unprocessable("motion.amount", message, fields={"amount": [message]})
    kinds = Round.MotionKind
    kind = kinds.RECOMMEND if request.tier == Tier.LEGCO else kinds.APPROVE
    return Round(
        body=body,
        request=request,
        request_version=version,
        number=request.rounds.count() + 1,
        motion_kind=kind,
        motion_amount=amount,
        conditions=conditions,
        motion_digest=motion_digest(version, kind=kind, amount=amount, conditions=conditions),
        rule=in_force(VotingRule.objects.filter(body=body), clock.today()),
    )


def _call_the_roll(round_: Round, request: FundingRequest, *, at: datetime, absent: frozenset[int]) -> None:
    """Copy every seat of the body; a vacant one and one whose term has ended stay, with nobody to speak for them.

    The holders of the seats in `absent` are marked so from the start, unless recused.
    """
    involved = ballots.involved(request)
    recuses = facts.recuses_department(request)
    seats = {seat.number: seat for seat in facts.seats_on(round_.body, clock.today())}
    for entry in seating.one_person_one_seat(_entry(seat) for seat in seats.values()):
        seat = seats[entry.number]
        why: dict[int | None, tuple[str, ...]] = {
            person: conflicts.grounds(person, involved, same_department_recused=recuses)
            for person in (entry.holder, entry.alternate)
            if person is not None
        }
        row = RollSeat.objects.create(
            round=round_,
            seat=seat,
            number=seat.number,
            duty=seat.duty,
            holder_id=entry.holder,
            alternate_id=entry.alternate,
            is_recused=bool(why.get(entry.holder)),
            is_absent=entry.number in absent and entry.holder is not None and not why.get(entry.holder),
            alternate_recused=bool(why.get(entry.alternate)),
        )
        Recusal.objects.bulk_create(
            Recusal(round=round_, roll_seat=row, person_id=person, ground=ground, at=at)
            for person, found in why.items()
            if person is not None
            for ground in found
        )


def _entry(seat: Seat) -> RollEntry:
    today = clock.today()
    running = seat.terms.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), starts_on__lte=today)
    persons = dict(running.order_by("starts_on").values_list("capacity", "person"))
    return RollEntry(
        number=seat.number,
        is_chair=seat.duty == Seat.Duty.CHAIR,
        holder=persons.get(SeatTerm.Capacity.HOLDER),
        alternate=persons.get(SeatTerm.Capacity.ALTERNATE),
    )


def _name_acting_chair(round_: Round, wanted: int | None, *, preferred: int | None = None) -> None:
    roll = facts.roll_entries(round_)
    there = (seat for seat in roll if seat.number == preferred and seat.can_preside and not seat.is_chair)
    named = next(there, None) or seating.acting_chair(roll)
    if wanted is not None:
        free = [seat for seat in roll if seat.can_preside and not seat.is_chair]
        named = next((seat for seat in free if seat.number == wanted), None)
        if named is None:
            message = _("The acting chair holds an unrecused seat of this body.")
            raise Unprocessable("acting_chair.invalid", message, fields={"acting_chair_seat": [message]})
    if named is not None:
        round_.acting_chair = round_.roll.get(number=named.number)
        round_.save(update_fields=["acting_chair"])


def _opened(round_: Round, request: FundingRequest) -> dict[str, ledger.Fact]:
    """The frozen motion and the roll with its recusals, people by reference."""
    grounds: dict[int, list[ledger.Fact]] = {}
    for recusal in round_.recusals.all():
        grounds.setdefault(recusal.roll_seat_id, []).append(f"{_person(recusal.person_id)} {recusal.ground}")
    return {
        "request": request.reference,
        "version": round_.request_version.number,
        "motion": round_.motion_digest,
        "kind": str(round_.motion_kind),
        "amount": str(round_.motion_amount),
        "conditions": list(round_.conditions),
        "mode": str(round_.mode),
        "rule": _rule(round_.rule),
        "deadline_at": ledger.instant_text(round_.deadline_at) if round_.deadline_at else "",
        "acting_chair": round_.acting_chair.number if round_.acting_chair else 0,
        "roll": [
            {
                "seat": seat.number,
                "duty": seat.duty,
                "holder": _person(seat.holder_id),
                "alternate": _person(seat.alternate_id),
                "recused": seat.is_recused,
                "alternate_recused": seat.alternate_recused,
                "grounds": grounds.get(seat.pk, []),
            }
            for seat in round_.roll.all()
        ],
    }


def _rule(rule: VotingRule) -> dict[str, ledger.Fact]:
    """The rule of the count, so that whoever holds the ledger alone can count again."""
    return {
        "quorum_share_percent": rule.quorum_share_percent,
        "quorum_least": rule.quorum_least,
        "recused_count_for_quorum": rule.recused_count_for_quorum,
        "majority_percent": rule.majority_percent,
        "majority_base": str(rule.majority_base),
        "tie": str(rule.tie),
    }


def _person(key: int | None) -> str:
    return f"person:{key}" if key else ""
