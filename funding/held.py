"""Which requests somebody holds and which are due, in SQL, for filters: the same as `holders` and `due_day` say."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from accounts.models import Person, Posting, User
from accounts.roles import Role
from core import as_at, clock, working_days
from funding.models import RequestStatus, Seat, SeatTerm, ServiceTimes, Tier
from funding.rules import service_times
from funding.rules.lifecycle import UNDECIDED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from funding.models import FundingRequest

ME, APPLICANT, HEAD, SECRETARY, CHAIR = "me", "applicant", "head", "secretary", "chair"
OVERDUE, SOON = "overdue", "soon"
SOON_DAYS = 5  # working days, today included
OF_DEPARTMENT = Q(tier=Tier.DEPARTMENT)
WITH = {
    APPLICANT: Q(status__in=(RequestStatus.DRAFT, RequestStatus.RETURNED)),
    HEAD: Q(status=RequestStatus.SUBMITTED) | Q(OF_DEPARTMENT, status=RequestStatus.DEFERRED),
    SECRETARY: Q(status__in=(RequestStatus.ENDORSED, RequestStatus.SCREENED, RequestStatus.DECIDED))
    | Q(~OF_DEPARTMENT, status=RequestStatus.DEFERRED),
    CHAIR: Q(status=RequestStatus.DECIDING),
}


def held_by(rows: "QuerySet[FundingRequest]", holder: str, user: User) -> "QuerySet[FundingRequest]":
    """With holders of one duty, or with this person, whichever duty that is."""
    return rows.filter(_with_person(user) if holder == ME else WITH[holder])


def due(rows: "QuerySet[FundingRequest]", when: str) -> "QuerySet[FundingRequest]":
    """Past their due day, or due within five working days and not past it."""
    today = as_at.day()
    late = _due_by(today - timedelta(days=1))
    if when == OVERDUE:
        return rows.filter(late)
    return rows.filter(_due_by(working_days.add(today - timedelta(days=1), SOON_DAYS))).exclude(late)


def _with_person(user: User) -> Q:
    today = as_at.day()
    heads = Posting.objects.on(today).heads().filter(person=user.person_id)
    chaired = SeatTerm.objects.filter(
        person=user.person_id,
        capacity=SeatTerm.Capacity.HOLDER,
        starts_on__lte=today,
        seat__duty=Seat.Duty.CHAIR,
        seat__ends_on=None,
        seat__body__tier_lines__policy=OuterRef("policy"),
        seat__body__tier_lines__tier=OuterRef("tier"),
    ).exclude(ends_on__lte=today)
    mine = (
        (WITH[APPLICANT] & Q(applicant=user.person_id))
        | (WITH[HEAD] & Q(department__in=heads.values("department")))
        | (WITH[CHAIR] & Q(Exists(chaired)))
    )
    serves = Person.objects.holding(Role.SECRETARY, at=as_at.now()).filter(pk=user.person_id).exists()
    if serves:
        mine |= WITH[SECRETARY]
    return mine


def _due_by(day: date) -> Q:
    """Requests whose due day is not after `day`: their stage began early enough under the times of that beginning."""
    found = Q(pk__in=())
    for times in ServiceTimes.objects.approved():
        began = Q(holder_since__gte=_start(times.starts_on))
        if times.ends_on is not None:
            began &= Q(holder_since__lt=_start(times.ends_on))
        for status in (*UNDECIDED, RequestStatus.DECIDED):
            for tiers in (OF_DEPARTMENT, ~OF_DEPARTMENT):
                stage = service_times.stage(status, Tier.DEPARTMENT if tiers is OF_DEPARTMENT else "")
                if stage is not None:
                    last = working_days.latest_start(day, times.days[stage])
                    found |= began & tiers & Q(status=status, holder_since__lt=clock.end_of_day(last))
    return found


def _start(day: date) -> object:
    """The first instant of a Hong Kong day."""
    return clock.end_of_day(day - timedelta(days=1))
