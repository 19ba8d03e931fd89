"""What the API takes about outcomes, and what it gives. Amounts are text both ways; shape and types only."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from accounts.api.shapes import PersonNumberIn
from accounts.models import Person
from core.api.serializers import DayIn, In, LineIn, MoneyIn, MoneyOut, Out, ParagraphIn
from funding.models import Choice, ConditionStatus, FinanceCommitteeEntry, ItemStatus

MOST_MEMBERS = 200


class ReturnIn(In):
    questions = serializers.ListField(child=ParagraphIn(max_length=2_000), min_length=1, max_length=30)


class QuestionAnswerIn(In):
    number = serializers.IntegerField(min_value=1, max_value=9_999, help_text="Of the question.")
    text = ParagraphIn(max_length=10_000)


class DeferIn(In):
    reason = ParagraphIn(max_length=500)
    until = DayIn(required=False, allow_null=True, default=None, help_text="It comes back by itself on this day.")
    condition = LineIn(max_length=500, required=False, allow_blank=True, default="", help_text="What has to happen.")


class BringBackIn(In):
    note = ParagraphIn(max_length=500)


class AppealIn(In):
    ground = ParagraphIn(max_length=20_000)


class PapersIn(In):
    panel_on = DayIn(required=False, allow_null=True, default=None)
    panel_paper = LineIn(max_length=60, required=False, allow_blank=True, default="")
    paper = LineIn(max_length=20, required=False, allow_blank=True, default="", help_text="FCR(2026-27)12")


class _Count(serializers.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_MEMBERS, **kwargs)


class FiguresIn(In):
    """What the evidence says, as this officer reads it."""

    outcome = serializers.ChoiceField(choices=FinanceCommitteeEntry.Outcome.choices)
    meeting_on = DayIn()
    present = _Count()
    votes_for = _Count()
    votes_against = _Count()
    abstained = _Count()
    casting_vote = serializers.ChoiceField(
        choices=[Choice.FOR, Choice.AGAINST],
        required=False,
        allow_null=True,
        default=None,
        help_text="Of the chairman, only where the votes are equal.",
    )
    amount = MoneyIn(required=False, default=Decimal("0.00"), help_text="Left out: nothing was approved.")


class RecordIn(FiguresIn):
    reason = ParagraphIn(max_length=2_000, required=False, allow_blank=True, default="")
    file = serializers.FileField()


class ConditionEvidenceIn(In):
    note = ParagraphIn(max_length=2_000)
    file = serializers.FileField()


class ConditionNoteIn(In):
    note = ParagraphIn(max_length=2_000, required=False, allow_blank=True, default="")


class ConditionAssignIn(In):
    owner = PersonNumberIn(queryset=Person.objects.all())
    due_on = DayIn()
    reason = ParagraphIn(max_length=2_000)


class WaiverIn(In):
    agree = serializers.BooleanField()
    reason = ParagraphIn(max_length=2_000)


class QuestionAnswerOut(Out):
    question = serializers.IntegerField(source="question.number")
    revision = serializers.IntegerField()
    text = serializers.CharField()
    answered_at = serializers.DateTimeField()


class QuestionOut(Out):
    number = serializers.IntegerField(source="question.number")
    version = serializers.IntegerField(source="question.request_version.number")
    text = serializers.CharField(source="question.text")
    asked_at = serializers.DateTimeField(source="question.asked_at")
    answers = QuestionAnswerOut(many=True)


class DeferralOut(Out):
    reason = serializers.CharField()
    until = serializers.DateField(allow_null=True)
    condition = serializers.CharField()
    deferred_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_because = serializers.CharField()


class ConditionOut(Out):
    id = serializers.IntegerField()
    request = serializers.CharField(source="decision.request.reference")
    number = serializers.IntegerField()
    text = serializers.CharField()
    owner = serializers.CharField()
    due_on = serializers.DateField()
    status = serializers.ChoiceField(choices=ConditionStatus.choices)


class EntryOut(Out):
    revision = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=FinanceCommitteeEntry.Outcome.choices)
    meeting_on = serializers.DateField()
    present = serializers.IntegerField()
    votes_for = serializers.IntegerField()
    votes_against = serializers.IntegerField()
    abstained = serializers.IntegerField()
    casting = serializers.CharField()
    amount = MoneyOut()
    reason = serializers.CharField()
    evidence_digest = serializers.CharField(source="evidence.digest", help_text="SHA-256 of the evidence.")
    recorded_by = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    checked = serializers.CharField(source="verdict.verdict", default="", help_text="confirmed, returned or empty.")
    checked_by = serializers.CharField(source="verdict.by", default="")
    check_reason = serializers.CharField(source="verdict.reason", default="")


class ItemOut(Out):
    request = serializers.CharField(source="request.reference")
    status = serializers.ChoiceField(choices=ItemStatus.choices)
    panel_on = serializers.DateField(allow_null=True)
    panel_paper = serializers.CharField()
    paper = serializers.CharField()
    recommended = MoneyOut(source="recommendation.granted")
    entries = EntryOut(many=True, source="entries.all")


class OutcomesOut(Out):
    questions = QuestionOut(many=True)
    deferrals = DeferralOut(many=True)
    conditions = ConditionOut(many=True)
    legco = ItemOut(source="item", allow_null=True)
