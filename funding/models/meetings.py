"""Meetings of a body with agenda, attendance, and the round of each item (DESIGN 5; FEATURES D2).

For papers made of a meeting: `Meeting.items` in order (`AgendaItem`: request, frozen version, minutes, round, note)
and `Meeting.attendance` by seat; `selectors.meetings` gathers them for pages, minutes and packs.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy
import pghistory

from accounts.models import Person, Trilingual
from funding.models.columns import money
from funding.models.policy import Body, Seat
from funding.models.requests import FundingRequest, RequestVersion
from funding.models.rounds import Round
from funding.querysets_meetings import MeetingQuerySet


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "being planned")
    PUBLISHED = "published", pgettext_lazy("meeting", "agenda published")
    CLOSED = "closed", pgettext_lazy("meeting", "closed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


@pghistory.track()
class Meeting(Trilingual):
    """One meeting of one body. From publication on its agenda is what was published."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField(help_text="1, 2, … of the body.")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(help_text="How long the room is held, minutes.")
    place_en = models.CharField(max_length=200)
    place_zh_hant = models.CharField(max_length=200, blank=True)
    place_zh_hans = models.CharField(max_length=200, blank=True)
    chair = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", help_text="Who presides; empty: seat vacant."
    )
    secretary = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    published_at = models.DateTimeField(null=True)
    agenda_digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the agenda as published: items, versions, motions, minutes."
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_reason = models.CharField(max_length=500, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="meeting_number_once"),
            models.CheckConstraint(condition=Q(minutes__range=(5, 720)), name="meeting_minutes_in_range"),
            models.CheckConstraint(
                condition=~Q(status__in=["published", "closed"]) | Q(published_at__isnull=False) & ~Q(agenda_digest=""),
                name="meeting_published_has_agenda",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") ^ ~Q(cancelled_reason=""), name="meeting_cancelled_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.code} meeting {self.number}"

    @property
    def ledger_ref(self) -> str:
        return f"meeting:{self.pk}"


@pghistory.track()
class AgendaItem(models.Model):
    """One request on the agenda with the motion that will be put. `number` is its place; empty: taken off."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(null=True)
    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="agenda_items")
    minutes = models.PositiveSmallIntegerField(help_text="Time given to the item, minutes.")
    amount = money()
    conditions = models.JSONField(default=list, help_text="Texts of conditions 1..n of the motion.")
    request_version = models.ForeignKey(
        RequestVersion, on_delete=models.PROTECT, null=True, related_name="+", help_text="Frozen at publication."
    )
    round = models.OneToOneField(
        Round, on_delete=models.PROTECT, null=True, related_name="agenda_item", help_text="Once the item was opened."
    )
    note = models.TextField(blank=True, help_text="What was said, for the minutes.")

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="agendaitem_place_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["meeting", "request"], condition=Q(number__isnull=False), name="agendaitem_request_once"
            ),
            models.CheckConstraint(condition=Q(minutes__range=(1, 480)), name="agendaitem_minutes_in_range"),
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lt=10**13), name="agendaitem_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} item {self.number}"


@pghistory.track()
class Attendance(models.Model):
    """Who was there for one seat. `person` is the holder, or the alternate who came for the holder."""

    class State(models.TextChoices):
        PRESENT = "present", pgettext_lazy("attendance", "present")
        ALTERNATE = "alternate", pgettext_lazy("attendance", "alternate present")
        APOLOGIES = "apologies", pgettext_lazy("attendance", "apologies")
        ABSENT = "absent", pgettext_lazy("attendance", "absent")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", help_text="Empty: nobody came for the seat."
    )

    class Meta:
        ordering = ["seat__number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_seat_once"),
            models.UniqueConstraint(
                fields=["meeting", "person"], name="attendance_person_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(state__in=["present", "alternate"], person__isnull=False)
                | Q(state__in=["apologies", "absent"], person__isnull=True),
                name="attendance_present_has_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} seat {self.seat_id} {self.state}"
