"""What pages, minutes and packs show of a meeting: the agenda with its times and results, and who was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models import User
from core import clock
from funding import facts, policies, wording
from funding.models import (
    AgendaItem,
    Attendance,
    Body,
    FundingRequest,
    Meeting,
    MeetingStatus,
    RequestStatus,
    RoundStatus,
    Seat,
    SeatTerm,
)
from funding.rules import agendas


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item with the time it begins. A paper that is closed to this reader shows its place and nothing else."""

    item: AgendaItem
    begins_at: datetime
    is_open: bool
    result: str
    not_taken: bool


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """`over` are the minutes by which the agenda is longer than the meeting."""

    items: Sequence[ItemRow]
    attendance: Sequence[Attendance]
    ends_at: datetime
    used: int
    over: int


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat with who has it on the day of the meeting, and what attendance says of it so far."""

    seat: Seat
    holder: str
    alternate: str
    state: str


def for_list(user: User) -> "QuerySet[Meeting]":
    return Meeting.objects.visible_to(user).select_related("body")


def for_page(user: User) -> "QuerySet[Meeting]":
    return for_list(user).select_related("chair", "secretary", "closed_by")


def of_body(user: User, body: Body) -> list[Meeting]:
    """The latest meetings of a body, coming ones first."""
    return list(for_list(user).filter(body=body)[:10])


def meeting_page(user: User, meeting: Meeting) -> MeetingPage:
    items = agenda(meeting)
    readable = set(
        FundingRequest.objects.visible_to(user)
        .filter(pk__in=[item.request_id for item in items])
        .values_list("pk", flat=True)
    )
    rows, begins_at = [], meeting.starts_at
    for item in items:
        is_open = item.request_id in readable
        rows.append(
            ItemRow(
                item=item,
                begins_at=begins_at,
                is_open=is_open,
                result=result_of(user, item) if is_open else "",
                not_taken=meeting.status == MeetingStatus.CLOSED and item.round_id is None,
            )
        )
        begins_at += timedelta(minutes=item.minutes)
    used = sum(item.minutes for item in items)
    return MeetingPage(
        items=rows,
        attendance=list(meeting.attendance.select_related("seat", "holder", "person")),
        ends_at=meeting.starts_at + timedelta(minutes=meeting.minutes),
        used=used,
        over=agendas.over([item.minutes for item in items], held=meeting.minutes),
    )


def agenda(meeting: Meeting) -> list[AgendaItem]:
    """The items in order with everything that is said of them."""
    rows = meeting.items.filter(number__isnull=False).order_by("number")
    return list(
        rows.select_related(
            "request__department", "request_version", "round__request", "round__request_version", "round__rule"
        )
    )


def result_of(user: User, item: AgendaItem) -> str:
    """The result sentence of the item's round, for whoever may see it."""
    round_ = item.round
    if round_ is None or round_.status == RoundStatus.OPEN or not round_.result:
        return ""
    return wording.result_sentence(round_.result) if policies.can_see_tally(user, round_) else ""


def candidates(user: User, meeting: Meeting) -> list[FundingRequest]:
    """Screened requests that this body decides and that wait on no agenda, the longest wait first."""
    waiting = AgendaItem.objects.filter(
        number__isnull=False, round__isnull=True, meeting__in=Meeting.objects.coming()
    ).values("request")
    found = FundingRequest.objects.visible_to(user).filter(status=RequestStatus.SCREENED).exclude(pk__in=waiting)
    rows = found.select_related("department", "policy").order_by("holder_since", "pk")[:200]
    return [request for request in rows if facts.deciding_body(request) == meeting.body]


def held_seats(meeting: Meeting) -> list[HeldSeat]:
    """The seats somebody holds on the day of the meeting."""
    day = clock.hong_kong_day(meeting.starts_at)
    seats = list(facts.seats_on(meeting.body, day).order_by("number"))
    terms = SeatTerm.objects.filter(seat__in=seats, starts_on__lte=day).exclude(ends_on__lte=day)
    people = {(term.seat_id, term.capacity): str(term.person) for term in terms.select_related("person")}
    states = dict(meeting.attendance.values_list("seat", "state"))
    return [
        HeldSeat(
            seat=seat,
            holder=people[seat.pk, SeatTerm.Capacity.HOLDER],
            alternate=people.get((seat.pk, SeatTerm.Capacity.ALTERNATE), ""),
            state=states.get(seat.pk, Attendance.State.PRESENT),
        )
        for seat in seats
        if (seat.pk, SeatTerm.Capacity.HOLDER) in people
    ]


def place(meeting: Meeting) -> str:
    """In the reader's language; English where it was not written in Chinese."""
    return meeting.in_language("place")


def title(request: FundingRequest) -> str:
    return str(request.in_language("title"))
