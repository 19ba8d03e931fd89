"""Who holds each request, by when, and when an answer is likely (DESIGN 4)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F, Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import as_at, clock, working_days
from core.policy import found_on
from funding import facts, paper_facts
from funding.models import FundingRequest, Reminder, RequestStatus, ServiceTimes
from funding.querysets_meetings import next_meeting
from funding.rules import service_times
from funding.selectors.holders import Holder, Names
from funding.selectors.requests import UNDECIDED
from work.models import DocumentKind

HELD = (RequestStatus.DRAFT, *UNDECIDED)
RECENT = 200  # so many published requests of a tier are looked at, the latest ones


@dataclass(frozen=True, slots=True)
class Clock:
    """One request's stage: its holder, the due day (None without a service time), and the likely answer.

    `missing` names the papers that the body which decides now wants and that were not submitted.
    """

    request: FundingRequest
    holder: Holder | None
    due_on: date | None
    late_by: int
    answer: service_times.Likely | None
    missing: Sequence[str] = ()

    @property
    def is_overdue(self) -> bool:
        return self.late_by > 0

    @property
    def with_people(self) -> set[int]:
        """The persons who have something to do: the holder, and the applicant of a request that lacks a paper."""
        holders = set(self.holder.people) if self.holder else set()
        return holders | {self.request.applicant_id} if self.missing else holders

    @property
    def due_words(self) -> str:
        if self.due_on is None:
            return ""
        if self.is_overdue:
            late = ngettext("%(count)s working day late", "%(count)s working days late", self.late_by)
            return late % {"count": self.late_by}
        return _("Due on %(day)s") % {"day": date_format(self.due_on)}

    @property
    def answer_words(self) -> str:
        """When, the days 8 of 10 fall between, and from what this was worked out, in one sentence."""
        return answer_words(self.answer)


def clocks(requests: Sequence[FundingRequest]) -> dict[int, Clock]:
    """The clocks of undecided requests, by key; a fixed number of queries however many there are."""
    waiting = [request for request in requests if request.status in UNDECIDED]
    if not waiting:
        return {}
    today = clock.today()
    rows = list(ServiceTimes.objects.approved())
    names = Names(waiting)
    past = _past_days({request.tier for request in waiting})
    listed = _meeting_days(waiting)
    lacking = paper_facts.missing(waiting)
    found = {request.pk: _clock(request, names, rows, past, listed, today) for request in waiting}
    for key, kinds in lacking.items():
        found[key] = replace(found[key], missing=[str(DocumentKind(kind).label) for kind in kinds])
    return found


def held(requests: Sequence[FundingRequest]) -> list[Clock]:
    """Each request with its holder and due day, if it has them, as known at the moment that is read.

    For lists: the likely answer and missing papers are left to the page. A fixed number of queries.
    """
    waiting = [request for request in requests if request.status in HELD]
    rows = list(ServiceTimes.objects.approved()) if waiting else []
    names, today = Names(waiting), as_at.day()
    return [_held(request, names, rows, today) for request in requests]


def clock_of(request: FundingRequest) -> Clock | None:
    return clocks([request]).get(request.pk)


def told(found: Clock | None) -> list[Reminder]:
    """Who was told what of the present stage; asked only once there can have been something to tell."""
    if found is None or found.due_on is None or clock.today() < working_days.before(found.due_on):
        return []
    request = found.request
    rows = Reminder.objects.filter(request=request.pk, stage_since=request.holder_since)
    return list(rows.prefetch_related("people"))


def overdue_first(user: User) -> list[Clock]:
    """The undecided requests whose papers this person may see: the latest first, those without a due day last."""
    rows = FundingRequest.objects.visible_to(user).filter(status__in=UNDECIDED)
    found = clocks(list(rows.select_related("department", "applicant")))
    return sorted(found.values(), key=lambda one: (one.due_on is None, one.due_on, one.request.reference))


def if_filed(tier: str, request: FundingRequest | None = None) -> service_times.Likely | None:
    """When an answer is likely if this is submitted today; what was submitted before counts from its first day."""
    today = clock.today()
    times = found_on(ServiceTimes.objects.all(), today)
    if times is None:
        return None
    whole = service_times.whole(tier, times.days)
    filed_at = request.first_submitted_at if request else None
    filed_on = clock.hong_kong_day(filed_at) if filed_at else today
    return service_times.likely(filed_on, today=today, service=whole, past=_past_days({tier})[tier], left=whole)


def answer_words(answer: service_times.Likely | None) -> str:
    """When, the days 8 of 10 fall between, and from what this was worked out, in one sentence."""
    if answer is None:
        return ""
    told = (
        _(
            "Answer likely on %(day)s (as for 8 of 10 such requests), worked out from"
            " the service times and %(past)s published requests of this tier; median %(median)s working days."
        )
        if answer.earliest == answer.latest == answer.on
        else _(
            "Answer likely on %(day)s (8 of 10 such requests: between %(earliest)s and %(latest)s), worked out from"
            " the service times and %(past)s published requests of this tier; median %(median)s working days."
        )
    )
    words = told % {
        "day": date_format(answer.on),
        "earliest": date_format(answer.earliest),
        "latest": date_format(answer.latest),
        "past": answer.past,
        "median": answer.median_days,
    }
    if answer.meeting_on:
        said = {"day": date_format(answer.meeting_on), "answer": words}
        words = _("On the agenda of the meeting of %(day)s. %(answer)s") % said
    if working_days.is_gazetted(answer.latest, today=clock.today()):
        return words
    return words + " " + _("The holidays of a year in it are not gazetted yet, so these days may move.")


def _clock(
    request: FundingRequest,
    names: Names,
    rows: Sequence[ServiceTimes],
    past: Mapping[str, Sequence[int]],
    listed: Mapping[int, date],
    today: date,
) -> Clock:
    found = _held(request, names, rows, today)
    times, stage = facts.times_at(request, rows), service_times.stage(request.status, request.tier)
    if times is None or stage is None or found.due_on is None:
        return found
    filed_on = clock.hong_kong_day(request.first_submitted_at or request.holder_since)
    answer = service_times.likely(
        filed_on,
        today=today,
        service=service_times.whole(request.tier, times.days),
        past=past[request.tier],
        left=service_times.remaining(stage, request.tier, times.days),
        meeting_on=listed.get(request.pk),
    )
    return replace(found, answer=answer)


def _held(request: FundingRequest, names: Names, rows: Sequence[ServiceTimes], today: date) -> Clock:
    due_on = facts.due_day(request, rows) if request.status in UNDECIDED else None
    late_by = max(working_days.between(due_on, today), 0) if due_on else 0
    return Clock(request, names.holder(request), due_on, late_by, None)


def _meeting_days(requests: Sequence[FundingRequest]) -> dict[int, date]:
    """The day of the next meeting that will take each; asked here for those that were not read with it."""
    listed = [request for request in requests if request.status == RequestStatus.SCREENED]
    known = {request.pk: request.next_meeting_at for request in listed if hasattr(request, "next_meeting_at")}
    others = [request.pk for request in listed if request.pk not in known]
    if others:
        rows = FundingRequest.objects.filter(pk__in=others).annotate(next_meeting_at=next_meeting())
        known |= {row.pk: row.next_meeting_at for row in rows}
    return {key: clock.hong_kong_day(at) for key, at in known.items() if at}


def _past_days(tiers: set[str]) -> Mapping[str, list[int]]:
    """Working days from first submission to publication, by tier. Counts only: of whom they were is not told."""
    found: dict[str, list[int]] = defaultdict(list)
    for tier in sorted(tiers):
        rows = FundingRequest.objects.filter(tier=tier, status=RequestStatus.PUBLISHED)
        dates = (
            rows.annotate(answered=Max("decisions__published_at"))
            .filter(answered__isnull=False)
            .order_by(F("answered").desc())
            .values_list("first_submitted_at", "answered")[:RECENT]
        )
        found[tier] = [_took(filed, answered) for filed, answered in dates if filed]
    return found


def _took(filed: datetime, answered: datetime) -> int:
    return working_days.between(clock.hong_kong_day(filed), clock.hong_kong_day(answered))
