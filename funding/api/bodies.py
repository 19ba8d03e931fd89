"""Bodies with their seats over the API: the same rows and services as the pages."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.shapes import PersonNumberIn
from accounts.models import Person
from core.api.serializers import DayIn, In, LineIn, Out, TrilingualOut
from core.api.views import RegisterViewSet, command
from funding import services
from funding.models import Body, SeatTerm
from funding.selectors import bodies


class TermOut(Out):
    number = serializers.IntegerField(source="pk")
    person = serializers.IntegerField(source="person_id")
    name = TrilingualOut(source="person", field="name")
    capacity = serializers.ChoiceField(choices=SeatTerm.Capacity.choices)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="First day the term no longer runs.")


class BodySeatOut(Out):
    number = serializers.IntegerField()
    duty = serializers.CharField()
    terms = TermOut(many=True)


class BodyOut(Out):
    code = serializers.SlugField()
    name = TrilingualOut(source="*", field="name")
    seats = BodySeatOut(many=True)


class AppointIn(In):
    seat_number = serializers.IntegerField(min_value=1, max_value=1_000)
    person = PersonNumberIn(queryset=Person.objects.all())
    capacity = serializers.ChoiceField(choices=SeatTerm.Capacity.choices, default=SeatTerm.Capacity.HOLDER)
    starts_on = DayIn()
    ends_on = DayIn(required=False, allow_null=True, default=None)


class EndTermIn(In):
    term = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    ends_on = DayIn()
    reason = LineIn(max_length=300)


class BodyViewSet(RegisterViewSet):
    """The bodies that vote here, their seats and everybody who has, had or will have one."""

    rows = Body.objects
    lookup_field = "code"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    serializer_class = BodyOut
    ordering_fields = ("code",)

    def get_queryset(self) -> "QuerySet[Body]":
        fake = getattr(self, "swagger_fake_view", False)
        return super().get_queryset() if fake else bodies.bodies(self.actor)

    @command(request=AppointIn, response=BodyOut, status=201)
    def appoint(self, thing: Body, data: dict[str, Any]) -> Body:
        services.appoint(actor=self.actor, body_id=thing.pk, **data)
        return self.get_object()

    @command(request=EndTermIn, response=BodyOut)
    def end_term(self, thing: Body, data: dict[str, Any]) -> Body:
        services.end_term(
            actor=self.actor,
            body_id=thing.pk,
            term_id=data["term"],
            ends_on=data["ends_on"],
            reason=data["reason"],
        )
        return self.get_object()
