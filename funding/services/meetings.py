"""Meetings planned, changed and cancelled; agendas put together and published (FEATURES D2).

A meeting is locked before everything else that its acts lock.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
import hashlib
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
import rfc8785

from accounts.models import Person, User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible, Unprocessable
from core.simplified import simplified
from core.text import is_blank
from funding import facts, policies
from funding.models import AgendaItem, Body, Meeting, MeetingStatus, Seat, SeatTerm
from funding.rules import agendas
from funding.services import locks

SHORTEST, LONGEST = 5, 720
"""Minutes a room is held."""
LONGEST_ITEM = 480


@transaction.atomic
def plan_meeting(
    *, actor: User, body_id: int, starts_at: datetime, minutes: int, place_en: str, place_zh_hant: str = ""
) -> Meeting:
    """Plan the next meeting of a body: when, how long, where. Its chair presides; who plans it is its secretary."""
    body = Body.objects.select_for_update().get(pk=body_id)
    policies.can_plan_meeting(actor, body).or_raise()
    _judge_time(starts_at, minutes)
    last = body.meetings.aggregate(last=Max("number"))["last"] or 0
    return Meeting.objects.create(
        body=body,
        number=last + 1,
        starts_at=starts_at,
        minutes=minutes,
        place_en=_place(place_en),
        place_zh_hant=place_zh_hant,
        place_zh_hans=simplified(place_zh_hant),
        chair=_chair_of(body, starts_at),
        secretary=actor.person,
    )


@transaction.atomic
def change_meeting(
    *, actor: User, meeting_id: int, starts_at: datetime, minutes: int, place_en: str, place_zh_hant: str = ""
) -> Meeting:
    meeting = locked(meeting_id, seen_by=actor)
    policies.can_change_meeting(actor, meeting).or_raise()
    _judge_time(starts_at, minutes)
    meeting.starts_at, meeting.minutes = starts_at, minutes
    meeting.place_en, meeting.place_zh_hant = _place(place_en), place_zh_hant
    meeting.place_zh_hans = simplified(place_zh_hant)
    meeting.chair = _chair_of(meeting.body, starts_at)
    meeting.save(update_fields=["starts_at", "minutes", "place_en", "place_zh_hant", "place_zh_hans", "chair"])
    return meeting


@transaction.atomic
def add_item(
    *,
    actor: User,
    meeting_id: int,
    request_id: int,
    minutes: int,
    amount: Decimal | None = None,
    conditions: Sequence[str] = (),
) -> AgendaItem:
    """Put a screened request at the end of the agenda, with the motion; `amount` is at most what is asked."""
    meeting = locked(meeting_id, seen_by=actor)
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_put_on_agenda(actor, meeting, request).or_raise()
    _judge_minutes(minutes)
    put = request.own_amount if amount is None else amount
    if not 0 < put <= request.own_amount:
        message = _("The motion is for more than nothing and at most for the amount asked.")
        raise Unprocessable("motion.amount", message, fields={"amount": [message]})
    return AgendaItem.objects.create(
        meeting=meeting,
        number=_live(meeting).count() + 1,
        request=request,
        minutes=minutes,
        amount=put,
        conditions=[text.strip() for text in conditions if not is_blank(text)],
    )


@transaction.atomic
def arrange_item(*, actor: User, meeting_id: int, number: int, to: int, minutes: int) -> AgendaItem:
    """Give an item another place or another time."""
    meeting = locked(meeting_id, seen_by=actor)
    policies.can_change_meeting(actor, meeting).or_raise()
    _judge_minutes(minutes)
    item = item_of(meeting, number)
    item.minutes = minutes
    item.save(update_fields=["minutes"])
    _number(agendas.moved(list(_live(meeting)), item, to=to))
    item.refresh_from_db()
    return item


@transaction.atomic
def take_off_item(*, actor: User, meeting_id: int, number: int) -> Meeting:
    """Take an item off an agenda that is not published; those after it move up."""
    meeting = locked(meeting_id, seen_by=actor)
    policies.can_change_meeting(actor, meeting).or_raise()
    item = item_of(meeting, number)
    item.number = None
    item.save(update_fields=["number"])
    _number(list(_live(meeting)))
    return meeting


@transaction.atomic
def publish_agenda(*, actor: User, meeting_id: int) -> Meeting:
    """Freeze the agenda with the version of each paper, for the body and the departments on it to read."""
    meeting = locked(meeting_id, seen_by=actor)
    policies.can_change_meeting(actor, meeting).or_raise()
    items = list(_live(meeting).select_related("request"))
    if not items:
        raise Conflict("agenda.empty", _("There is nothing on the agenda yet."))
    if meeting.starts_at <= clock.now():
        raise Conflict("agenda.late", _("The agenda is published before the meeting begins. Change its time first."))
    _judge_fit(meeting, items)
    for item in items:
        item.request_version = item.request.versions.get(number=item.request.submitted_version)
        item.save(update_fields=["request_version"])
    told = agenda_content(meeting, items)
    meeting.status = MeetingStatus.PUBLISHED
    meeting.published_at = clock.now()
    meeting.agenda_digest = hashlib.sha256(rfc8785.dumps(told)).hexdigest()
    meeting.save(update_fields=["status", "published_at", "agenda_digest"])
    ledger.record(
        "meeting.agenda_published", actor=actor, subject=meeting, facts={**told, "digest": meeting.agenda_digest}
    )
    return meeting


@transaction.atomic
def cancel_meeting(*, actor: User, meeting_id: int, reason: str) -> Meeting:
    """Call a meeting off. It keeps its number; its requests can be put on another agenda."""
    meeting = locked(meeting_id, seen_by=actor)
    policies.can_cancel_meeting(actor, meeting).or_raise()
    if is_blank(reason):
        message = _("Say why the meeting is cancelled.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    meeting.status, meeting.cancelled_reason = MeetingStatus.CANCELLED, reason
    meeting.save(update_fields=["status", "cancelled_reason"])
    ledger.record("meeting.cancelled", actor=actor, subject=meeting, facts={"reason": reason})
    return meeting


def agenda_content(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[str, Any]:
    """What was published, in one spelling: time, place, and each item with paper, motion and minutes."""
    return {
        "body": meeting.body.code,
        "number": meeting.number,
        "starts_at": ledger.instant_text(meeting.starts_at),
        "minutes": meeting.minutes,
        "place": meeting.place_en,
        "items": [
            {
                "number": item.number,
                "request": item.request.reference,
                "version": item.request_version.number,
                "paper": item.request_version.digest,
                "amount": f"{item.amount:.2f}",
                "conditions": list(item.conditions),
                "minutes": item.minutes,
            }
            for item in items
            if item.request_version is not None and item.number is not None
        ],
    }


def locked(meeting_id: int, *, seen_by: User) -> Meeting:
    rows = Meeting.objects.visible_to(seen_by).select_for_update(of=("self",)).select_related("body")
    found = rows.filter(pk=meeting_id).first()
    if found is None:
        raise NotVisible("meeting.none", _("There is no such meeting for you."))
    return found


def item_of(meeting: Meeting, number: int) -> AgendaItem:
    found = meeting.items.filter(number=number).first()
    if found is None:
        raise NotVisible("agenda.none", _("There is no such item on the agenda."))
    return found


def _live(meeting: Meeting) -> Any:
    return meeting.items.filter(number__isnull=False).order_by("number")


def _number(items: Sequence[AgendaItem]) -> None:
    for place, item in enumerate(items, start=1):
        if item.number != place:
            item.number = place
            item.save(update_fields=["number"])


def _judge_time(starts_at: datetime, minutes: int) -> None:
    if starts_at <= clock.now():
        message = _("A meeting is planned ahead.")
        raise Unprocessable("meeting.past", message, fields={"starts_at": [message]})
    if not SHORTEST <= minutes <= LONGEST:
        message = _("A meeting lasts between 5 and 720 minutes.")
        raise Unprocessable("meeting.minutes", message, fields={"minutes": [message]})


def _judge_minutes(minutes: int) -> None:
    if not 1 <= minutes <= LONGEST_ITEM:
        message = _("An item takes between 1 and 480 minutes.")
        raise Unprocessable("agenda.minutes", message, fields={"minutes": [message]})


def _judge_fit(meeting: Meeting, items: Sequence[AgendaItem]) -> None:
    too_long = agendas.over([item.minutes for item in items], held=meeting.minutes)
    if too_long:
        reason = ngettext(
            "The agenda is %(count)s minute longer than the meeting. Shorten or take off items, or give it more time.",
            "The agenda is %(count)s minutes longer than the meeting. Shorten or take off items, or give it more time.",
            too_long,
        ) % {"count": too_long}
        raise Conflict("agenda.too_long", reason)


def _place(text: str) -> str:
    if is_blank(text):
        message = _("Say where the meeting is.")
        raise InvalidInput("required", message, fields={"place_en": [message]})
    return text


def _chair_of(body: Body, starts_at: datetime) -> Person | None:
    """The holder of the chair's seat on the day of the meeting; nobody while it is vacant."""
    day = clock.hong_kong_day(starts_at)
    chairs = facts.seats_on(body, day).filter(duty=Seat.Duty.CHAIR)
    terms = SeatTerm.objects.filter(seat__in=chairs, capacity=SeatTerm.Capacity.HOLDER, starts_on__lte=day)
    found = terms.exclude(ends_on__lte=day).select_related("person").first()
    return found.person if found else None
