"""Meetings over the API: the same rows and services as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.serializers import In, LineIn, MoneyIn, MoneyOut, Out, ParagraphIn, TrilingualOut
from core.api.views import RegisterViewSet, collection_command, command
from core.clock import HONG_KONG
from core.errors import InvalidInput
from funding import services
from funding.api.papers import MeetingPapers
from funding.api.serializers import RoundOut
from funding.models import Attendance, Body, FundingRequest, Meeting, MeetingStatus, Round
from funding.selectors import meetings

NUMBER = r"[0-9]{1,18}"


class AgendaItemOut(Out):
    """One item. Of a paper that is closed to the reader only place and time are told."""

    number = serializers.IntegerField(source="item.number")
    begins_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(source="item.minutes")
    request = serializers.SerializerMethodField()
    version = serializers.SerializerMethodField()
    amount = serializers.SerializerMethodField()
    conditions = serializers.SerializerMethodField()
    round = serializers.SerializerMethodField()
    result = serializers.CharField()
    note = serializers.SerializerMethodField()
    not_taken = serializers.BooleanField()

    def get_request(self, row: meetings.ItemRow) -> str | None:
        return row.item.request.reference if row.is_open else None

    def get_version(self, row: meetings.ItemRow) -> int | None:
        frozen = row.item.request_version
        return frozen.number if row.is_open and frozen else None

    def get_amount(self, row: meetings.ItemRow) -> str | None:
        return MoneyOut().to_representation(row.item.amount) if row.is_open else None

    def get_conditions(self, row: meetings.ItemRow) -> list[str]:
        return list(row.item.conditions) if row.is_open else []

    def get_round(self, row: meetings.ItemRow) -> int | None:
        return row.item.round_id if row.is_open else None

    def get_note(self, row: meetings.ItemRow) -> str:
        return row.item.note if row.is_open else ""


class AttendanceOut(Out):
    seat = serializers.IntegerField(source="seat.number")
    holder_name = TrilingualOut(source="holder", field="name")
    state = serializers.ChoiceField(choices=Attendance.State.choices)
    person = serializers.IntegerField(source="person_id", allow_null=True)


class MeetingOut(Out):
    id = serializers.IntegerField()
    body = serializers.SlugField(source="body.code")
    number = serializers.IntegerField()
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField()
    place_en = serializers.CharField()
    place_zh_hant = serializers.CharField()
    place_zh_hans = serializers.CharField(help_text="Worked out from the Traditional.")
    status = serializers.ChoiceField(choices=MeetingStatus.choices)
    published_at = serializers.DateTimeField(allow_null=True)
    agenda_digest = serializers.CharField(help_text="SHA-256 of the agenda as published; empty before.")
    closed_at = serializers.DateTimeField(allow_null=True)
    cancelled_reason = serializers.CharField()


class MeetingDetailOut(MeetingOut):
    """One meeting with what this reader may see of its agenda, and who was there."""

    over = serializers.IntegerField(source="screen.over", help_text="Minutes by which the agenda is too long.")
    items = AgendaItemOut(source="screen.items", many=True)
    attendance = AttendanceOut(source="screen.attendance", many=True)


class MeetingChangeIn(In):
    starts_at = serializers.DateTimeField(default_timezone=HONG_KONG)
    minutes = serializers.IntegerField(min_value=5, max_value=720)
    place_en = LineIn(max_length=200)
    place_zh_hant = LineIn(max_length=200, required=False, allow_blank=True, default="")


class MeetingIn(MeetingChangeIn):
    body = serializers.SlugField(max_length=40)


class AddItemIn(In):
    request = LineIn(max_length=20)
    minutes = serializers.IntegerField(min_value=1, max_value=480)
    amount = MoneyIn(required=False, allow_null=True, default=None)
    conditions = serializers.ListField(child=LineIn(max_length=500), max_length=50, required=False, default=list)


class AgendaItemIn(In):
    number = serializers.IntegerField(min_value=1, max_value=1_000)


class ArrangeItemIn(AgendaItemIn):
    to = serializers.IntegerField(min_value=1, max_value=1_000)
    minutes = serializers.IntegerField(min_value=1, max_value=480)


class NoteItemIn(AgendaItemIn):
    note = ParagraphIn(max_length=20_000)


class SeatStateIn(In):
    seat = serializers.IntegerField(min_value=1, max_value=1_000)
    state = serializers.ChoiceField(choices=Attendance.State.choices)


class AttendanceIn(In):
    seats = SeatStateIn(many=True)
    presiding_seat = serializers.IntegerField(
        min_value=1, max_value=1_000, required=False, allow_null=True, default=None
    )


class CancelMeetingIn(In):
    reason = LineIn(max_length=500)


class MeetingViewSet(MeetingPapers, RegisterViewSet):
    """Meetings of the bodies one sits on or serves, and those that have one's own department on the agenda."""

    rows = Meeting.objects
    lookup_field = "pk"
    lookup_value_regex = NUMBER
    serializer_class = MeetingOut
    ordering_fields = ("starts_at", "status")

    def get_queryset(self) -> "QuerySet[Meeting]":
        return super().get_queryset().select_related("body")

    def get_serializer_class(self) -> Any:
        return MeetingDetailOut if self.action == "retrieve" else MeetingOut

    def get_object(self) -> Meeting:
        found = super().get_object()
        return self._with_screen(found) if self.action == "retrieve" else found

    @collection_command(request=MeetingIn, response=MeetingDetailOut)
    def create(self, data: dict[str, Any]) -> Meeting:
        body = Body.objects.visible_to(self.actor).filter(code=data.pop("body")).first()
        if body is None:
            raise InvalidInput("choice.invalid", _("There is no such body."), fields={"body": []})
        return self._with_screen(services.plan_meeting(actor=self.actor, body_id=body.pk, **data))

    @command(request=MeetingChangeIn, response=MeetingDetailOut)
    def change(self, thing: Meeting, data: dict[str, Any]) -> Meeting:
        return self._with_screen(services.change_meeting(actor=self.actor, meeting_id=thing.pk, **data))

    @command(request=AddItemIn, response=MeetingDetailOut, status=201)
    def add_item(self, thing: Meeting, data: dict[str, Any]) -> Meeting:
        found = FundingRequest.objects.visible_to(self.actor).filter(reference=data.pop("request")).first()
        services.add_item(actor=self.actor, meeting_id=thing.pk, request_id=found.pk if found else 0, **data)
        return self._again(thing)

    @command(request=ArrangeItemIn, response=MeetingDetailOut)
    def arrange_item(self, thing: Meeting, data: dict[str, Any]) -> Meeting:
        services.arrange_item(actor=self.actor, meeting_id=thing.pk, **data)
        return self._again(thing)

    @command(request=AgendaItemIn, response=MeetingDetailOut)
    def take_off_item(self, thing: Meeting, data: dict[str, Any]) -> Meeting:
        services.take_off_item(actor=self.actor, meeting_id=thing.pk, **data)
        return self._again(thing)

    @command(request=None, response=MeetingDetailOut)
    def publish_agenda(self, thing: Meeting, data: dict[str, Any]) -> Meeting:
        return self._with_screen(services.publish_agenda(actor=self.actor, meeting_id=thing.pk))

    @command(request=AttendanceIn, response=MeetingDetailOut)
    def attendance(self, thing: Meeting, data: dict[str, Any]) -> Meeting:
        services.take_attendance(
            actor=self.actor,
            meeting_id=thing.pk,
            seats={row["seat"]: row["state"] for row in data["seats"]},
            presiding_seat=data["presiding_seat"],
        )
        return self._again(thing)

    @command(request=AgendaItemIn, response=RoundOut, status=201)
    def open_item(self, thing: Meeting, data: dict[str, Any]) -> Round:
        return services.open_item(actor=self.actor, meeting_id=thing.pk, **data)

    @command(request=NoteItemIn, response=MeetingDetailOut)
    def note_item(self, thing: Meeting, data: dict[str, Any]) -> Meeting:
        services.note_item(actor=self.actor, meeting_id=thing.pk, **data)
        return self._again(thing)

    @command(request=None, response=MeetingDetailOut)
    def close(self, thing: Meeting, data: dict[str, Any]) -> Meeting:
        return self._with_screen(services.close_meeting(actor=self.actor, meeting_id=thing.pk))

    @command(request=CancelMeetingIn, response=MeetingDetailOut)
    def cancel(self, thing: Meeting, data: dict[str, Any]) -> Meeting:
        return self._with_screen(services.cancel_meeting(actor=self.actor, meeting_id=thing.pk, **data))

    def _again(self, meeting: Meeting) -> Meeting:
        return self._with_screen(self.get_queryset().get(pk=meeting.pk))

    def _with_screen(self, meeting: Meeting) -> Meeting:
        meeting.screen = meetings.meeting_page(self.actor, meeting)  # type: ignore[attr-defined] # read by the shape
        return meeting
