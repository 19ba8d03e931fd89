"""Look-alikes and link findings over the API: the same rows, rules and services as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.serializers import In, LineIn, MoneyOut, Out, ParagraphIn
from core.api.views import RegisterViewSet, collection_command, command
from core.errors import NotVisible
from funding import services
from funding.forms.lookalikes import LONGEST_REASON
from funding.models import FundingRequest, LinkFinding, LookalikeQuestion

NUMBER = r"[0-9]{1,18}"


class WorkingOut(Out):
    """One line of the score's working."""

    what = serializers.CharField()
    found = serializers.CharField()
    points = serializers.IntegerField()
    most = serializers.IntegerField()


class LookalikeOut(Out):
    """Two requests that look like parts of one piece of work, why, and what the secretary answered."""

    number = serializers.IntegerField(source="pk")
    first = serializers.CharField(source="first.reference")
    second = serializers.CharField(source="second.reference")
    status = serializers.ChoiceField(choices=LookalikeQuestion.Status.choices)
    score = serializers.IntegerField()
    working = WorkingOut(many=True)
    line = MoneyOut()
    together_amount = MoneyOut()
    together_tier = serializers.CharField()
    asked_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    chair_told_at = serializers.DateTimeField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()


class LookalikeAnswerIn(In):
    linked = serializers.BooleanField()
    reason = ParagraphIn(max_length=LONGEST_REASON)


class FindingOut(Out):
    """A finding that two requests belong together, or do not."""

    number = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(choices=LinkFinding.Kind.choices)
    status = serializers.ChoiceField(choices=LinkFinding.Status.choices)
    first = serializers.CharField(source="first.reference")
    second = serializers.CharField(source="second.reference")
    reason = serializers.CharField()
    found_at = serializers.DateTimeField()
    second_at = serializers.DateTimeField(allow_null=True)
    second_reason = serializers.CharField()


class CutIn(In):
    first = LineIn(max_length=32)
    second = LineIn(max_length=32)
    reason = ParagraphIn(max_length=LONGEST_REASON)


class ConfirmCutIn(In):
    agree = serializers.BooleanField()
    reason = ParagraphIn(max_length=LONGEST_REASON)


class LookalikeViewSet(RegisterViewSet):
    """Questions about requests that look alike, answered by the secretary."""

    rows = LookalikeQuestion.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = LookalikeOut
    ordering_fields = ("asked_at", "due_on", "score")

    def get_queryset(self) -> "QuerySet[LookalikeQuestion]":
        return super().get_queryset().select_related("first", "second")

    @command(request=LookalikeAnswerIn, response=LookalikeOut)
    def answer(self, thing: LookalikeQuestion, data: dict[str, Any]) -> LookalikeQuestion:
        return services.answer_lookalike(actor=self.actor, question_id=thing.pk, **data)


class LinkFindingViewSet(RegisterViewSet):
    """Findings that make or cut a link between two requests."""

    rows = LinkFinding.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = FindingOut
    ordering_fields = ("found_at",)

    def get_queryset(self) -> "QuerySet[LinkFinding]":
        return super().get_queryset().select_related("first", "second")

    @collection_command(request=CutIn, response=FindingOut)
    def create(self, data: dict[str, Any]) -> LinkFinding:
        seen = FundingRequest.objects.visible_to(self.actor)
        keys = dict(seen.filter(reference__in=[data["first"], data["second"]]).values_list("reference", "pk"))
        if len(keys) != 2:
            raise NotVisible("request.none", _("There is no such request for you."))
        return services.propose_cut(
            actor=self.actor, request_id=keys[data["first"]], other_id=keys[data["second"]], reason=data["reason"]
        )

    @command(request=ConfirmCutIn, response=FindingOut)
    def confirm(self, thing: LinkFinding, data: dict[str, Any]) -> LinkFinding:
        return services.confirm_cut(actor=self.actor, finding_id=thing.pk, **data)
