"""Shapes of counting rules, targets with their shares, and days restated."""

from typing import Any

from rest_framework import serializers

from accounts.models import Department
from core.api.serializers import DayIn, In, LineIn, Out, ParagraphIn, TrilingualOut
from projects.api.serializers import VisibleSlugIn
from projects.models import CountingRule, EvidenceKind
from projects.selectors.counting import JudgedTarget
from projects.services.counting_rules import LATE_DAYS, MONTHS, RESTATEMENT_DAYS
from projects.services.shares import MOST
from projects.wording import why


class RuleIn(In):
    """A proposed counting rule. It is in force from `starts_on`, once approved, until the next rule."""

    read_only_names = frozenset({"number", "status", "ends_on", "proposed_by", "approved_by"})

    starts_on = DayIn()
    required_evidence = serializers.ListField(child=serializers.ChoiceField(choices=EvidenceKind.choices), min_length=1)
    verifier_scope = serializers.ChoiceField(
        choices=CountingRule.VerifierScope.choices, default=CountingRule.VerifierScope.FAMILY
    )
    attestation_months = serializers.IntegerField(min_value=MONTHS[0], max_value=MONTHS[1], default=12)
    late_claim_days = serializers.IntegerField(min_value=LATE_DAYS[0], max_value=LATE_DAYS[1], default=14)
    restatement_days = serializers.IntegerField(
        min_value=RESTATEMENT_DAYS[0], max_value=RESTATEMENT_DAYS[1], default=31
    )
    transition_on = DayIn(required=False, allow_null=True, default=None)
    source = LineIn(max_length=300)  # type: ignore[assignment] # the name is the interface


class RuleWithdrawIn(In):
    reason = ParagraphIn(max_length=2_000)


class RuleOut(Out):
    number = serializers.IntegerField(source="pk")
    status = serializers.ChoiceField(choices=CountingRule.Status.choices)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="First day it is no longer in force.")
    required_evidence = serializers.ListField(child=serializers.CharField())
    verifier_scope = serializers.ChoiceField(choices=CountingRule.VerifierScope.choices)
    attestation_months = serializers.IntegerField()
    late_claim_days = serializers.IntegerField()
    restatement_days = serializers.IntegerField()
    transition_on = serializers.DateField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment] # the name is the interface
    proposed_by = serializers.IntegerField(source="proposed_by_id", allow_null=True)
    approved_by = serializers.IntegerField(source="approved_by_id", allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)


class NamedProcedureOut(Out):
    """A procedure by name, with what it is in this answer."""

    reference = serializers.CharField(source="procedure.reference")
    department = serializers.CharField(source="procedure.department.safe_code")
    name = TrilingualOut(source="procedure")
    in_use = serializers.BooleanField(source="after.in_use")
    reason = serializers.SerializerMethodField(help_text="Why it does not count, for programs; empty when in use.")
    why = serializers.SerializerMethodField(help_text="The same in a sentence.")

    def get_reason(self, named: Any) -> str:
        return named.after.reason or ""

    def get_why(self, named: Any) -> str:
        return str(why(named.after.reason))


class RuleImpactOut(Out):
    """What approving the rule today would do, from what is known now."""

    day = serializers.DateField(help_text="The day the rule reaches procedures already counted, or its first.")
    before = serializers.IntegerField(help_text="In use on that day without the rule.")
    after = serializers.IntegerField(help_text="In use on that day with it.")
    falling = NamedProcedureOut(many=True)
    joining = NamedProcedureOut(many=True)
    later = NamedProcedureOut(many=True, help_text="Leave at their next re-attestation if nothing is added.")


class TargetShareIn(In):
    department = VisibleSlugIn(slug_field="safe_code", queryset=Department.objects.all())
    due_on = DayIn()
    value = serializers.IntegerField(min_value=0, max_value=MOST, help_text="In use by then; 0 takes it back.")


class TargetSharesIn(In):
    shares = TargetShareIn(many=True)
    source = LineIn(max_length=300)  # type: ignore[assignment] # the name is the interface


class TargetShareOut(Out):
    department = serializers.CharField(source="department.safe_code")
    due_on = serializers.DateField()
    value = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment] # the name is the interface


class TargetOut(Out):
    """A target: how far it is and, from the end of its day on, whether it was reached."""

    due_on = serializers.DateField(source="target.due_on")
    metric = serializers.CharField(source="target.metric")
    value = serializers.IntegerField(source="target.value")
    source = serializers.CharField(source="target.source")  # type: ignore[assignment] # the name is the interface
    in_use = serializers.IntegerField(help_text="Today.")
    reached = serializers.IntegerField(allow_null=True, help_text="At the end of the day, as known then.")
    is_met = serializers.BooleanField(allow_null=True)
    restated = serializers.IntegerField(
        source="within", allow_null=True, help_text="Live by the day and verified within `within_days`."
    )
    within_days = serializers.IntegerField()
    closes_on = serializers.DateField(allow_null=True, help_text="Last day a verification still joins.")
    is_closed = serializers.BooleanField()
    joining = NamedProcedureOut(many=True)
    shares = serializers.SerializerMethodField()

    def get_shares(self, judged: JudgedTarget) -> list[dict[str, Any]]:
        rows = judged.target.shares.filter(value__gt=0).select_related("department")
        return list(TargetShareOut(rows, many=True).data)


class StateCountsOut(Out):
    claimed = serializers.IntegerField()
    verified = serializers.IntegerField()
    in_use = serializers.IntegerField()


class RestatedOut(Out):
    """A past day as known at its end, and as known now, with every procedure that differs."""

    day = serializers.DateField()
    then = StateCountsOut()
    now = StateCountsOut()
    differences = NamedProcedureOut(many=True)
