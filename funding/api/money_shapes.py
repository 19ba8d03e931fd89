"""What the API takes and gives about money after approval. Amounts are text both ways."""

from typing import Any

from rest_framework import serializers

from core.api.serializers import DayIn, In, LineIn, MoneyIn, MoneyOut, Out, ParagraphIn
from funding.models import CostCategory, Expenditure, SpendingImport, TwoPerson
from funding.services import money_policies

FIRST_YEAR, LAST_YEAR = 2020, 2098
DETAILS = "Empty for readers who may not read the whole request."
YEAR_HELP = "The year it starts: 2026 is 2026-27."


def _year(**options: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text=YEAR_HELP, **options)


class _CodeIn(LineIn):
    def __init__(self, **options: Any) -> None:
        super().__init__(**({"max_length": 40} | options))


class EnvelopeIn(In):
    """A new envelope with its first vote of money."""

    code = _CodeIn()
    name_en = LineIn(max_length=200)
    name_zh_hant = LineIn(max_length=200, required=False, allow_blank=True, default="")
    financial_year = _year()
    amount = MoneyIn()
    source = LineIn(max_length=300)  # type: ignore[assignment] # the name is the interface


class VoteOfMoneyIn(In):
    envelope = _CodeIn()
    amount = MoneyIn()
    source = LineIn(max_length=300)  # type: ignore[assignment] # the name is the interface


class MoneyReasonIn(In):
    reason = ParagraphIn(max_length=500)


class VoteOfMoneyOut(Out):
    id = serializers.IntegerField()
    envelope = serializers.CharField(source="envelope.code")
    financial_year = serializers.IntegerField(source="envelope.financial_year")
    amount = MoneyOut()
    source = serializers.CharField()  # type: ignore[assignment] # the name is the interface
    status = serializers.ChoiceField(choices=TwoPerson.Status.choices)
    proposed_at = serializers.DateTimeField()
    approved_at = serializers.DateTimeField(allow_null=True)


class CarryOverIn(In):
    source = _CodeIn(help_text="Code of the envelope it leaves.")  # type: ignore[assignment] # the name is the interface
    target = _CodeIn(help_text="Code of the envelope of a later year.")
    amount = MoneyIn()
    reason = ParagraphIn(max_length=500)


class CarryOverOut(Out):
    id = serializers.IntegerField()
    decision = serializers.IntegerField(source="decision_id")
    request = serializers.CharField(source="decision.request.reference")
    source = serializers.CharField(source="source.code")  # type: ignore[assignment] # the name is the interface
    target = serializers.CharField(source="target.code")
    amount = MoneyOut()
    reason = serializers.CharField()
    status = serializers.ChoiceField(choices=TwoPerson.Status.choices)
    approved_at = serializers.DateTimeField(allow_null=True)


class SpendingIn(In):
    envelope = _CodeIn()
    category = serializers.ChoiceField(choices=CostCategory.choices)
    amount = MoneyIn()
    spent_on = DayIn()
    voucher = LineIn(max_length=100)
    description = LineIn(max_length=300, required=False, allow_blank=True, default="")


class ExpenditureOut(Out):
    id = serializers.IntegerField()
    decision = serializers.IntegerField(source="decision_id")
    request = serializers.CharField(source="decision.request.reference")
    envelope = serializers.CharField(source="envelope.code")
    category = serializers.ChoiceField(choices=CostCategory.choices)
    amount = MoneyOut()
    spent_on = serializers.DateField()
    voucher = serializers.SerializerMethodField(help_text=DETAILS)
    description = serializers.SerializerMethodField(help_text=DETAILS)
    reverses = serializers.IntegerField(source="reverses_id", allow_null=True)
    recorded_at = serializers.DateTimeField()

    def get_voucher(self, row: Expenditure) -> str:
        return row.voucher if self._is_open(row) else ""

    def get_description(self, row: Expenditure) -> str:
        return row.description if self._is_open(row) else ""

    def _is_open(self, row: Expenditure) -> bool:
        return bool(getattr(row, "is_open", False))


class ReleaseIn(In):
    envelope = _CodeIn()
    milestone = serializers.IntegerField(min_value=1, max_value=2**62)
    amount = MoneyIn()
    note = LineIn(max_length=500, required=False, allow_blank=True, default="")


class ReleaseOut(Out):
    id = serializers.IntegerField()
    decision = serializers.IntegerField(source="decision_id")
    envelope = serializers.CharField(source="envelope.code")
    milestone = serializers.IntegerField(source="milestone_id", allow_null=True)
    amount = MoneyOut()
    released_at = serializers.DateTimeField()


class BudgetMoveIn(In):
    from_year = _year()
    from_category = serializers.ChoiceField(choices=CostCategory.choices)
    to_year = _year()
    to_category = serializers.ChoiceField(choices=CostCategory.choices)
    amount = MoneyIn()
    reason = ParagraphIn(max_length=500)


class BudgetLineOut(Out):
    financial_year = serializers.IntegerField()
    category = serializers.ChoiceField(choices=CostCategory.choices)
    amount = MoneyOut()


class VarianceIn(In):
    financial_year = _year()
    category = serializers.ChoiceField(choices=CostCategory.choices)
    text = ParagraphIn(max_length=2_000)


class VarianceNoteOut(Out):
    financial_year = serializers.IntegerField()
    category = serializers.ChoiceField(choices=CostCategory.choices)
    planned = MoneyOut()
    spent = MoneyOut()
    text = serializers.CharField()


class VarianceOut(Out):
    """An empty category holds commitments that name none."""

    financial_year = serializers.IntegerField()
    category = serializers.CharField()
    planned = MoneyOut()
    committed = MoneyOut()
    spent = MoneyOut()
    difference = MoneyOut(help_text="Spent less planned.")
    wants_explanation = serializers.BooleanField()
    explanation = serializers.SerializerMethodField()

    def get_explanation(self, row: Any) -> str:
        return row.note.text if row.note else ""


class ShareOut(Out):
    envelope = serializers.CharField(source="envelope.code")
    financial_year = serializers.IntegerField(source="envelope.financial_year")
    committed = MoneyOut()
    released = MoneyOut()
    spent = MoneyOut()


class DecisionMoneyOut(Out):
    id = serializers.IntegerField(source="decision.pk")
    request = serializers.CharField(source="decision.request.reference")
    approved = MoneyOut()
    committed = MoneyOut()
    released = MoneyOut()
    spent = MoneyOut()
    left = MoneyOut()
    overspent = MoneyOut()
    envelopes = ShareOut(source="shares", many=True)
    lines = VarianceOut(many=True)


class DecisionLineOut(Out):
    id = serializers.IntegerField(source="pk")
    request = serializers.CharField(source="request.reference")
    amount = MoneyOut()


class SpendingImportOut(Out):
    id = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment] # the name is the interface
    file_name = serializers.CharField()
    file_digest = serializers.CharField()
    status = serializers.ChoiceField(choices=SpendingImport.Status.choices)
    recorded = serializers.IntegerField()
    offered_at = serializers.DateTimeField()


class JudgedRowOut(Out):
    number = serializers.IntegerField()
    column = serializers.CharField()
    code = serializers.CharField()
    reason = serializers.CharField()
    is_new = serializers.BooleanField()
    is_known = serializers.BooleanField()


class SpendingImportDetailOut(SpendingImportOut):
    rows = serializers.SerializerMethodField(help_text="Every row judged, while the file is offered.")

    def get_rows(self, batch: SpendingImport) -> list[dict[str, Any]]:
        judged = getattr(batch, "judged", [])
        return list(JudgedRowOut(judged, many=True).data)


class SpendingFileIn(In):
    source = LineIn(max_length=100)  # type: ignore[assignment] # the name is the interface
    file = serializers.FileField()


class YearlyReturnIn(In):
    financial_year = _year()


class YearlyReturnOut(Out):
    reference = serializers.CharField()
    financial_year = serializers.IntegerField()
    digest = serializers.CharField()
    position = serializers.IntegerField(help_text="What the ledger knew when it was issued.")
    issued_at = serializers.DateTimeField()


class YearlyReturnDetailOut(YearlyReturnOut):
    content = serializers.CharField(help_text="The frozen canonical JSON; its SHA-256 is the digest.")


class MoneyPolicyIn(In):
    starts_on = DayIn()
    tolerance = MoneyIn(required=False, help_text="Left out: nothing is tolerated.")
    variance_percent = serializers.IntegerField(
        min_value=money_policies.LIMITS["variance_percent"][0], max_value=money_policies.LIMITS["variance_percent"][1]
    )
    source = LineIn(max_length=300)  # type: ignore[assignment] # the name is the interface


class MoneyPolicyOut(Out):
    id = serializers.IntegerField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    status = serializers.ChoiceField(choices=TwoPerson.Status.choices)
    tolerance = MoneyOut()
    variance_percent = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment] # the name is the interface
