"""Votes of money, carry-overs, the money of a decision, expenditure, files and returns: as the pages do it."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.parsers import StrictJSONParser
from core.api.views import RegisterViewSet, collection_command, command
from core.errors import InvalidInput
from funding import policies, services, spending_files
from funding.api import money_shapes as shapes
from funding.models import (
    CarryOver,
    Decision,
    Envelope,
    EnvelopeVote,
    Expenditure,
    MoneyPolicy,
    SpendingImport,
    VarianceNote,
    YearlyReturn,
)
from funding.rules.spending import ZERO
from funding.selectors import decision_money, envelopes
from funding.services.spending import Payment

NUMBER = r"[0-9]{1,18}"


class VoteOfMoneyViewSet(RegisterViewSet):
    """Votes of money into envelopes, proposed by one person and approved by another."""

    rows = EnvelopeVote.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = shapes.VoteOfMoneyOut
    ordering_fields = ("proposed_at",)

    def get_queryset(self) -> "QuerySet[EnvelopeVote]":
        return super().get_queryset().select_related("envelope")

    @collection_command(request=shapes.VoteOfMoneyIn, response=shapes.VoteOfMoneyOut)
    def create(self, data: dict[str, Any]) -> EnvelopeVote:
        envelope = _envelope(data.pop("envelope"))
        return services.propose_vote(actor=self.actor, envelope_id=envelope.pk, **data)

    @collection_command(request=shapes.EnvelopeIn, response=shapes.VoteOfMoneyOut)
    def new_envelope(self, data: dict[str, Any]) -> EnvelopeVote:
        return services.propose_envelope(actor=self.actor, **data)

    @command(request=None, response=shapes.VoteOfMoneyOut)
    def approve(self, thing: EnvelopeVote, data: dict[str, Any]) -> EnvelopeVote:
        return services.approve_vote(actor=self.actor, vote_id=thing.pk)

    @command(request=shapes.MoneyReasonIn, response=shapes.VoteOfMoneyOut)
    def withdraw(self, thing: EnvelopeVote, data: dict[str, Any]) -> EnvelopeVote:
        return services.withdraw_vote(actor=self.actor, vote_id=thing.pk, reason=data["reason"])


class CarryOverViewSet(RegisterViewSet):
    """Carry-overs between financial years, proposed by one person and approved by another."""

    rows = CarryOver.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = shapes.CarryOverOut
    ordering_fields = ("proposed_at",)

    def get_queryset(self) -> "QuerySet[CarryOver]":
        return super().get_queryset().select_related("decision__request", "source", "target")

    @command(request=None, response=shapes.CarryOverOut)
    def approve(self, thing: CarryOver, data: dict[str, Any]) -> CarryOver:
        return services.approve_carry_over(actor=self.actor, carry_over_id=thing.pk)

    @command(request=shapes.MoneyReasonIn, response=shapes.CarryOverOut)
    def withdraw(self, thing: CarryOver, data: dict[str, Any]) -> CarryOver:
        return services.withdraw_carry_over(actor=self.actor, carry_over_id=thing.pk, reason=data["reason"])


class DecisionMoneyViewSet(RegisterViewSet):
    """The money of published approvals: planned, committed, released and spent."""

    rows = Decision.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = shapes.DecisionLineOut
    ordering_fields = ("decided_at",)

    def get_queryset(self) -> "QuerySet[Decision]":
        if getattr(self, "swagger_fake_view", False):
            return Decision.objects.none()
        found: QuerySet[Decision] = decision_money.decisions()
        return found

    @extend_schema(responses=shapes.DecisionMoneyOut)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = decision_money.decision_money(self.actor, self.get_object())
        return Response(shapes.DecisionMoneyOut(found).data)

    @command(request=shapes.SpendingIn, response=shapes.ExpenditureOut, status=201)
    def spend(self, thing: Decision, data: dict[str, Any]) -> Expenditure:
        envelope = _envelope(data.pop("envelope"))
        row = services.record_spending(
            actor=self.actor, decision_id=thing.pk, envelope_id=envelope.pk, payment=Payment(**data)
        )
        return _opened(self.actor, row)

    @command(request=shapes.ReleaseIn, response=shapes.ReleaseOut, status=201)
    def release(self, thing: Decision, data: dict[str, Any]) -> Any:
        envelope, milestone = _envelope(data.pop("envelope")), data.pop("milestone")
        return services.release_money(
            actor=self.actor, decision_id=thing.pk, envelope_id=envelope.pk, milestone_id=milestone, **data
        )

    @command(request=shapes.CarryOverIn, response=shapes.CarryOverOut, status=201)
    def carry_over(self, thing: Decision, data: dict[str, Any]) -> CarryOver:
        source, target = _envelope(data.pop("source"), "source"), _envelope(data.pop("target"), "target")
        return services.propose_carry_over(
            actor=self.actor, decision_id=thing.pk, source_id=source.pk, target_id=target.pk, **data
        )

    @command(request=shapes.BudgetMoveIn, response=shapes.BudgetLineOut)
    def move_budget(self, thing: Decision, data: dict[str, Any]) -> Any:
        return services.move_budget(
            actor=self.actor,
            decision_id=thing.pk,
            source=(data["from_year"], data["from_category"]),
            target=(data["to_year"], data["to_category"]),
            amount=data["amount"],
            reason=data["reason"],
        )

    @command(request=shapes.VarianceIn, response=shapes.VarianceNoteOut, status=201)
    def explain_variance(self, thing: Decision, data: dict[str, Any]) -> VarianceNote:
        return services.explain_variance(actor=self.actor, decision_id=thing.pk, **data)


class ExpenditureViewSet(RegisterViewSet):
    """Payments and the entries that take them back."""

    rows = Expenditure.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = shapes.ExpenditureOut
    ordering_fields = ("spent_on",)

    def get_queryset(self) -> "QuerySet[Expenditure]":
        return super().get_queryset().select_related("decision__request", "envelope")

    def paginate_queryset(self, queryset: Any) -> Any:
        found = super().paginate_queryset(queryset)
        _mark(self.actor, found or [])
        return found

    def get_object(self) -> Expenditure:
        return _opened(self.actor, super().get_object())

    @command(request=shapes.MoneyReasonIn, response=shapes.ExpenditureOut, status=201)
    def correct(self, thing: Expenditure, data: dict[str, Any]) -> Expenditure:
        row = services.correct_spending(actor=self.actor, expenditure_id=thing.pk, reason=data["reason"])
        return _opened(self.actor, row)


class SpendingImportViewSet(RegisterViewSet):
    """Files of expenditure: one's own; every file for those who record or audit every department's."""

    rows = SpendingImport.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = shapes.SpendingImportOut
    ordering_fields = ("offered_at",)
    parser_classes = (StrictJSONParser, MultiPartParser)

    @extend_schema(responses=shapes.SpendingImportDetailOut)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(shapes.SpendingImportDetailOut(_judged(self.actor, self.get_object())).data)

    @collection_command(request=shapes.SpendingFileIn, response=shapes.SpendingImportDetailOut)
    def create(self, data: dict[str, Any]) -> SpendingImport:
        file = data["file"]
        batch = services.offer_spending(actor=self.actor, file=file, file_name=file.name, source=data["source"])
        return _judged(self.actor, batch)

    @command(request=None, response=shapes.SpendingImportOut)
    def confirm(self, thing: SpendingImport, data: dict[str, Any]) -> SpendingImport:
        return services.confirm_spending(actor=self.actor, import_id=thing.pk)

    @command(request=None, response=shapes.SpendingImportOut)
    def withdraw(self, thing: SpendingImport, data: dict[str, Any]) -> SpendingImport:
        return services.withdraw_spending(actor=self.actor, import_id=thing.pk)


class YearlyReturnViewSet(RegisterViewSet):
    """Issued returns, open to every signed-in person as issued."""

    rows = YearlyReturn.objects
    serializer_class = shapes.YearlyReturnOut
    ordering_fields = ("issued_at",)

    def get_queryset(self) -> "QuerySet[YearlyReturn]":
        return YearlyReturn.objects.all()

    @extend_schema(responses=shapes.YearlyReturnDetailOut)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(shapes.YearlyReturnDetailOut(self.get_object()).data)

    @collection_command(request=shapes.YearlyReturnIn, response=shapes.YearlyReturnDetailOut)
    def create(self, data: dict[str, Any]) -> YearlyReturn:
        return services.issue_return(actor=self.actor, **data)


class MoneyPolicyViewSet(RegisterViewSet):
    """What counts as overspent and which variance is explained, as dated data."""

    rows = MoneyPolicy.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = shapes.MoneyPolicyOut
    ordering_fields = ("starts_on",)

    def get_queryset(self) -> "QuerySet[MoneyPolicy]":
        return super().get_queryset().order_by("-starts_on", "-pk")

    @collection_command(request=shapes.MoneyPolicyIn, response=shapes.MoneyPolicyOut)
    def create(self, data: dict[str, Any]) -> MoneyPolicy:
        return services.propose_money_policy(actor=self.actor, **({"tolerance": ZERO} | data))

    @command(request=None, response=shapes.MoneyPolicyOut)
    def approve(self, thing: MoneyPolicy, data: dict[str, Any]) -> MoneyPolicy:
        return services.approve_money_policy(actor=self.actor, policy_id=thing.pk)

    @command(request=shapes.MoneyReasonIn, response=shapes.MoneyPolicyOut)
    def withdraw(self, thing: MoneyPolicy, data: dict[str, Any]) -> MoneyPolicy:
        return services.withdraw_money_policy(actor=self.actor, policy_id=thing.pk, reason=data["reason"])


def _envelope(code: str, name: str = "envelope") -> Envelope:
    found = Envelope.objects.filter(code=code, amount__gt=0).first()
    if found is None:
        raise InvalidInput("choice.invalid", policies.NO_SUCH_ENVELOPE, fields={name: [policies.NO_SUCH_ENVELOPE]})
    return found


def _judged(user: Any, batch: SpendingImport) -> SpendingImport:
    waiting = batch.status == SpendingImport.Status.OFFERED
    rows = spending_files.judged(batch.rows, user=user, source=batch.source) if waiting else []
    batch.judged = rows  # type: ignore[attr-defined] # read by SpendingImportDetailOut
    return batch


def _opened(user: Any, row: Expenditure) -> Expenditure:
    _mark(user, [row])
    return row


def _mark(user: Any, rows: list[Expenditure]) -> None:
    """Say of each row whether this person may read its voucher."""
    found = envelopes.open_requests(user, [row.decision.request_id for row in rows])
    for row in rows:
        row.is_open = row.decision.request_id in found  # type: ignore[attr-defined] # read by ExpenditureOut
