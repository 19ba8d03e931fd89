"""What the API says about the route of a request: who decides, what is counted with it, when an answer is likely."""

from rest_framework import serializers

from core.api.serializers import MoneyOut, Out
from funding import wording
from funding.models import Tier
from funding.rules.service_times import Likely
from funding.selectors.clock import answer_words
from funding.selectors.routes import Preview
from funding.services.required_papers import wanted


class RelatedOut(Out):
    reference = serializers.CharField()
    amount = MoneyOut()
    why = serializers.CharField()


class LikelyAnswerOut(Out):
    """When an answer is likely, worked out from the service times and published requests of the tier."""

    on = serializers.DateField()
    earliest = serializers.DateField(help_text="8 of 10 such requests are answered from this day on.")
    latest = serializers.DateField(help_text="And by this day.")
    median_days = serializers.IntegerField(help_text="Working days.")
    past = serializers.IntegerField(help_text="Published requests it was worked out from.")
    meeting_on = serializers.DateField(allow_null=True, help_text="The coming meeting that has it on its agenda.")
    words = serializers.SerializerMethodField()

    def get_words(self, answer: Likely) -> str:
        return answer_words(answer)


class RouteOut(Out):
    tier = serializers.ChoiceField(source="route.tier", choices=Tier.choices)
    own_amount = MoneyOut(source="route.own")
    assessed_amount = MoneyOut(source="route.assessed")
    related = RelatedOut(source="route.related", many=True)
    sentence = serializers.SerializerMethodField()
    papers = serializers.SerializerMethodField(help_text="Kinds of document that this tier asks for today.")
    answer = LikelyAnswerOut(allow_null=True, help_text="If it is submitted today; null without service times.")

    def get_sentence(self, found: Preview) -> str:
        return wording.route_sentence(found.route)

    def get_papers(self, found: Preview) -> list[str]:
        return wanted(None, found.route.tier)
