"""Seats filled and terms ended. A round that is open keeps its roll, whatever happens here (DESIGN 5)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible, Unprocessable
from funding import facts, policies
from funding.models import Body, Seat, SeatTerm

DAYS_AHEAD = 2
"""A deciding duty waits 24 hours before its first use (DESIGN 8): a whole Hong Kong day lies between."""


@transaction.atomic
def appoint(
    *,
    actor: User,
    body_id: int,
    seat_number: int,
    person: Person,
    starts_on: date,
    ends_on: date | None = None,
    capacity: str = SeatTerm.Capacity.HOLDER,
) -> SeatTerm:
    """Give a seat its holder, or the holder's alternate, from a day on. One person has one seat of a body."""
    body = _locked(body_id)
    policies.can_appoint(actor, body, person).or_raise()
    seat = facts.seats_on(body, starts_on).filter(number=seat_number).first()
    _judge(seat, capacity=capacity, starts_on=starts_on, ends_on=ends_on)
    term = SeatTerm(seat=seat, person=person, capacity=capacity, starts_on=starts_on, ends_on=ends_on)
    _refuse_taken(term, body)
    term.save()
    ledger.record("seat.appointed", actor=actor, subject=body, facts=_told(term))
    return term


@transaction.atomic
def end_term(*, actor: User, body_id: int, term_id: int, ends_on: date, reason: str) -> SeatTerm:
    """End a term before its time. The seat stays a seat, and in the base of every vote, while it is vacant."""
    body = _locked(body_id)
    term = SeatTerm.objects.select_related("seat", "person").filter(pk=term_id, seat__body=body).first()
    if term is None:
        raise NotVisible("term.none", _("There is no such term."))
    policies.can_end_term(actor, body, term).or_raise()
    today = clock.today()
    if term.ends_on is not None and term.ends_on <= today:
        raise Conflict("term.ended", _("This term has ended already."))
    if ends_on < today or ends_on <= term.starts_on or (term.ends_on is not None and ends_on > term.ends_on):
        message = _("A term ends today or later, after its first day, and never later than it was given.")
        raise Unprocessable("term.end", message, fields={"ends_on": [message]})
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    ledger.record("seat.term_ended", actor=actor, subject=body, facts={**_told(term), "reason": reason})
    return term


def _locked(body_id: int) -> Body:
    return Body.objects.select_for_update().get(pk=body_id)


def _judge(seat: Seat | None, *, capacity: str, starts_on: date, ends_on: date | None) -> None:
    if seat is None:
        message = _("The body has no such seat on that day.")
        raise Unprocessable("seat.unknown", message, fields={"seat_number": [message]})
    if capacity not in SeatTerm.Capacity.values:
        message = _("Choose one of the entries offered.")
        raise InvalidInput("choice.invalid", message, fields={"capacity": [message]})
    first = clock.today() + timedelta(days=DAYS_AHEAD)
    if starts_on < first:
        message = _("A term starts at least a whole day ahead, so that everybody can see who will vote.")
        raise Unprocessable("term.too_soon", message, fields={"starts_on": [message]})
    if ends_on is not None and ends_on <= starts_on:
        message = _("The term ends after its first day.")
        raise Unprocessable("term.end", message, fields={"ends_on": [message]})


def _refuse_taken(term: SeatTerm, body: Body) -> None:
    """No seat has two holders, or two alternates, on one day; nobody has two seats of a body (TRUST T6)."""
    terms = _overlapping(SeatTerm.objects.filter(seat__body=body), term)
    if terms.filter(seat=term.seat, capacity=term.capacity).exists():
        message = _("Somebody has this seat on some of these days. End that term first.")
        raise Conflict("seat.taken", message, fields={"seat_number": [message]})
    if terms.filter(person=term.person).exists():
        message = _("This person has a seat of the body on some of these days already.")
        raise Conflict("seat.person", message, fields={"person": [message]})


def _overlapping(terms: "QuerySet[SeatTerm]", term: SeatTerm) -> "QuerySet[SeatTerm]":
    found = terms.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=term.starts_on))
    return found if term.ends_on is None else found.filter(starts_on__lt=term.ends_on)


def _told(term: SeatTerm) -> dict[str, ledger.Fact]:
    return {
        "seat": term.seat.number,
        "capacity": str(term.capacity),
        "person": term.person.ledger_ref,
        "starts_on": term.starts_on.isoformat(),
        "ends_on": term.ends_on.isoformat() if term.ends_on else "",
    }
