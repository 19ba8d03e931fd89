"""Calendars of persons: one secret address each, renewed or revoked by its account; rights are those of now.

Meetings come from the bodies one sees, days from what waits for one. Each event keeps its name for good, and a change
raises its number, so that a calendar program replaces it.
"""

from collections.abc import Iterator
from datetime import timedelta
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.duties import duties_of
from accounts.models import User
from core import clock
from core.errors import Conflict
from exchange.models import CalendarEntry, CalendarFeed
from exchange.rules.icalendar import Event, Told, calendar
from funding.models import Meeting, MeetingStatus

PAST = timedelta(days=90)


@transaction.atomic
def renew_feed(*, actor: User) -> str:
    """A new secret for one's calendar, shown once; the old address opens nothing from now on."""
    User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    CalendarFeed.objects.filter(account=actor, revoked_at__isnull=True).update(revoked_at=clock.now())
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(account=actor, digest=digest_of(secret), created_at=clock.now())
    return secret


@transaction.atomic
def revoke_feed(*, actor: User) -> None:
    ended = CalendarFeed.objects.filter(account=actor, revoked_at__isnull=True).update(revoked_at=clock.now())
    if not ended:
        raise Conflict("calendar.none", _("There is no calendar address to revoke."))


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_of(secret: str) -> bytes | None:
    """The calendar that this secret opens; None where it opens none, expired or invented alike."""
    feed = CalendarFeed.objects.live().select_related("account__person").filter(digest=digest_of(secret)).first()
    if feed is None:
        return None
    CalendarFeed.objects.filter(pk=feed.pk).update(read_at=clock.now())
    with translation.override(feed.account.language):
        events = [*_meetings(feed.account), *_days(feed.account)]
        name = _("AI Efficacy Tracker")
    return calendar(name, _told(feed.account, events))


def _meetings(user: User) -> Iterator[Event]:
    rows = Meeting.objects.visible_to(user).filter(starts_at__gte=clock.now() - PAST).select_related("body")
    for meeting in rows.order_by("starts_at"):
        yield Event(
            uid=f"meeting-{meeting.pk}@govai-tracker",
            summary=_("%(body)s, meeting %(number)s") % {"body": meeting.body, "number": meeting.number},
            starts=meeting.starts_at,
            minutes=meeting.minutes,
            place=str(meeting.in_language("place")),
            address=_site(reverse("funding:meeting-detail", args=[meeting.pk])),
            cancelled=meeting.status == MeetingStatus.CANCELLED,
        )


def _days(user: User) -> Iterator[Event]:
    for duty in duties_of(user):
        if duty.due_on is not None:
            yield Event(
                uid=f"{duty.code}-{hashlib.sha256(duty.address.encode()).hexdigest()[:24]}@govai-tracker",
                summary=f"{duty.what}: {duty.title}",
                starts=duty.due_on,
                description=duty.reference,
                address=_site(duty.address),
            )


@transaction.atomic
def _told(user: User, events: list[Event]) -> list[Told]:
    """Each with its number: 0 the first time, one more whenever it says something else than the last time."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    unique = {event.uid: event for event in events}
    kept = {row.uid: row for row in CalendarEntry.objects.filter(account=user, uid__in=unique)}
    found = []
    for uid, event in unique.items():
        digest = hashlib.sha256("\n".join(event.lines()).encode()).hexdigest()
        row = kept.get(uid)
        if row is None:
            row = CalendarEntry.objects.create(account=user, uid=uid, told=digest, changed_at=clock.now())
        elif row.told != digest:
            row.told, row.sequence, row.changed_at = digest, row.sequence + 1, clock.now()
            row.save(update_fields=["told", "sequence", "changed_at"])
        found.append(Told(event, row.sequence, row.changed_at))
    return found


def _site(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path
