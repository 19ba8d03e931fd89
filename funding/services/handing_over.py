"""A seat falls vacant and a request gets a new lead because the present one leaves (FEATURES N7).

Run inside the leaving's transaction, which writes what these return into the ledger after every row is locked.
"""

from datetime import date, timedelta

from accounts.holdings import Told
from accounts.models import Person
from core.ledger import Fact
from funding.models import Editor, FundingRequest, SeatTerm


def end_term(term_id: int, *, ends_on: date) -> Told:
    """The seat is vacant from `ends_on`; it stays a seat and in the base of every vote (DESIGN 5)."""
    term = SeatTerm.objects.select_for_update(of=("self",)).select_related("seat__body").get(pk=term_id)
    term.ends_on = max(ends_on, term.starts_on + timedelta(days=1))
    term.save(update_fields=["ends_on"])
    facts: dict[str, Fact] = {
        "seat": term.seat.number,
        "capacity": str(term.capacity),
        "ends_on": term.ends_on.isoformat(),
    }
    return Told("seat.vacated", term.seat.body, facts)


def hand_over_request(reference: str, *, to: Person) -> Told:
    """The request's new lead. The former one stays among its editors, so that the conflict of interest stays."""
    request = FundingRequest.objects.select_for_update(of=("self",)).select_related("lead").get(reference=reference)
    former = request.lead
    Editor.objects.get_or_create(request=request, person=former)
    request.lead = to
    request.version += 1
    request.save(update_fields=["lead", "version"])
    return Told("request.lead_changed", request, {"from": former.ledger_ref, "to": to.ledger_ref})
