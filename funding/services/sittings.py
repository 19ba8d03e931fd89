"""A meeting as it is held: attendance, its items opened one by one, what was said, and the close (DESIGN 5)."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput
from funding import facts, policies
from funding.models import AgendaItem, Attendance, Meeting, MeetingStatus, RollSeat, Round, RoundStatus, Seat, SeatTerm
from funding.services import locks
from funding.services.meetings import item_of, locked
from funding.services.recording import Entry, record
from funding.services.rounds import put_to_body

State = Attendance.State


@transaction.atomic
def take_attendance(
    *, actor: User, meeting_id: int, seats: Mapping[int, str], presiding_seat: int | None = None
) -> Meeting:
    """Record for every held seat who is there; taken again when somebody comes or goes.

    A holder who is not there is marked absent in the rounds opened from then on, and in an open one unless
    the holder has voted in it. `presiding_seat` stands in for a chair who is not there.
    """
    meeting = locked(meeting_id, seen_by=actor)
    policies.can_take_attendance(actor, meeting).or_raise()
    found = _judged(meeting, seats)
    for row in found:
        Attendance.objects.update_or_create(
            meeting=meeting,
            seat=row.seat,
            defaults={"holder_id": row.holder_id, "state": row.state, "person_id": row.person_id},
        )
    meeting.chair_id = _presiding(found, presiding_seat)
    meeting.save(update_fields=["chair"])
    marked = [entry for round_ in _open_rounds(meeting) for entry in _mark_absent(round_, _away(found))]
    told: dict[str, ledger.Fact] = {
        "presides": f"person:{meeting.chair_id}" if meeting.chair_id else "",
        "seats": [
            {
                "seat": row.seat.number,
                "state": str(row.state),
                "person": f"person:{row.person_id}" if row.person_id else "",
            }
            for row in found
        ],
    }
    ledger.record("meeting.attendance", actor=actor, subject=meeting, facts=told)
    record(actor, *marked)
    return meeting


@transaction.atomic
def open_item(*, actor: User, meeting_id: int, number: int) -> Round:
    """Open the round of one item: the motion and the paper of the agenda, the roll by attendance."""
    meeting = locked(meeting_id, seen_by=actor)
    item = item_of(meeting, number)
    if item.round_id is not None:
        raise Conflict("agenda.opened", _("This item was opened already."))
    request = locks.request_row(item.request_id, seen_by=actor)
    policies.can_open_item(actor, meeting, request).or_raise()
    if item.request_version is None or item.request_version.number != request.submitted_version:
        message = _("The paper is not the one that was published with the agenda. Put it on another agenda.")
        raise Conflict("version.stale", message)
    rows = list(meeting.attendance.select_related("seat"))
    round_, opened = put_to_body(
        request,
        actor=actor,
        mode=Round.Mode.MEETING,
        conditions=item.conditions,
        amount=item.amount,
        absent=_away(rows),
        preferred_chair=next((row.seat.number for row in rows if _presides(row, meeting)), None),
    )
    item.round = round_
    item.save(update_fields=["round"])
    absent = [Entry("round.marked_absent", round_, {"seat": seat.number}) for seat in _absent_in(round_)]
    record(actor, opened._replace(facts={**opened.facts, "meeting": meeting.ledger_ref, "item": number}), *absent)
    return round_


@transaction.atomic
def note_item(*, actor: User, meeting_id: int, number: int, note: str) -> AgendaItem:
    """Write down what was said about an item, for the minutes. Row history keeps each earlier wording."""
    meeting = locked(meeting_id, seen_by=actor)
    policies.can_note_item(actor, meeting).or_raise()
    item = item_of(meeting, number)
    item.note = note
    item.save(update_fields=["note"])
    return item


@transaction.atomic
def close_meeting(*, actor: User, meeting_id: int) -> Meeting:
    """End the meeting. Items that were not opened were not taken; their requests wait for another agenda."""
    meeting = locked(meeting_id, seen_by=actor)
    policies.can_close_meeting(actor, meeting).or_raise()
    items = list(meeting.items.filter(number__isnull=False).select_related("request"))
    meeting.status = MeetingStatus.CLOSED
    meeting.closed_at, meeting.closed_by = clock.now(), actor.person
    meeting.save(update_fields=["status", "closed_at", "closed_by"])
    told: dict[str, ledger.Fact] = {
        "taken": [item.request.reference for item in items if item.round_id],
        "not_taken": [item.request.reference for item in items if not item.round_id],
    }
    ledger.record("meeting.closed", actor=actor, subject=meeting, facts=told)
    return meeting


def terms_of(seats: "list[Seat]", meeting: Meeting) -> dict[tuple[int, str], int]:
    """Who has each seat on the day of the meeting: person by seat and capacity."""
    day = clock.hong_kong_day(meeting.starts_at)
    running = SeatTerm.objects.filter(seat__in=seats, starts_on__lte=day).exclude(ends_on__lte=day)
    return {(seat, capacity): person for seat, capacity, person in running.values_list("seat", "capacity", "person")}


def _judged(meeting: Meeting, told: Mapping[int, str]) -> list[Attendance]:
    """One unsaved row for each held seat; every held seat is told of and no other."""
    seats = list(facts.seats_on(meeting.body, clock.hong_kong_day(meeting.starts_at)).order_by("number"))
    people = terms_of(seats, meeting)
    held = {seat.number: seat for seat in seats if (seat.pk, SeatTerm.Capacity.HOLDER) in people}
    if set(told) != set(held):
        raise InvalidInput("attendance.seats", _("Say for every held seat whether its holder is there."))
    rows = []
    for number, seat in held.items():
        state, holder = told[number], people[seat.pk, SeatTerm.Capacity.HOLDER]
        if state not in State.values:
            raise InvalidInput("choice.invalid", _("Choose one of the entries offered."))
        if state == State.ALTERNATE and (seat.pk, SeatTerm.Capacity.ALTERNATE) not in people:
            message = _("Seat %(seat)s has no alternate.") % {"seat": number}
            raise Conflict("seat.alternate", message, fields={f"seat_{number}": [message]})
        came = {State.PRESENT: holder, State.ALTERNATE: people.get((seat.pk, SeatTerm.Capacity.ALTERNATE))}
        rows.append(
            Attendance(meeting=meeting, seat=seat, holder_id=holder, state=state, person_id=came.get(State(state)))
        )
    return rows


def _presiding(rows: list[Attendance], wanted: int | None) -> int | None:
    """The chair who is there; else the holder named; else the holder of the lowest seat who is there."""
    there = [row for row in rows if row.state == State.PRESENT]
    chair = next((row for row in there if row.seat.duty == Seat.Duty.CHAIR), None)
    if chair is not None:
        return chair.holder_id
    if wanted is None:
        return there[0].holder_id if there else None
    named = next((row for row in there if row.seat.number == wanted), None)
    if named is None:
        message = _("Whoever presides holds a seat and is there.")
        raise Conflict("acting_chair.invalid", message, fields={"presiding_seat": [message]})
    return named.holder_id


def _presides(row: Attendance, meeting: Meeting) -> bool:
    return row.holder_id == meeting.chair_id and row.seat.duty != Seat.Duty.CHAIR


def _away(rows: list[Attendance]) -> frozenset[int]:
    return frozenset(row.seat.number for row in rows if row.state != State.PRESENT)


def _open_rounds(meeting: Meeting) -> list[Round]:
    open_ones = Round.objects.filter(agenda_item__meeting=meeting, status=RoundStatus.OPEN).order_by("pk")
    return [locks.round_row(key) for key in list(open_ones.values_list("pk", flat=True))]


def _mark_absent(round_: Round, away: frozenset[int]) -> list[Entry]:
    if round_.status != RoundStatus.OPEN:
        return []
    marked = []
    free = round_.roll.filter(number__in=away, holder__isnull=False, is_recused=False, is_absent=False)
    for seat in free:
        if not seat.votes.filter(person=seat.holder_id).exists():
            seat.is_absent = True
            seat.save(update_fields=["is_absent"])
            marked.append(Entry("round.marked_absent", round_, {"seat": seat.number}))
    return marked


def _absent_in(round_: Round) -> list[RollSeat]:
    return list(round_.roll.filter(is_absent=True))
