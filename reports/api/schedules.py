"""Schedules and their packs over the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.models import Department, Person
from core.api.serializers import In, LineIn, Out
from core.api.views import RegisterViewSet, collection_command, command
from core.errors import InvalidInput
from reports import services
from reports.api.serializers import FORM_CHOICES, ReportReasonIn
from reports.models import Pack, Schedule
from reports.selectors import packs


class DeliveryOut(Out):
    reader = serializers.IntegerField(source="reader_id", help_text="The person's number.")
    is_sent = serializers.BooleanField()
    recorded_at = serializers.DateTimeField()


class PackOut(Out):
    period = serializers.CharField()
    state = serializers.ChoiceField(choices=Pack.State.choices)
    reasons = serializers.ListField(child=serializers.CharField(), help_text="What stood against it.")
    report = serializers.CharField(source="report.reference", default=None, allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    deliveries = DeliveryOut(many=True)


class ScheduleOut(Out):
    id = serializers.IntegerField()
    form = serializers.ChoiceField(choices=FORM_CHOICES)
    department = serializers.CharField(source="department.code", default=None, allow_null=True)
    day = serializers.IntegerField()
    least_coverage = serializers.IntegerField()
    readers = serializers.ListField(child=serializers.IntegerField(), source="reader_numbers")
    owner = serializers.IntegerField(source="owner_id")
    ended_at = serializers.DateTimeField(allow_null=True)
    packs = PackOut(many=True)


class ScheduleIn(In):
    read_only_names = frozenset({"id", "owner", "packs"})

    form = serializers.ChoiceField(choices=FORM_CHOICES)
    department = LineIn(max_length=16, required=False, allow_blank=True, default="", help_text="A department's code.")
    day = serializers.IntegerField(min_value=1, max_value=28)
    least_coverage = serializers.IntegerField(min_value=0, max_value=100)
    readers = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=200)


class ScheduleViewSet(RegisterViewSet):
    rows = Schedule.objects
    lookup_field = "id"
    lookup_value_regex = "[0-9]{1,18}"
    serializer_class = ScheduleOut
    ordering_fields = ("id",)

    def get_queryset(self) -> "QuerySet[Schedule]":
        if getattr(self, "swagger_fake_view", False):
            return Schedule.objects.none()
        return packs.schedule_rows(self.actor).prefetch_related("packs__report", "packs__deliveries")

    @collection_command(request=ScheduleIn, response=ScheduleOut)
    def create(self, data: dict[str, Any]) -> Schedule:
        code, wanted = data.pop("department"), set(data.pop("readers"))
        department = Department.objects.visible_to(self.actor).filter(code=code).first() if code else None
        readers = list(Person.objects.visible_to(self.actor).filter(pk__in=wanted))
        if (code and department is None) or len(readers) != len(wanted):
            field = "department" if code and department is None else "readers"
            message = _("Choose one of the entries offered.")
            raise InvalidInput("choice.invalid", message, fields={field: [message]})
        return services.add_schedule(actor=self.actor, department=department, readers=readers, **data)

    @command(request=ReportReasonIn, response=ScheduleOut)
    def end(self, schedule: Schedule, data: dict[str, Any]) -> Schedule:
        return services.end_schedule(actor=self.actor, schedule_id=schedule.pk, **data)
