"""Questions to the applicant on the open paper, over the API."""

from typing import Any

from rest_framework import serializers

from core.api.serializers import In, Out, ParagraphIn, TrilingualOut
from core.api.views import command
from funding import services
from funding.models import PaperAnswer, PaperQuestion, Round


class PaperAnswerOut(Out):
    revision = serializers.IntegerField()
    text = serializers.CharField()
    answered_by_name = TrilingualOut(source="answered_by", field="name")
    answered_at = serializers.DateTimeField()


class PaperQuestionOut(Out):
    number = serializers.IntegerField(source="question.number")
    text = serializers.CharField(source="question.text")
    asked_by_name = TrilingualOut(source="question.asked_by", field="name")
    asked_at = serializers.DateTimeField(source="question.asked_at")
    answers = PaperAnswerOut(many=True, help_text="The last one first.")


class AskIn(In):
    text = ParagraphIn(max_length=5_000)


class AskedOut(Out):
    number = serializers.IntegerField()
    text = serializers.CharField()
    asked_at = serializers.DateTimeField()


class AnswerOnPaperIn(In):
    number = serializers.IntegerField(min_value=1, max_value=1_000)
    text = ParagraphIn(max_length=10_000)


class PaperQuestionCommands:
    """Mixed into the view set of rounds."""

    actor: Any

    @command(request=AskIn, response=AskedOut, status=201)
    def ask(self, thing: Round, data: dict[str, Any]) -> PaperQuestion:
        return services.ask_on_paper(actor=self.actor, round_id=thing.pk, **data)

    @command(request=AnswerOnPaperIn, response=PaperAnswerOut, status=201)
    def answer(self, thing: Round, data: dict[str, Any]) -> PaperAnswer:
        return services.answer_on_paper(actor=self.actor, round_id=thing.pk, **data)
