"""Papers that go with a request over the API: the same rows, rules and services as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.serializers import DayIn, In, LineIn, Out
from core.api.views import RegisterViewSet, collection_command, command
from funding import services
from funding.api.policies import NUMBER
from funding.api.policy_shapes import WORKED_OUT, PolicyDifferenceOut, ProposalOut, ProposalWithdrawIn
from funding.models import PAPERS, RequiredPapers
from funding.selectors.required_papers import papers_impact


def _kinds() -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=12),
        max_length=len(PAPERS),
        default=list,
        help_text=f"Kinds of document: {', '.join(PAPERS)}.",
    )


class RequiredPapersIn(In):
    """Proposed kinds of document that go with a request of each tier, beside its form."""

    read_only_names = WORKED_OUT

    starts_on = DayIn()
    department_papers = _kinds()
    working_group_papers = _kinds()
    legco_papers = _kinds()
    source = LineIn(max_length=300)  # type: ignore[assignment] # the name is the interface


class RequiredPapersOut(ProposalOut):
    department_papers = serializers.ListField(child=serializers.CharField())
    working_group_papers = serializers.ListField(child=serializers.CharField())
    legco_papers = serializers.ListField(child=serializers.CharField())


class LackingOut(Out):
    reference = serializers.CharField(source="request.reference")
    papers = serializers.ListField(child=serializers.CharField(), help_text="In the reader's language.")


class RequiredPapersImpactOut(Out):
    """What approving them would mean, over the open requests the reader may see. Nothing is written."""

    replaces = serializers.IntegerField(source="replaces.pk", allow_null=True, default=None)
    differences = PolicyDifferenceOut(many=True)
    judged = serializers.IntegerField(help_text="Open requests the reader may see.")
    lacking = LackingOut(many=True)


class RequiredPapersViewSet(RegisterViewSet):
    """Which papers each tier wants to read, as dated data; proposed by one person and approved by another."""

    rows = RequiredPapers.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = RequiredPapersOut
    ordering_fields = ("starts_on",)

    @collection_command(request=RequiredPapersIn, response=RequiredPapersOut)
    def create(self, data: dict[str, Any]) -> RequiredPapers:
        return services.propose_required_papers(actor=self.actor, **data)

    @extend_schema(responses=RequiredPapersImpactOut)
    @action(detail=True, methods=["get"])
    def impact(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Which open requests would lack a paper under these. They keep what was asked when they were submitted."""
        return Response(RequiredPapersImpactOut(papers_impact(self.get_object(), self.actor)).data)

    @command(request=None, response=RequiredPapersOut)
    def approve(self, thing: RequiredPapers, data: dict[str, Any]) -> RequiredPapers:
        return services.approve_required_papers(actor=self.actor, papers_id=thing.pk)

    @command(request=ProposalWithdrawIn, response=RequiredPapersOut)
    def withdraw(self, thing: RequiredPapers, data: dict[str, Any]) -> RequiredPapers:
        return services.withdraw_required_papers(actor=self.actor, papers_id=thing.pk, reason=data["reason"])
