"""The bodies that vote here, their seats, and who has or had each."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from core import clock
from funding.models import Body, Seat, SeatTerm


@dataclass(frozen=True, slots=True)
class SeatNow:
    """One seat today; `coming` are terms that have not begun, `past` those that are over, the latest first."""

    seat: Seat
    holder: SeatTerm | None
    alternate: SeatTerm | None
    coming: list[SeatTerm]
    past: list[SeatTerm]


def bodies(user: User) -> "QuerySet[Body]":
    """Bodies with their seats and terms. The Finance Committee has no seats here: its outcome is recorded."""
    terms = Prefetch("terms", SeatTerm.objects.select_related("person").order_by("-starts_on"))
    seats = Prefetch("seats", Seat.objects.order_by("number").prefetch_related(terms))
    found = Body.objects.visible_to(user).exclude(code=Body.FINANCE_COMMITTEE)
    return found.order_by("code").prefetch_related(seats)


def seats(body: Body) -> list[SeatNow]:
    return [_now(seat) for seat in body.seats.all()]


def open_terms(body: Body) -> list[SeatTerm]:
    """Terms that run today or have still to begin, by seat."""
    today = clock.today()
    return [
        term for seat in body.seats.all() for term in seat.terms.all() if term.ends_on is None or term.ends_on > today
    ]


def _now(seat: Seat) -> SeatNow:
    today = clock.today()
    coming = [term for term in seat.terms.all() if term.starts_on > today]
    past = [term for term in seat.terms.all() if term.ends_on is not None and term.ends_on <= today]
    running = {term.capacity: term for term in seat.terms.all() if term not in coming and term not in past}
    return SeatNow(
        seat=seat,
        holder=running.get(SeatTerm.Capacity.HOLDER),
        alternate=running.get(SeatTerm.Capacity.ALTERNATE),
        coming=coming,
        past=past,
    )
