"""Reviews over the API: the same rows and the same service as the pages."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.serializers import In, Out, ParagraphIn
from core.api.views import RegisterViewSet, command
from funding import services
from funding.forms.reviews import LONGEST_REASON
from funding.models import Review, ReviewAnswer, ReviewKind


class ReviewAnswerOut(Out):
    revision = serializers.IntegerField()
    verdict = serializers.ChoiceField(choices=ReviewAnswer.Verdict.choices)
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class ReviewOut(Out):
    """A review asked of one version of a request, why, and its answers; the last one stands."""

    number = serializers.IntegerField(source="pk")
    request = serializers.CharField(source="request.reference")
    version = serializers.IntegerField(source="version_number")
    kind = serializers.ChoiceField(choices=ReviewKind.choices)
    step = serializers.IntegerField()
    passes = serializers.ChoiceField(choices=Review.Passes.choices)
    why = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    asked_at = serializers.DateTimeField()
    answers = ReviewAnswerOut(many=True)


class ReviewAnswerIn(In):
    verdict = serializers.ChoiceField(choices=ReviewAnswer.Verdict.choices)
    reason = ParagraphIn(max_length=LONGEST_REASON, required=False, allow_blank=True)
    expected_revision = serializers.IntegerField(min_value=0, max_value=32_000)


class ReviewViewSet(RegisterViewSet):
    """Reviews that requests wait for, by kind, risk and novelty."""

    rows = Review.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = r"[0-9]{1,18}"
    serializer_class = ReviewOut
    ordering_fields = ("asked_at", "step")

    def get_queryset(self) -> "QuerySet[Review]":
        return super().get_queryset().select_related("request").prefetch_related("answers")

    @command(request=ReviewAnswerIn, response=ReviewOut)
    def answer(self, thing: Review, data: dict[str, Any]) -> Review:
        return services.answer_review(actor=self.actor, review_id=thing.pk, **data)
