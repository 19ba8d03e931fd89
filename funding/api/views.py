"""Requests, rounds, decisions and envelopes over the API: the same rows, rules and services as the pages."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.serializers import ErrorOut
from core.api.views import RegisterViewSet, collection_command, command, etag, patch_command
from core.errors import InvalidInput, NotAllowed, NotVisible
from funding import policies, services
from funding.api import serializers as shapes
from funding.api.outcomes import OutcomeCommands
from funding.api.paper_questions import PaperQuestionCommands
from funding.api.papers import DecisionPapers, RoundPapers
from funding.api.request_shapes import besides
from funding.api.route_shapes import RouteOut
from funding.api.versions import VersionOperations
from funding.filters import RequestFilter, RoundFilter
from funding.forms.lines import financial_year_now
from funding.models import Commitment, CostCategory, Decision, Envelope, FundingRequest, Recusal, Round, Vote
from funding.selectors import envelopes, money, receipts, requests
from funding.selectors.round_page import round_page
from funding.selectors.routes import preview

NUMBER = r"[0-9]{1,18}"


class RequestViewSet(OutcomeCommands, VersionOperations, RegisterViewSet):
    """Funding requests: drafts of one's own department, submitted ones by right of the reader."""

    known_then = True
    rows = FundingRequest.objects
    serializer_class = shapes.RequestOut
    filterset_class = RequestFilter
    ordering_fields = ("reference", "own_amount", "status", "holder_since")

    def get_queryset(self) -> "QuerySet[FundingRequest]":
        """To read: also what publication opened to all. To act on: whole papers only."""
        if self.action in ("list", "retrieve") and not getattr(self, "swagger_fake_view", False):
            return requests.for_list(self.actor)
        return super().get_queryset().select_related("project", "department")

    @extend_schema(responses=shapes.RequestDetailOut)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The whole paper; of a published request of others, what its line in the list says."""
        thing = self.get_object()
        whole = requests.is_whole(self.actor, thing)
        shape = shapes.RequestDetailOut if whole else shapes.RequestOut
        return Response(shape(thing, context=self.get_serializer_context()).data, headers=etag(thing))

    @collection_command(request=shapes.RequestIn, response=shapes.RequestDetailOut)
    def create(self, data: dict[str, Any]) -> FundingRequest:
        return services.draft_request(actor=self.actor, project_id=data["project"].pk, **_content(data))

    @patch_command(request=shapes.RequestPatchIn, response=shapes.RequestDetailOut)
    def partial_update(self, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        return services.edit_draft(
            actor=self.actor,
            request_id=thing.pk,
            expected_version=self.expected_version,
            **_content(data, stored=thing),
        )

    @collection_command(request=shapes.RouteIn, response=RouteOut, status=200)
    def explain_route(self, data: dict[str, Any]) -> Any:
        stored = data.get("request")
        route = services.explain_route(
            actor=self.actor,
            project_id=data["project"].pk,
            own_amount=data["amount"],
            procedure_ids=_keys(data["procedures"]),
            linked_ids=_keys(data["linked"]),
            programme_id=data["programme"].pk if data.get("programme") else None,
            supplements_id=data["supplements"].pk if data.get("supplements") else None,
            request_id=stored.pk if stored else None,
        )
        return preview(route, stored)

    @command(request=None, response=shapes.RequestDetailOut, needs_match=True)
    def submit(self, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        return services.submit_request(actor=self.actor, request_id=thing.pk, expected_version=self.expected_version)

    @command(request=shapes.ReviseIn, response=shapes.RequestDetailOut, needs_match=True)
    def revise(self, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        return services.revise_request(
            actor=self.actor,
            request_id=thing.pk,
            expected_version=self.expected_version,
            reason=data["reason"],
            **_content(data, stored=thing),
        )

    @command(request=shapes.ReasonIn, response=shapes.RequestDetailOut)
    def withdraw(self, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        return services.withdraw_request(actor=self.actor, request_id=thing.pk, reason=data["reason"])

    @command(request=shapes.EndorseIn, response=shapes.RequestDetailOut)
    def endorse(self, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        return services.endorse_request(actor=self.actor, request_id=thing.pk, statement=data["statement"])

    @command(request=shapes.ScreenIn, response=shapes.RequestDetailOut)
    def screen(self, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        return services.screen_request(actor=self.actor, request_id=thing.pk, note=data["note"])

    @command(request=shapes.ReclassifyIn, response=shapes.RequestDetailOut, needs_match=True)
    def reclassify(self, thing: FundingRequest, data: dict[str, Any]) -> FundingRequest:
        return services.reclassify_line(
            actor=self.actor, request_id=thing.pk, expected_version=self.expected_version, **data
        )

    @command(request=shapes.DecideIn, response=shapes.DecisionOut)
    def decide(self, thing: FundingRequest, data: dict[str, Any]) -> Decision:
        return services.decide_in_department(actor=self.actor, request_id=thing.pk, **data)

    @command(request=shapes.PublishDepartmentIn, response=shapes.DecisionOut)
    def publish(self, thing: FundingRequest, data: dict[str, Any]) -> Decision:
        return services.publish_department_decision(actor=self.actor, request_id=thing.pk, **data)

    @command(request=shapes.OpenRoundIn, response=shapes.RoundDetailOut, status=201)
    def open_round(self, thing: FundingRequest, data: dict[str, Any]) -> Round:
        opened = services.open_round(
            actor=self.actor, request_id=thing.pk, **{**data, "conditions": tuple(data["conditions"])}
        )
        return _with_screen(self.actor, opened)


class RoundViewSet(PaperQuestionCommands, RoundPapers, RegisterViewSet):
    """Rounds of the bodies one sits on, serves or may audit; of one's own department once published."""

    rows = Round.objects
    lookup_field = "pk"
    lookup_value_regex = NUMBER
    serializer_class = shapes.RoundOut
    filterset_class = RoundFilter
    ordering_fields = ("opened_at", "status")

    def get_queryset(self) -> "QuerySet[Round]":
        """To read: with what is shown beside it. To act on: the round alone, which its service locks and reads anew."""
        rows = super().get_queryset()
        if self.action in {"list", "retrieve"}:
            return rows.select_related("request", "body", "rule", "request_version")
        return rows

    def get_serializer_class(self) -> Any:
        return shapes.RoundDetailOut if self.action == "retrieve" else shapes.RoundOut

    def get_object(self) -> Round:
        found = super().get_object()
        return _with_screen(self.actor, found) if self.action == "retrieve" else found

    @command(request=shapes.VoteIn, response=shapes.VoteOut)
    def vote(self, thing: Round, data: dict[str, Any]) -> Vote:
        return services.cast_vote(actor=self.actor, round_id=thing.pk, **data)

    @extend_schema(responses=shapes.ReceiptOut)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def receipt(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Where the ledger keeps the caller's own vote; nobody else's."""
        found = receipts.of_person(self.get_object(), self.actor.person)
        if found is None:
            raise NotVisible("receipt.none", _("You have not voted in this round."))
        return Response(shapes.ReceiptOut(found).data, headers={"Cache-Control": "no-store"})

    @command(request=shapes.DeclareIn, response=shapes.RecusalOut)
    def declare_interest(self, thing: Round, data: dict[str, Any]) -> Recusal:
        return services.declare_interest(actor=self.actor, round_id=thing.pk, note=data["note"])

    @command(request=shapes.AbsentIn, response=shapes.RoundDetailOut)
    def mark_absent(self, thing: Round, data: dict[str, Any]) -> Round:
        services.mark_absent(actor=self.actor, round_id=thing.pk, seat_number=data["seat_number"])
        return self._again(thing)

    @command(request=None, response=shapes.RoundDetailOut)
    def last_call(self, thing: Round, data: dict[str, Any]) -> Round:
        services.call_last(actor=self.actor, round_id=thing.pk)
        return self._again(thing)

    @command(request=shapes.RoundCloseIn, response=shapes.RoundDetailOut)
    def close(self, thing: Round, data: dict[str, Any]) -> Round:
        services.close_round(actor=self.actor, round_id=thing.pk, casting_vote=data["casting_vote"])
        return self._again(thing)

    @command(request=None, response=shapes.RoundDetailOut)
    def adjourn(self, thing: Round, data: dict[str, Any]) -> Round:
        services.adjourn_round(actor=self.actor, round_id=thing.pk)
        return self._again(thing)

    @command(request=shapes.PublishIn, response=shapes.DecisionOut)
    def publish(self, thing: Round, data: dict[str, Any]) -> Decision:
        return services.publish_decision(actor=self.actor, round_id=thing.pk, **data)

    @extend_schema(request=None, responses={403: ErrorOut})
    def partial_update(self, http: Request, *args: Any, **kwargs: Any) -> Response:
        """A round is changed by its acts alone, whatever is sent; its roll not even by an act (TRUST AP-18, WF-14)."""
        round_ = self.get_object()
        if isinstance(http.data, dict) and {"roll", "seats"} & set(http.data):
            policies.can_edit_round(self.actor, round_).or_raise()
        raise NotAllowed("round.acts", _("A round is changed only by its acts: vote, last call, close, publish."))

    def _again(self, round_: Round) -> Round:
        return _with_screen(self.actor, self.get_queryset().get(pk=round_.pk))


class DecisionViewSet(DecisionPapers, RegisterViewSet):
    """Published decisions of the requests one may see, and the money set aside for them."""

    rows = Decision.objects
    lookup_field = "pk"
    lookup_value_regex = NUMBER
    serializer_class = shapes.DecisionOut
    ordering_fields = ("decided_at",)

    def get_queryset(self) -> "QuerySet[Decision]":
        if getattr(self, "swagger_fake_view", False):
            return Decision.objects.none()
        return money.published_decisions()

    @command(request=shapes.CommitIn, response=shapes.CommitmentOut, status=201)
    def commit(self, thing: Decision, data: dict[str, Any]) -> Commitment:
        envelope = Envelope.objects.filter(code=data["envelope"]).first()
        if envelope is None:
            raise InvalidInput("choice.invalid", _("There is no such envelope."), fields={"envelope": []})
        return services.commit(
            actor=self.actor,
            decision_id=thing.pk,
            envelope_id=envelope.pk,
            amount=data["amount"],
            category=data["category"],
        )


class EnvelopeViewSet(RegisterViewSet):
    """Envelopes with what is committed, released, spent and left."""

    rows = Envelope.objects
    lookup_field = "code"
    serializer_class = shapes.EnvelopeOut
    ordering_fields = ("code", "financial_year")

    def get_queryset(self) -> "QuerySet[Envelope]":
        return envelopes.with_sums()


def _content(data: Mapping[str, Any], *, stored: FundingRequest | None = None) -> dict[str, Any]:
    """The fields of a request as services take them; what was not sent stays as stored."""
    return {
        "title_en": data.get("title_en", stored.title_en if stored else ""),
        "title_zh_hant": data.get("title_zh_hant", stored.title_zh_hant if stored else ""),
        "justification": data.get("justification", stored.justification if stored else ""),
        "lines": _lines(data, stored),
        "procedure_ids": _keys(data.get("procedures", stored.procedures.all() if stored else ())),
        "linked_ids": _keys(data.get("linked", stored.linked.all() if stored else ())),
        **besides(data),
    }


def _lines(data: Mapping[str, Any], stored: FundingRequest | None) -> list[dict[str, Any]]:
    """The lines sent; or those stored, with `amount` as the amount of the only one there is."""
    if "lines" in data and "amount" in data:
        raise InvalidInput("lines.twice", _("Send the lines or one amount, not both."), fields={"amount": []})
    if "lines" in data:
        return [dict(line) for line in data["lines"]]
    columns = ("category", "description", "financial_year", "amount")
    kept: list[dict[str, Any]] = [dict(line) for line in stored.lines.values(*columns)] if stored else []
    if "amount" not in data:
        if not kept:
            raise InvalidInput("required", _("Say what it costs."), fields={"lines": [_("This field is required.")]})
        return kept
    if len(kept) > 1:
        raise InvalidInput("lines.several", _("This request has several lines: send them all."), fields={"amount": []})
    first = kept[0] if kept else {"category": CostCategory.SERVICES, "financial_year": financial_year_now()}
    return [{"description": "", **first, "amount": data["amount"]}]


def _keys(things: Any) -> list[int]:
    return [thing.pk for thing in things]


def _with_screen(user: Any, round_: Round) -> Round:
    round_.screen = round_page(user, round_)  # type: ignore[attr-defined] # read by RoundDetailOut
    return round_
