"""Rules of reviews over the API: the same rows, rules and services as the pages."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.serializers import DayIn, In, LineIn, MoneyIn, Out
from core.api.views import RegisterViewSet, collection_command, command
from funding import services
from funding.api.policies import NUMBER
from funding.api.policy_shapes import WORKED_OUT, PolicyDifferenceOut, ProposalOut, ProposalWithdrawIn
from funding.models import Review, ReviewKind, ReviewRule
from funding.rules.reviews import LONGEST_WORD, MOST_WORDS
from funding.selectors.review_rules import impact
from projects.models import Category


class ConditionsIn(In):
    """All that are given must hold; without any, the review is asked for every request."""

    words = serializers.ListField(
        child=LineIn(max_length=LONGEST_WORD),
        max_length=MOST_WORDS,
        required=False,
        help_text="One of them is in the technique, or none is stated.",
    )
    categories = serializers.ListField(child=serializers.ChoiceField(choices=Category.choices), required=False)
    public_facing = serializers.BooleanField(required=False, help_text="Also where this is not stated.")
    first_use = serializers.BooleanField(required=False, help_text="Also where no technique is stated.")
    amount_from = MoneyIn(required=False, help_text="Assessed amount, this amount included.")


class RuleReviewIn(In):
    kind = serializers.ChoiceField(choices=ReviewKind.choices)
    when = ConditionsIn(default=dict)


class RuleStepIn(In):
    """Reviews side by side; `passes` says whether all or any of them must be cleared."""

    passes = serializers.ChoiceField(choices=Review.Passes.choices)
    reviews = RuleReviewIn(many=True)


class ReviewRuleIn(In):
    """A proposed rule of reviews: steps in order. Without a step, no review is asked."""

    read_only_names = WORKED_OUT

    starts_on = DayIn()
    steps = RuleStepIn(many=True)
    source = LineIn(max_length=300)  # type: ignore[assignment] # the name is the interface


class ConditionsOut(Out):
    words = serializers.ListField(child=serializers.CharField(), default=list)
    categories = serializers.ListField(child=serializers.CharField(), default=list)
    public_facing = serializers.BooleanField(default=False)
    first_use = serializers.BooleanField(default=False)
    amount_from = serializers.CharField(default=None, allow_null=True)


class RuleReviewOut(Out):
    kind = serializers.ChoiceField(choices=ReviewKind.choices)
    when = ConditionsOut()


class RuleStepOut(Out):
    passes = serializers.ChoiceField(choices=Review.Passes.choices)
    reviews = RuleReviewOut(many=True)


class ReviewRuleOut(ProposalOut):
    steps = RuleStepOut(many=True)


class OtherwiseOut(Out):
    reference = serializers.CharField(source="request.reference")
    before = serializers.ListField(child=serializers.CharField(), help_text="In the reader's language.")
    after = serializers.ListField(child=serializers.CharField())


class ReviewRuleImpactOut(Out):
    """What approving it would mean, over the open requests the reader may see. Nothing is written."""

    replaces = serializers.IntegerField(source="replaces.pk", allow_null=True, default=None)
    differences = PolicyDifferenceOut(many=True)
    unheld = serializers.ListField(
        child=serializers.CharField(), help_text="Kinds that nobody holds the role to answer today."
    )
    judged = serializers.IntegerField(help_text="Open requests the reader may see.")
    otherwise = OtherwiseOut(many=True, help_text="Those of which other reviews would be asked.")


class ReviewRuleViewSet(RegisterViewSet):
    """Which reviews come before a decision, as dated data; proposed by one person and approved by another."""

    rows = ReviewRule.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    serializer_class = ReviewRuleOut
    ordering_fields = ("starts_on",)

    @collection_command(request=ReviewRuleIn, response=ReviewRuleOut)
    def create(self, data: dict[str, Any]) -> ReviewRule:
        steps = [{**step, "reviews": [_as_stored(one) for one in step["reviews"]]} for step in data.pop("steps")]
        return services.propose_review_rule(actor=self.actor, steps=steps, **data)

    @extend_schema(responses=ReviewRuleImpactOut)
    @action(detail=True, methods=["get"])
    def impact(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Of which open requests other reviews would be asked. What was asked of a version stays asked."""
        return Response(ReviewRuleImpactOut(impact(self.get_object(), self.actor)).data)

    @command(request=None, response=ReviewRuleOut)
    def approve(self, thing: ReviewRule, data: dict[str, Any]) -> ReviewRule:
        return services.approve_review_rule(actor=self.actor, rule_id=thing.pk)

    @command(request=ProposalWithdrawIn, response=ReviewRuleOut)
    def withdraw(self, thing: ReviewRule, data: dict[str, Any]) -> ReviewRule:
        return services.withdraw_review_rule(actor=self.actor, rule_id=thing.pk, reason=data["reason"])


def _as_stored(review: dict[str, Any]) -> dict[str, Any]:
    """Amounts as text with two decimals; a condition that asks nothing is left out."""
    when = {
        name: f"{value:.2f}" if isinstance(value, Decimal) else value for name, value in review["when"].items() if value
    }
    return {"kind": review["kind"], "when": when}
