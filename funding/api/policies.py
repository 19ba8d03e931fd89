"""Funding policies and voting rules over the API: the same rows, rules and services as the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.views import RegisterViewSet, collection_command, command
from funding import services
from funding.api import policy_shapes as shapes
from funding.models import FundingPolicy, ServiceTimes, VotingRule
from funding.selectors import policies
from funding.services.funding_policies import NewLine

NUMBER = r"[0-9]{1,18}"


class FundingPolicyViewSet(RegisterViewSet):
    """Who decides which amount, as dated data; proposed by one person and approved by another."""

    rows = FundingPolicy.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = shapes.PolicyOut
    ordering_fields = ("starts_on",)

    def get_queryset(self) -> "QuerySet[FundingPolicy]":
        return super().get_queryset().prefetch_related("lines__body")

    @collection_command(request=shapes.PolicyIn, response=shapes.PolicyOut)
    def create(self, data: dict[str, Any]) -> FundingPolicy:
        lines = [NewLine(**line) for line in data.pop("lines")]
        return services.propose_policy(actor=self.actor, lines=lines, **data)

    @extend_schema(responses=shapes.PolicyImpactOut)
    @action(detail=True, methods=["get"])
    def impact(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Which open requests another body would decide under these lines. They keep their own policy."""
        return Response(shapes.PolicyImpactOut(policies.policy_impact(self.get_object(), self.actor)).data)

    @command(request=None, response=shapes.PolicyOut)
    def approve(self, thing: FundingPolicy, data: dict[str, Any]) -> FundingPolicy:
        return services.approve_policy(actor=self.actor, policy_id=thing.pk)

    @command(request=shapes.ProposalWithdrawIn, response=shapes.PolicyOut)
    def withdraw(self, thing: FundingPolicy, data: dict[str, Any]) -> FundingPolicy:
        return services.withdraw_policy(actor=self.actor, policy_id=thing.pk, reason=data["reason"])


class VotingRuleViewSet(RegisterViewSet):
    """How each body decides, as dated data; proposed by one person and approved by another."""

    rows = VotingRule.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = shapes.VotingRuleOut
    ordering_fields = ("starts_on",)

    def get_queryset(self) -> "QuerySet[VotingRule]":
        return super().get_queryset().select_related("body")

    @collection_command(request=shapes.VotingRuleIn, response=shapes.VotingRuleOut)
    def create(self, data: dict[str, Any]) -> VotingRule:
        return services.propose_voting_rule(actor=self.actor, **data)

    @extend_schema(responses=shapes.VotingRuleImpactOut)
    @action(detail=True, methods=["get"])
    def impact(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The quorum it asks for, and which published rounds would have come out otherwise. Their results stand."""
        return Response(shapes.VotingRuleImpactOut(policies.rule_impact(self.get_object(), self.actor)).data)

    @command(request=None, response=shapes.VotingRuleOut)
    def approve(self, thing: VotingRule, data: dict[str, Any]) -> VotingRule:
        return services.approve_voting_rule(actor=self.actor, rule_id=thing.pk)

    @command(request=shapes.ProposalWithdrawIn, response=shapes.VotingRuleOut)
    def withdraw(self, thing: VotingRule, data: dict[str, Any]) -> VotingRule:
        return services.withdraw_voting_rule(actor=self.actor, rule_id=thing.pk, reason=data["reason"])


class ServiceTimesViewSet(RegisterViewSet):
    """How many working days each stage may take, as dated data; proposed by one person and approved by another."""

    rows = ServiceTimes.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = shapes.ServiceTimesOut
    ordering_fields = ("starts_on",)

    @collection_command(request=shapes.ServiceTimesIn, response=shapes.ServiceTimesOut)
    def create(self, data: dict[str, Any]) -> ServiceTimes:
        return services.propose_service_times(actor=self.actor, **data)

    @extend_schema(responses=shapes.ServiceTimesImpactOut)
    @action(detail=True, methods=["get"])
    def impact(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """How many open requests would be late today under these times. A stage that has begun keeps its own."""
        return Response(shapes.ServiceTimesImpactOut(policies.times_impact(self.get_object(), self.actor)).data)

    @command(request=None, response=shapes.ServiceTimesOut)
    def approve(self, thing: ServiceTimes, data: dict[str, Any]) -> ServiceTimes:
        return services.approve_service_times(actor=self.actor, times_id=thing.pk)

    @command(request=shapes.ProposalWithdrawIn, response=shapes.ServiceTimesOut)
    def withdraw(self, thing: ServiceTimes, data: dict[str, Any]) -> ServiceTimes:
        return services.withdraw_service_times(actor=self.actor, times_id=thing.pk, reason=data["reason"])
