"""People over the API: the same rows, rules and services as the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import holdings, policies, selectors, services
from accounts.access import reach_of
from accounts.api import shapes
from accounts.filters import PeopleFilter
from accounts.models import Departure, Person
from core import clock
from core.api.views import RegisterViewSet, collection_command, command, patch_command


class PersonViewSet(RegisterViewSet):
    """People of the programme. E-mail, roles and accounts are null for readers who may not read them."""

    rows = Person.objects
    serializer_class = shapes.PersonOut
    filterset_class = PeopleFilter
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    lookup_value_regex = r"[0-9]{1,18}"
    ordering_fields = ("name_en", "title_en")

    def get_queryset(self) -> "QuerySet[Person]":
        if getattr(self, "swagger_fake_view", False):
            return Person.objects.none()
        return selectors.people_rows(self.actor)

    @collection_command(request=shapes.PersonIn, response=shapes.PersonOut)
    def create(self, data: dict[str, Any]) -> Person:
        return self._again(services.register_person(actor=self.actor, **data))

    @patch_command(request=shapes.PersonPatchIn, response=shapes.PersonOut)
    def partial_update(self, thing: Person, data: dict[str, Any]) -> Person:
        edited = services.edit_person(
            actor=self.actor, person_id=thing.pk, expected_version=self.expected_version, **data
        )
        return self._again(edited)

    @extend_schema(responses=shapes.ReachOut)
    @action(detail=True, methods=["get"])
    def access(self, request: Request, **kwargs: Any) -> Response:
        """What can this person see?"""
        person = self.get_object()
        policies.can_read_record(self.actor, person).or_raise()
        return Response(shapes.ReachOut(reach_of(person, reader=self.actor)).data)

    @extend_schema(responses=shapes.HoldingOut(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def holdings(self, request: Request, **kwargs: Any) -> Response:
        """What somebody must hold after this person; the names that `leave` asks for."""
        person = self.get_object()
        policies.can_read_record(self.actor, person).or_raise()
        return Response(shapes.HoldingOut(holdings.held_by(person, clock.today()), many=True).data)

    @command(request=shapes.LeaveIn, response=shapes.DepartureOut, status=201)
    def leave(self, thing: Person, data: dict[str, Any]) -> Departure:
        """The person leaves at the end of a day, with a new holder for everything they hold."""
        policies.can_record_leaving(self.actor, thing).or_raise()
        holders = {one["holding"]: one["to"] for one in data.pop("hand_over")}
        return services.record_leaving(actor=self.actor, person_id=thing.pk, holders=holders, **data)

    @command(request=shapes.DisableIn, response=shapes.PersonOut)
    def disable_account(self, thing: Person, data: dict[str, Any]) -> Person:
        """Close one account at once."""
        account = shapes.account_of(thing, data["username"], reader=self.actor)
        services.disable_account(actor=self.actor, account_id=account.pk, reason=data["reason"])
        return self._again(thing)

    def _again(self, person: Person) -> Person:
        return self.get_queryset().get(pk=person.pk)
