"""Outcomes over the API: the same policies and services as the pages. Files come as multipart forms."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.parsers import StrictJSONParser
from core.api.views import RegisterViewSet, command
from core.errors import NotVisible
from core.limits import LARGEST_FILE_BODY
from funding import services
from funding.api import outcome_shapes as shapes
from funding.api import serializers as request_shapes
from funding.models import Condition, Decision, FinanceCommitteeItem, FundingRequest
from funding.policies.finance_committee import NOT_BEFORE_COUNCIL
from funding.rules.finance_committee import Counts
from funding.selectors import outcomes as rows
from funding.services import evidence
from funding.services.finance_committee import Figures

NUMBER = r"[0-9]{1,18}"


class OutcomeCommands:
    """What can come of a request besides yes and no; mixed into its view set."""

    actor: Any
    parser_classes: Any = (StrictJSONParser, MultiPartParser)
    largest_body: ClassVar[int] = LARGEST_FILE_BODY

    @command(request=shapes.ReturnIn, response=request_shapes.RequestDetailOut)
    def return_with_questions(self, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        return services.return_with_questions(actor=self.actor, request_id=thing.pk, questions=data["questions"])

    @command(request=shapes.QuestionAnswerIn, response=shapes.QuestionAnswerOut, status=201)
    def answer(self, thing: FundingRequest, data: dict[str, Any]) -> Any:
        return services.answer_question(actor=self.actor, request_id=thing.pk, **data)

    @command(request=shapes.DeferIn, response=request_shapes.RequestDetailOut)
    def defer(self, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        return services.defer_request(actor=self.actor, request_id=thing.pk, **data)

    @command(request=shapes.BringBackIn, response=request_shapes.RequestDetailOut)
    def bring_back(self, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        return services.bring_back(actor=self.actor, request_id=thing.pk, note=data["note"])

    @command(request=shapes.AppealIn, response=request_shapes.RequestDetailOut, status=201)
    def appeal(self, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        return services.appeal(actor=self.actor, request_id=thing.pk, ground=data["ground"])

    @extend_schema(responses=shapes.OutcomesOut)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def outcomes(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Questions with their answers, deferrals, conditions, and the Legislative Council's part."""
        thing = self.get_object()  # type: ignore[attr-defined] # of the view set
        found = rows.of_request(self.actor, thing, list(thing.steps.all()))
        return Response(shapes.OutcomesOut(found).data)

    @command(request=shapes.PapersIn, response=shapes.ItemOut)
    def legco_papers(self, thing: FundingRequest, data: dict[str, Any]) -> FinanceCommitteeItem:
        return services.set_papers(actor=self.actor, request_id=thing.pk, **data)

    @command(request=shapes.RecordIn, response=shapes.ItemOut, status=202)
    def legco_record(self, thing: FundingRequest, data: dict[str, Any]) -> FinanceCommitteeItem:
        """Recorded, and waiting for a second officer of another unit: 202 (TRUST WF-07)."""
        file, reason = data.pop("file"), data.pop("reason")
        with evidence.storing(thing, file) as stored:
            services.record_outcome(
                actor=self.actor, request_id=thing.pk, figures=_figures(data), reason=reason, stored=stored
            )
        return _item(thing)

    @command(request=shapes.FiguresIn, response=shapes.ItemOut)
    def legco_confirm(self, thing: FundingRequest, data: dict[str, Any]) -> FinanceCommitteeItem:
        services.confirm_outcome(actor=self.actor, request_id=thing.pk, figures=_figures(data))
        return _item(thing)

    @command(request=request_shapes.ReasonIn, response=shapes.ItemOut)
    def legco_return(self, thing: FundingRequest, data: dict[str, Any]) -> FinanceCommitteeItem:
        services.return_entry(actor=self.actor, request_id=thing.pk, reason=data["reason"])
        return _item(thing)

    @command(request=None, response=request_shapes.DecisionOut)
    def legco_publish(self, thing: FundingRequest, data: dict[str, Any]) -> Decision:
        return services.publish_outcome(actor=self.actor, request_id=thing.pk)


class ConditionViewSet(RegisterViewSet):
    """Conditions of approvals as tasks, the earliest day first."""

    rows = Condition.objects
    lookup_field = "pk"
    lookup_value_regex = NUMBER
    serializer_class = shapes.ConditionOut
    ordering_fields = ("due_on", "status")
    parser_classes: Any = (StrictJSONParser, MultiPartParser)
    largest_body: ClassVar[int] = LARGEST_FILE_BODY

    def get_queryset(self) -> "QuerySet[Condition]":
        return super().get_queryset().select_related("owner", "decision__request").order_by("due_on", "pk")

    @command(request=shapes.ConditionEvidenceIn, response=shapes.ConditionOut, status=201)
    def hand_in(self, thing: Condition, data: dict[str, Any]) -> Condition:
        with evidence.storing(thing.decision.request, data["file"]) as stored:
            return services.submit_evidence(actor=self.actor, condition_id=thing.pk, note=data["note"], stored=stored)

    @command(request=shapes.ConditionNoteIn, response=shapes.ConditionOut)
    def discharge(self, thing: Condition, data: dict[str, Any]) -> Condition:
        return services.discharge_condition(actor=self.actor, condition_id=thing.pk, note=data["note"])

    @command(request=request_shapes.ReasonIn, response=shapes.ConditionOut)
    def send_back(self, thing: Condition, data: dict[str, Any]) -> Condition:
        return services.return_evidence(actor=self.actor, condition_id=thing.pk, reason=data["reason"])

    @command(request=shapes.ConditionAssignIn, response=shapes.ConditionOut)
    def assign(self, thing: Condition, data: dict[str, Any]) -> Condition:
        return services.assign_condition(actor=self.actor, condition_id=thing.pk, **data)

    @command(request=request_shapes.ReasonIn, response=shapes.ConditionOut)
    def waive(self, thing: Condition, data: dict[str, Any]) -> Condition:
        return services.propose_waiver(actor=self.actor, condition_id=thing.pk, reason=data["reason"])

    @command(request=shapes.WaiverIn, response=shapes.ConditionOut)
    def answer_waiver(self, thing: Condition, data: dict[str, Any]) -> Condition:
        return services.answer_waiver(actor=self.actor, condition_id=thing.pk, **data)


def _figures(data: dict[str, Any]) -> Figures:
    names = ("present", "votes_for", "votes_against", "abstained")
    counts = Counts(**{name: data[name] for name in names}, casting=data["casting_vote"] or "")
    return Figures(data["outcome"], data["meeting_on"], counts, data["amount"])


def _item(request: FundingRequest) -> FinanceCommitteeItem:
    item = rows.item_of(request)
    if item is None:
        raise NotVisible("legco.none", NOT_BEFORE_COUNCIL)
    return item
