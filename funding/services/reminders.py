"""Holders are told that a stage is due and overdue, then whoever stands one step above them; once each (DESIGN 4)."""

from collections.abc import Collection, Iterable

from django.db import transaction

from accounts.models import Person, Posting
from accounts.roles import Role
from core import clock, outbox, working_days
from funding import facts
from funding.models import Condition, ConditionStatus, FundingRequest, Reminder, RequestStatus, ServiceTimes
from funding.notifications import condition_message
from funding.rules import service_times
from funding.rules.lifecycle import UNDECIDED
from work.models import Notice
from work.notices import Message
from work.services.notices import tell

TOPIC = "reminder"
WITH_SECRETARY = (RequestStatus.ENDORSED, RequestStatus.SCREENED, RequestStatus.DECIDED)


def send_reminders() -> int:
    """Tell everybody what has come due since the last run. Returns how many were told now; safe to run twice."""
    times = list(ServiceTimes.objects.approved())
    waiting = FundingRequest.objects.filter(status__in=UNDECIDED)
    told = set(Reminder.objects.filter(request__in=waiting).values_list("request", "stage_since", "step"))
    found = [
        (request.pk, step)
        for request in waiting.order_by("pk")
        for step in _reached(request, times)
        if (request.pk, request.holder_since, step) not in told
    ]
    return sum(_tell(key, step, times) for key, step in found)


@outbox.handler(TOPIC)
def tell_reminder(payload: dict[str, int]) -> None:
    """Everybody named in the reminder gets a notice, and a mail as they chose."""
    reminder = Reminder.objects.get(pk=payload["reminder"])
    people = list(reminder.people.values_list("pk", flat=True))
    facts = {"step": reminder.step, "due_on": reminder.due_on.isoformat()}
    message = Message("request.clock", "request", reminder.request_id, people, facts)
    tell(message, event=f"reminder:{reminder.pk}")


def tell_of_conditions() -> int:
    """Tell owners the working day before a condition is due and once it is late. Returns how many are told now."""
    today = clock.today()
    rows = Condition.objects.filter(status=ConditionStatus.OPEN, due_on__lte=working_days.add(today, 1))
    found = [(condition, "overdue" if condition.due_on < today else "due") for condition in rows.order_by("pk")]
    events = {f"condition:{one.pk}:{one.due_on}:{step}": condition_message(one, step) for one, step in found}
    told = set(Notice.objects.filter(event__in=events).values_list("event", flat=True))
    return sum(tell(message, event=event) for event, message in events.items() if event not in told)


@transaction.atomic
def _tell(request_id: int, step: str, times: Collection[ServiceTimes]) -> bool:
    request = FundingRequest.objects.select_for_update(of=("self",)).select_related("department").get(pk=request_id)
    due_on = facts.due_day(request, times)
    if due_on is None or step not in _reached(request, times):
        return False
    reminder, created = Reminder.objects.get_or_create(
        request=request,
        stage_since=request.holder_since,
        step=step,
        defaults={"due_on": due_on, "told_at": clock.now()},
    )
    if created:
        reminder.people.set(_above(request) if step == Reminder.Step.ESCALATED else holders(request))
        outbox.add(TOPIC, key=str(reminder.pk), reminder=reminder.pk)
    return created


def _reached(request: FundingRequest, times: Collection[ServiceTimes]) -> tuple[str, ...]:
    row, due_on = facts.times_at(request, times), facts.due_day(request, times)
    if row is None or due_on is None or request.status not in UNDECIDED:
        return ()
    return service_times.steps(due_on, today=clock.today(), escalate_after=row.escalate_days)


def holders(request: FundingRequest) -> set[int]:
    """The persons who have to do the next thing."""
    if request.status == RequestStatus.SUBMITTED:
        return set(facts.heads_of(request))
    if request.status == RequestStatus.DECIDING:
        return set(facts.chairs_of_tier(request.tier, clock.today()))
    if request.status in WITH_SECRETARY:
        return _with_role(Role.SECRETARY)
    return {request.applicant_id}


def _above(request: FundingRequest) -> set[int]:
    """One step up: the applicant's head, the parent bureau's head, the chair; where there is none, the Team."""
    found: Iterable[int] = ()
    if request.status == RequestStatus.SUBMITTED:
        parents = Posting.objects.on(clock.today()).heads().filter(department=request.department.parent_id)
        found = parents.values_list("person", flat=True)
    elif request.status in WITH_SECRETARY:
        found = facts.chairs_of_tier(request.tier, clock.today())
    elif request.status == RequestStatus.RETURNED:
        found = facts.heads_of(request)
    return set(found) or _with_role(Role.TEAM)


def _with_role(role: Role) -> set[int]:
    return set(Person.objects.holding(role, at=clock.now()).values_list("pk", flat=True))
