"""Who plans meetings, sets and publishes the agenda, takes attendance, opens items and closes (FEATURES D2)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from funding import facts
from funding.models import Body, FundingRequest, Meeting, MeetingStatus, RoundStatus, Tier
from funding.policies.papers import papers_are_there, ready_to_decide
from funding.policies.states import SECRETARY, serves_committee, state_of, wrong_tier

PLANNED, PUBLISHED = MeetingStatus.PLANNED, MeetingStatus.PUBLISHED


def can_plan_meeting(user: User, body: Body | None = None) -> Verdict:
    return Verdict.yes() if user.has_perm(SECRETARY) else _secretary_only()


def can_change_meeting(user: User, meeting: Meeting) -> Verdict:
    """The secretary, until the agenda is published: what was published stays as it was read."""
    if not user.has_perm(SECRETARY):
        return _secretary_only()
    if meeting.status == PLANNED:
        return Verdict.yes()
    return Verdict.no("agenda.frozen", _("The agenda was published, so it is changed no more."), error=Conflict)


def can_put_on_agenda(user: User, meeting: Meeting, request: FundingRequest | None = None) -> Verdict:
    """A screened request that this body decides and that waits on no other agenda."""
    may = can_change_meeting(user, meeting)
    if not may or request is None:
        return may
    serves = serves_committee(user, request)
    if not serves:
        return serves
    state = state_of(request, "open_round")
    if not state:
        return state
    if request.tier == Tier.DEPARTMENT or facts.deciding_body(request) != meeting.body:
        return wrong_tier(_("Another body decides this amount."))
    if facts.awaiting_meeting(request) is not None:
        return _on_agenda()
    return papers_are_there(request)


def can_take_attendance(user: User, meeting: Meeting) -> Verdict:
    """The secretary, from the day of the meeting until it is closed."""
    if not user.has_perm(SECRETARY):
        return _secretary_only()
    if meeting.status != PUBLISHED:
        return _not_under_way(meeting)
    if clock.today() < clock.hong_kong_day(meeting.starts_at):
        message = _("Attendance is taken on the day of the meeting.")
        return Verdict.no("meeting.early", message, error=Conflict)
    return Verdict.yes()


def can_open_item(user: User, meeting: Meeting, request: FundingRequest | None = None) -> Verdict:
    """The secretary, once attendance is taken: it says who may speak for each seat of the roll."""
    may = can_take_attendance(user, meeting)
    if not may:
        return may
    if not meeting.attendance.exists():
        return Verdict.no("meeting.attendance", _("Take attendance first: the roll follows it."), error=Conflict)
    if request is None:
        return Verdict.yes()
    serves = serves_committee(user, request)
    if not serves:
        return serves
    state = state_of(request, "open_round")
    return ready_to_decide(request) if state else state


def can_note_item(user: User, meeting: Meeting) -> Verdict:
    """The secretary writes down what was said, until the meeting is closed."""
    return can_take_attendance(user, meeting)


def can_close_meeting(user: User, meeting: Meeting) -> Verdict:
    """Whoever presides, or the secretary, when no item is being voted on."""
    if user.person_id != meeting.chair_id and not user.has_perm(SECRETARY):
        return Verdict.no("chair.only", _("Only the chair or the secretary does this."))
    if meeting.status != PUBLISHED:
        return _not_under_way(meeting)
    if not meeting.attendance.exists():
        return Verdict.no("meeting.attendance", _("Take attendance first: the roll follows it."), error=Conflict)
    if meeting.items.filter(round__status=RoundStatus.OPEN).exists():
        return Verdict.no("meeting.voting", _("An item is being voted on. Close or adjourn it first."), error=Conflict)
    return Verdict.yes()


def can_cancel_meeting(user: User, meeting: Meeting) -> Verdict:
    """The secretary, before any item was opened; its requests can be put on another agenda."""
    if not user.has_perm(SECRETARY):
        return _secretary_only()
    if meeting.status not in (PLANNED, PUBLISHED):
        return _not_under_way(meeting)
    if meeting.items.filter(round__isnull=False).exists():
        return Verdict.no("meeting.voting", _("Items were voted on, so the meeting is closed instead."), error=Conflict)
    return Verdict.yes()


def not_on_agenda(request: FundingRequest) -> Verdict:
    """A request on a published agenda is put to the vote there, not by a round beside it."""
    waiting = facts.awaiting_meeting(request)
    return _on_agenda() if waiting is not None and waiting.status == PUBLISHED else Verdict.yes()


def _on_agenda() -> Verdict:
    return Verdict.no("agenda.taken", _("This request is on the agenda of a meeting already."), error=Conflict)


def _secretary_only() -> Verdict:
    return Verdict.no("secretary.only", _("Only the secretary does this."))


def _not_under_way(meeting: Meeting) -> Verdict:
    reason = _("The meeting is at the stage “%(stage)s”, where this cannot be done.") % {
        "stage": MeetingStatus(meeting.status).label
    }
    return Verdict.no("meeting.state", reason, error=Conflict)
