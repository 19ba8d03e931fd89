"""Who has to do the next thing about a request, by name, for one request or for many at once (DESIGN 4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import Person, Posting
from accounts.roles import Role
from core import as_at
from funding.models import FundingRequest, RequestStatus, Seat, SeatTerm, Tier

WITH_SECRETARY = (RequestStatus.ENDORSED, RequestStatus.SCREENED, RequestStatus.DECIDED)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has to do the next thing, since when; `name` is empty only where nobody has that duty today."""

    duty: str
    name: str
    since: datetime
    people: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """`the applicant, Chan Tai Man`, or the duty alone."""
        if not self.name:
            return self.duty
        return _("%(duty)s, %(name)s") % {"duty": self.duty, "name": self.name}

    @property
    def since_words(self) -> str:
        return date_format(localtime(self.since), "DATETIME_FORMAT")


def holder(request: FundingRequest) -> Holder | None:
    """Who holds a request now; None once nobody has to do anything about it."""
    return Names([request]).holder(request)


class Names:
    """The heads, secretaries and chairs of some requests today: three queries, whatever the number."""

    def __init__(self, requests: Iterable[FundingRequest]) -> None:
        requests, today = list(requests), as_at.day()
        departments = {request.department_id for request in requests if _is_with_head(request)}
        self._heads = _heads(departments, today) if departments else {}
        self._secretaries: list[Person] = []
        if any(request.status in (*WITH_SECRETARY, RequestStatus.DEFERRED) for request in requests):
            self._secretaries = list(Person.objects.holding(Role.SECRETARY, at=as_at.now()).order_by("pk"))
        deciding = {request.policy_id for request in requests if request.status == RequestStatus.DECIDING}
        self._chairs = _chairs(deciding, today) if deciding else {}

    def holder(self, request: FundingRequest) -> Holder | None:
        match request.status:
            case RequestStatus.DRAFT | RequestStatus.RETURNED:
                return _held(request, _("the applicant"), [request.applicant])
            case RequestStatus.SUBMITTED:
                return self._head(request)
            case RequestStatus.DEFERRED if request.tier == Tier.DEPARTMENT:
                return self._head(request)
            case RequestStatus.DECIDING:
                chair = self._chairs.get((request.policy_id, request.tier))
                return _held(request, _("the chair of the working group"), [chair] if chair else [])
            case RequestStatus.DEFERRED | RequestStatus.ENDORSED | RequestStatus.SCREENED | RequestStatus.DECIDED:
                return _held(request, _("the secretary of the working group"), self._secretaries)
        return None

    def _head(self, request: FundingRequest) -> Holder:
        head = self._heads.get(request.department_id)
        return _held(request, _("the Head of Department"), [head] if head else [])


def _held(request: FundingRequest, duty: str, people: Sequence[Person]) -> Holder:
    names = _(", ").join(str(person) for person in people)
    return Holder(duty, names, request.holder_since, tuple(person.pk for person in people))


def _is_with_head(request: FundingRequest) -> bool:
    is_deferred_there = request.status == RequestStatus.DEFERRED and request.tier == Tier.DEPARTMENT
    return request.status == RequestStatus.SUBMITTED or is_deferred_there


def _heads(departments: set[int], today: date) -> dict[int, Person]:
    postings = Posting.objects.on(today).heads().filter(department__in=departments).select_related("person")
    return {posting.department_id: posting.person for posting in postings.order_by("-pk")}


def _chairs(policies: set[int | None], today: date) -> dict[tuple[int | None, str], Person]:
    """Who chairs the body of each tier of these policies today."""
    terms = (
        SeatTerm.objects.filter(seat__duty=Seat.Duty.CHAIR, seat__ends_on=None, capacity=SeatTerm.Capacity.HOLDER)
        .filter(starts_on__lte=today, seat__body__tier_lines__policy__in=policies)
        .exclude(ends_on__lte=today)
        .select_related("person")
        .values_list("seat__body__tier_lines__policy", "seat__body__tier_lines__tier", "person")
    )
    found = list(terms)
    people = Person.objects.in_bulk({person for _policy, _tier, person in found})
    return {(policy, tier): people[person] for policy, tier, person in found}
