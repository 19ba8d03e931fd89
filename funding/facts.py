"""Reads stored rows into the plain values that the rules take."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Posting
from accounts.rights import posted_today
from core import clock, working_days
from funding.models import (
    AgendaItem,
    Body,
    Delegation,
    Editor,
    FundingPolicy,
    FundingRequest,
    Meeting,
    MeetingStatus,
    RollSeat,
    Round,
    Seat,
    SeatTerm,
    ServiceTimes,
    Tier,
    TierLine,
    Vote,
    VotingRule,
)
from funding.rules import conflicts, seating, service_times, tally, tiers


def heads(department_id: int, day: date) -> list[int]:
    """The persons who head the department on a day."""
    rows = Posting.objects.on(day).heads().filter(department=department_id)
    return list(rows.values_list("person", flat=True))


def heads_of(request: FundingRequest) -> list[int]:
    """The persons who head the department of this request today. Each copy of the row asks once a day."""
    day = clock.today()
    known: dict[date, list[int]] = request.__dict__.setdefault("_heads_on", {})
    if day not in known:
        known[day] = heads(request.department_id, day)
    return known[day]


def delegation_to(person_id: int, department_id: int) -> Delegation | None:
    """The delegation under which this person decides for the department's head today."""
    today = clock.today()
    running = Delegation.objects.approved().filter(starts_on__lte=today, ends_on__gt=today)
    return running.filter(department=department_id, delegate=person_id).first()


def due_day(request: FundingRequest, rows: Iterable[ServiceTimes]) -> date | None:
    """By when the holder acts; `rows` are the approved service times, and those of the stage's first day hold."""
    times = times_at(request, rows)
    stage = service_times.stage(request.status, request.tier)
    if times is None or stage is None:
        return None
    return working_days.add(clock.hong_kong_day(request.holder_since), times.days[stage])


def times_at(request: FundingRequest, rows: Iterable[ServiceTimes]) -> ServiceTimes | None:
    since = clock.hong_kong_day(request.holder_since)
    return next((row for row in rows if row.starts_on <= since and (row.ends_on is None or since < row.ends_on)), None)


def belongs(person_id: int, department_id: int, day: date) -> bool:
    if day == clock.today():
        return department_id in posted_today(person_id)
    return Posting.objects.on(day).filter(person=person_id, department=department_id).exists()


def is_own_item(person_id: int, request: FundingRequest) -> bool:
    """Applied for, led or written by this person."""
    if person_id in (request.applicant_id, request.lead_id, request.project.lead_id):
        return True
    return any(editor.person_id == person_id for editor in request.editors.all())


def appealed_head(request: FundingRequest) -> frozenset[int]:
    """The head who alone took the decision that is appealed against, with the delegate; nobody where a body voted."""
    appeal = getattr(request, "appeal", None)
    if appeal is None or appeal.against.tier != Tier.DEPARTMENT:
        return frozenset()
    given = appeal.against.delegation
    return frozenset({appeal.against.decided_by_id, given.proposed_by_id if given else None} - {None})


def is_conflicted_head(person_id: int, request: FundingRequest) -> bool:
    """Whether a head may not decide or endorse: the head's own item, or an appeal against the head's own decision."""
    return is_own_item(person_id, request) or person_id in appealed_head(request)


def open_questions(request: FundingRequest) -> list[int]:
    """The numbers of the questions with which the last submitted version was returned and that have no answer."""
    asked = request.return_questions.filter(request_version__number=request.submitted_version, answers__isnull=True)
    return list(asked.values_list("number", flat=True))


def recuses_department(request: FundingRequest) -> bool:
    policy = request.policy
    return policy is None or policy.same_department == FundingPolicy.SameDepartment.RECUSE


def heads_all_conflicted(request: FundingRequest) -> bool:
    """Whether every head there is asks for, leads or wrote the request; a post that is vacant is not a conflict."""
    return conflicts.all_conflicted(heads_of(request), lambda head: is_conflicted_head(head, request))


def without_free_head(requests: Sequence[FundingRequest]) -> set[int]:
    """`heads_all_conflicted` of many requests at once, with projects and appeals already read: two queries in all."""
    heads_of, editors_of = defaultdict(set), defaultdict(set)
    rows = Posting.objects.on(clock.today()).heads().filter(department__in={one.department_id for one in requests})
    for department, person in rows.values_list("department", "person"):
        heads_of[department].add(person)
    edited = Editor.objects.filter(request__in=[one.pk for one in requests])
    for request, person in edited.values_list("request", "person"):
        editors_of[request].add(person)
    found = set()
    for one in requests:
        own = {one.applicant_id, one.lead_id, one.project.lead_id} | editors_of[one.pk] | appealed_head(one)
        if conflicts.all_conflicted(heads_of[one.department_id], own.__contains__):
            found.add(one.pk)
    return found


def tier_lines(policy: FundingPolicy) -> list[tiers.TierLine]:
    return [tiers.TierLine(line.tier, line.upper, line.upper_included) for line in policy.lines.all()]


def deciding_body(request: FundingRequest) -> Body | None:
    """The body that votes on requests of this tier under the request's policy; None for the department tier."""
    return Body.objects.filter(tier_lines__policy=request.policy_id, tier_lines__tier=request.tier).first()


def awaiting_meeting(request: FundingRequest) -> Meeting | None:
    """The meeting that has the request on its agenda and has not taken it yet."""
    waiting = AgendaItem.objects.filter(
        request=request,
        number__isnull=False,
        round__isnull=True,
        meeting__status__in=(MeetingStatus.PLANNED, MeetingStatus.PUBLISHED),
    )
    item = waiting.select_related("meeting").first()
    return item.meeting if item else None


def seats_on(body: Body, day: date) -> "QuerySet[Seat]":
    """The seats of a body that run on a day, vacant ones too."""
    return body.seats.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


def chairs_of_tier(tier: str, day: date) -> list[int]:
    """The persons who chair on a day the bodies that approved policies name for a tier."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    bodies = TierLine.objects.filter(policy__in=FundingPolicy.objects.approved(), tier=tier).values("body")
    chairs = SeatTerm.objects.filter(running, starts_on__lte=day, seat__duty=Seat.Duty.CHAIR, seat__body__in=bodies)
    return list(chairs.filter(capacity=SeatTerm.Capacity.HOLDER).values_list("person", flat=True).distinct())


def voting_rule(row: VotingRule) -> tally.VotingRule:
    return tally.VotingRule(
        quorum_share=row.quorum_share_percent,
        quorum_least=row.quorum_least,
        majority=row.majority_percent,
        base=tally.Base(row.majority_base),
        recused_in_quorum_base=row.recused_count_for_quorum,
        tie=tally.Tie(row.tie),
    )


def tally_of(round_: Round, *, casting: tally.Choice | None = None) -> tally.Tally:
    """The votes that stand now, counted under the rule the round was opened with."""
    roll = [seat.is_recused for seat in round_.roll.all()]
    standing = Vote.objects.filter(round=round_).standing().values_list("choice", flat=True)
    return tally.count(standing, seats=len(roll), recused=sum(roll), rule=voting_rule(round_.rule), casting=casting)


def roll_entries(round_: Round) -> list[seating.RollEntry]:
    return [entry_of(seat) for seat in round_.roll.all()]


def entry_of(seat: RollSeat) -> seating.RollEntry:
    return seating.RollEntry(
        number=seat.number,
        is_chair=seat.duty == Seat.Duty.CHAIR,
        holder=seat.holder_id,
        alternate=seat.alternate_id,
        is_recused=seat.is_recused,
        is_absent=seat.is_absent,
    )


def presiding_person(round_: Round) -> int | None:
    """Who may make the last call and close: the chair, or whoever stands in for the chair."""
    acting = round_.acting_chair.number if round_.acting_chair else None
    seat = seating.presiding(roll_entries(round_), acting=acting)
    return seat.holder if seat else None


def runs(term_of: SeatTerm.Capacity, seat: RollSeat, person_id: int, day: date) -> bool:
    """Whether the person's term in this seat runs on the day."""
    terms = SeatTerm.objects.filter(seat=seat.seat_id, person=person_id, capacity=term_of, starts_on__lte=day)
    return terms.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day)).exists()
