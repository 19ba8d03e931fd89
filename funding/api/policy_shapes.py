"""Shapes of funding policies and voting rules, and of what approving one would change."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import DayIn, In, LineIn, MoneyIn, MoneyOut, Out, ParagraphIn
from funding.models import Body, FundingPolicy, Tier, VotingRule
from funding.services import funding_policies, voting_rules

WORKED_OUT = frozenset({"number", "status", "ends_on", "proposed_by", "approved_by", "withdrawn_by"})


@extend_schema_field({"type": "string", "example": "digitalisation-working-group"})
class BodyIn(serializers.RelatedField):
    """A body by its code."""

    queryset = Body.objects.all()

    def to_internal_value(self, data: Any) -> Body:
        found = Body.objects.filter(code=data).first() if isinstance(data, str) and "\x00" not in data else None
        if found is None:
            raise serializers.ValidationError(_("There is no such body."), code="choice.invalid")
        return found

    def to_representation(self, value: Any) -> str:
        return str(value.code)


class TierLineIn(In):
    """A tier decides up to `upper`, that amount itself only if `upper_included`; the top tier has no upper."""

    tier = serializers.ChoiceField(choices=Tier.choices)
    upper = MoneyIn(required=False, allow_null=True, default=None)
    upper_included = serializers.BooleanField(default=False)
    body = BodyIn(required=False, allow_null=True, default=None)


class PolicyIn(In):
    """A proposed funding policy. It is in force from `starts_on`, once approved, until the next one."""

    read_only_names = WORKED_OUT

    starts_on = DayIn()
    lines = TierLineIn(many=True)
    linking_months = serializers.IntegerField(
        min_value=funding_policies.LIMITS["linking_months"][0],
        max_value=funding_policies.LIMITS["linking_months"][1],
        default=12,
    )
    appeal_days = serializers.IntegerField(
        min_value=funding_policies.LIMITS["appeal_days"][0],
        max_value=funding_policies.LIMITS["appeal_days"][1],
        default=28,
        help_text="Days after publication within which an appeal is filed.",
    )
    same_department = serializers.ChoiceField(
        choices=FundingPolicy.SameDepartment.choices, default=FundingPolicy.SameDepartment.RECUSE
    )
    source = LineIn(max_length=300)  # type: ignore[assignment] # the name is the interface


def _whole(name: str, default: int) -> serializers.IntegerField:
    least, most = voting_rules.LIMITS[name]
    return serializers.IntegerField(min_value=least, max_value=most, default=default)


class VotingRuleIn(In):
    """A proposed voting rule of one body. Shares are of a hundred: carried is more than the share, never just it."""

    read_only_names = WORKED_OUT

    body = BodyIn()
    starts_on = DayIn()
    quorum_share_percent = _whole("quorum_share_percent", 50)
    quorum_least = _whole("quorum_least", 3)
    recused_count_for_quorum = serializers.BooleanField(default=False)
    majority_percent = _whole("majority_percent", 50)
    majority_base = serializers.ChoiceField(choices=VotingRule.Base.choices, default=VotingRule.Base.CAST)
    tie = serializers.ChoiceField(choices=VotingRule.Tie.choices, default=VotingRule.Tie.FAILS)
    last_call_seconds = _whole("last_call_seconds", 60)
    source = LineIn(max_length=300)  # type: ignore[assignment] # the name is the interface


class ProposalWithdrawIn(In):
    reason = ParagraphIn(max_length=2_000)


class ProposalOut(Out):
    number = serializers.IntegerField(source="pk")
    status = serializers.ChoiceField(choices=FundingPolicy.Status.choices)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="First day it is no longer in force.")
    source = serializers.CharField()  # type: ignore[assignment] # the name is the interface
    proposed_by = serializers.IntegerField(source="proposed_by_id", allow_null=True)
    approved_by = serializers.IntegerField(source="approved_by_id", allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    withdrawn_by = serializers.IntegerField(source="withdrawn_by_id", allow_null=True)
    withdrawn_reason = serializers.CharField()


class TierLineOut(Out):
    tier = serializers.ChoiceField(choices=Tier.choices)
    upper = MoneyOut(allow_null=True)
    upper_included = serializers.BooleanField()
    body = serializers.CharField(source="body.code", allow_null=True, default=None)


class PolicyOut(ProposalOut):
    lines = TierLineOut(many=True, source="lines.all")
    linking_months = serializers.IntegerField()
    appeal_days = serializers.IntegerField()
    same_department = serializers.ChoiceField(choices=FundingPolicy.SameDepartment.choices)


class VotingRuleOut(ProposalOut):
    body = serializers.CharField(source="body.code")
    quorum_share_percent = serializers.IntegerField()
    quorum_least = serializers.IntegerField()
    recused_count_for_quorum = serializers.BooleanField()
    majority_percent = serializers.IntegerField()
    majority_base = serializers.ChoiceField(choices=VotingRule.Base.choices)
    tie = serializers.ChoiceField(choices=VotingRule.Tie.choices)
    last_call_seconds = serializers.IntegerField()


class PolicyDifferenceOut(Out):
    """One thing that the proposal says otherwise, in the reader's language."""

    label = serializers.CharField()  # type: ignore[assignment] # the name is the interface
    before = serializers.CharField()
    after = serializers.CharField()


class PolicyMoveOut(Out):
    """An open request that another body would decide under the proposed lines. It keeps its own policy."""

    reference = serializers.CharField(source="request.reference")
    tier_before = serializers.CharField(source="before.tier", help_text="As in `tier` of the lines.")
    tier_after = serializers.CharField(source="after.tier")
    body_before = serializers.CharField(source="before.body")
    body_after = serializers.CharField(source="after.body")
    assessed_before = MoneyOut()
    assessed_after = MoneyOut()


class PolicyLoadOut(Out):
    tier = serializers.ChoiceField(choices=Tier.choices)
    before = serializers.IntegerField(help_text="Open requests of this tier now.")
    after = serializers.IntegerField(help_text="If the proposed lines applied to them.")


class PolicyImpactOut(Out):
    """What approving the policy would mean, over the open requests the reader may see. Nothing is written."""

    replaces = serializers.IntegerField(source="replaces.pk", allow_null=True, default=None)
    differences = PolicyDifferenceOut(many=True)
    judged = serializers.IntegerField(help_text="Open requests the reader may see.")
    loads = PolicyLoadOut(many=True)
    moved = PolicyMoveOut(many=True)


class RecountedOut(Out):
    round = serializers.IntegerField(source="round.pk")
    reference = serializers.CharField(source="round.request.reference")
    before = serializers.CharField()
    after = serializers.CharField()


class VotingRuleImpactOut(Out):
    """What approving the rule would mean: the quorum of today's seats, and published rounds counted again."""

    replaces = serializers.IntegerField(source="replaces.pk", allow_null=True, default=None)
    differences = PolicyDifferenceOut(many=True)
    seats = serializers.IntegerField()
    quorum_before = serializers.IntegerField(allow_null=True)
    quorum_after = serializers.IntegerField()
    counted = serializers.IntegerField(help_text="Published rounds of the body that the reader may see.")
    recounted = RecountedOut(many=True, help_text="Those that would have come out otherwise. Their results stand.")
    open_rounds = serializers.IntegerField()


def _days(default: int) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=250, default=default)


class ServiceTimesIn(In):
    """Proposed working days of each stage, counted from the day after the request came to its holder."""

    read_only_names = WORKED_OUT

    starts_on = DayIn()
    decide_days = _days(10)
    endorse_days = _days(5)
    screen_days = _days(5)
    list_days = _days(15)
    vote_days = _days(10)
    publish_days = _days(3)
    answer_days = _days(10)
    escalate_days = _days(3)
    source = LineIn(max_length=300)  # type: ignore[assignment] # the name is the interface


class ServiceTimesOut(ProposalOut):
    decide_days = serializers.IntegerField()
    endorse_days = serializers.IntegerField()
    screen_days = serializers.IntegerField()
    list_days = serializers.IntegerField()
    vote_days = serializers.IntegerField()
    publish_days = serializers.IntegerField()
    answer_days = serializers.IntegerField()
    escalate_days = serializers.IntegerField(help_text="After the due day; then whoever stands above is told.")


class ServiceTimesImpactOut(Out):
    """What approving the times would mean, over the open requests the reader may see. Nothing is written."""

    replaces = serializers.IntegerField(source="replaces.pk", allow_null=True, default=None)
    differences = PolicyDifferenceOut(many=True)
    judged = serializers.IntegerField(help_text="Open requests the reader may see.")
    late_before = serializers.IntegerField()
    late_after = serializers.IntegerField()


class ClockOut(Out):
    """Who holds a request, by when, and when an answer is likely. Days are null where no service time runs."""

    reference = serializers.CharField(source="request.reference")
    holder = serializers.CharField(source="holder.words", allow_null=True, default=None)
    since = serializers.DateTimeField(source="request.holder_since")
    due_on = serializers.DateField(allow_null=True)
    late_by = serializers.IntegerField(help_text="Working days.")
    answer_on = serializers.DateField(source="answer.on", allow_null=True, default=None)
    answer_earliest = serializers.DateField(source="answer.earliest", allow_null=True, default=None)
    answer_latest = serializers.DateField(source="answer.latest", allow_null=True, default=None)
    words = serializers.CharField(source="answer_words")
    missing_papers = serializers.ListField(
        source="missing", child=serializers.CharField(), help_text="Not decided without them. In the reader's language."
    )
