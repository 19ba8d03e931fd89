"""Delegations over the API: the same rows, rules and services as the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.shapes import DepartmentIn, PersonNumberIn
from accounts.models import Person
from core.api.serializers import DayIn, In, LineIn, MoneyIn, MoneyOut, Out
from core.api.views import RegisterViewSet, collection_command, command
from funding import services
from funding.api.policies import NUMBER
from funding.api.policy_shapes import WORKED_OUT, PolicyDifferenceOut, ProposalOut, ProposalWithdrawIn
from funding.models import Delegation
from funding.selectors.delegations import delegation_impact


class DelegationIn(In):
    """A Head of Department lets somebody of the department decide, the first and the last day included."""

    read_only_names = WORKED_OUT

    department = DepartmentIn()
    delegate = PersonNumberIn(queryset=Person.objects.all())
    most = MoneyIn(help_text="The largest assessed amount that the delegate decides.")
    starts_on = DayIn()
    last_on = DayIn()
    source = LineIn(max_length=300)  # type: ignore[assignment] # the name is the interface


class DelegationOut(ProposalOut):
    department = serializers.CharField(source="department.code")
    delegate = serializers.IntegerField(source="delegate_id")
    most = MoneyOut()


class DelegationImpactOut(Out):
    """The department's own requests that wait for its head, as far as the reader may see them."""

    replaces = serializers.IntegerField(source="replaces.pk", allow_null=True, default=None)
    differences = PolicyDifferenceOut(many=True)
    waiting = serializers.IntegerField()
    within = serializers.ListField(
        child=serializers.CharField(), source="references", help_text="Those within the limit."
    )


class DelegationViewSet(RegisterViewSet):
    """Who decides for a Head of Department; proposed by the head and approved by the Team."""

    rows = Delegation.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = DelegationOut
    ordering_fields = ("starts_on",)

    def get_queryset(self) -> "QuerySet[Delegation]":
        return super().get_queryset().select_related("department")

    @collection_command(request=DelegationIn, response=DelegationOut)
    def create(self, data: dict[str, Any]) -> Delegation:
        return services.propose_delegation(actor=self.actor, **data)

    @extend_schema(responses=DelegationImpactOut)
    @action(detail=True, methods=["get"])
    def impact(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Which requests that wait for the head the delegate could decide."""
        return Response(DelegationImpactOut(delegation_impact(self.get_object(), self.actor)).data)

    @command(request=None, response=DelegationOut)
    def approve(self, thing: Delegation, data: dict[str, Any]) -> Delegation:
        return services.approve_delegation(actor=self.actor, delegation_id=thing.pk)

    @command(request=ProposalWithdrawIn, response=DelegationOut)
    def withdraw(self, thing: Delegation, data: dict[str, Any]) -> Delegation:
        """End it at once, or take the proposal back."""
        return services.end_delegation(actor=self.actor, delegation_id=thing.pk, reason=data["reason"])
