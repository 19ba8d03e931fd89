"""What a person holds in funding: committee seats, and requests not yet decided. References only: drafts are hidden."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding, Kind, Told
from accounts.models import Person, User
from funding.models import FundingRequest, RequestStatus, SeatTerm
from funding.services.handing_over import end_term, hand_over_request

OVER = (RequestStatus.PUBLISHED, RequestStatus.WITHDRAWN)


def _seats(person: Person, on: date) -> Iterator[Holding]:
    running = SeatTerm.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), person=person)
    for term in running.select_related("seat__body").order_by("seat__body", "seat__number"):
        title = _("%(body)s, seat %(number)s (%(capacity)s)") % {
            "body": term.seat.body,
            "number": term.seat.number,
            "capacity": term.get_capacity_display(),
        }
        yield Holding(key=str(term.pk), title=title)


def _vacate(holding: Holding, to: Person | None, actor: User, on: date) -> Told:
    return end_term(int(holding.key), ends_on=on)


def _requests(person: Person, on: date) -> Iterator[Holding]:
    for request in FundingRequest.objects.filter(lead=person).exclude(status__in=OVER).order_by("reference"):
        yield Holding(key=request.reference, title=request.reference, department_id=request.department_id)


def _hand_over_request(holding: Holding, to: Person | None, actor: User, on: date) -> Told | None:
    return hand_over_request(holding.key, to=to) if to else None


SEATS = Kind(
    name="seat",
    label=_("Holds the seat"),
    held=_seats,
    hand_over=_vacate,
    may_be_vacant=True,
    takes_holder=False,
)
REQUESTS = Kind(name="request", label=_("Leads the request"), held=_requests, hand_over=_hand_over_request)
