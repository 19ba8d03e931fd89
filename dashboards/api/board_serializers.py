"""The boards' figures for programs, from the same calculations as their pages."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import MoneyOut, Out
from dashboards.api.serializers import CurveOut, PointOut, TargetLineOut
from dashboards.boards.fairness import Caveat, Size
from dashboards.boards.money import Result
from funding.models import RequestStatus, Tier
from kpis.rules.freshness import Freshness
from kpis.rules.rag import Rag


class BoardShareOut(Out):
    value = serializers.IntegerField()
    due_on = serializers.DateField()


class RateOut(Out):
    """`low` and `high` are the range the true share lies in 19 times of 20."""

    part = serializers.IntegerField()
    whole = serializers.IntegerField()
    share = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class ComparedOut(Out):
    department = serializers.CharField(source="department.safe_code")
    size = serializers.ChoiceField(choices=[one.value for one in Size])
    early = serializers.IntegerField(help_text="Projects before their pilot.")
    running = serializers.IntegerField(help_text="Projects in pilot or roll-out.")
    live = serializers.IntegerField()
    registered = serializers.IntegerField()
    in_use = serializers.IntegerField()
    share = BoardShareOut(allow_null=True)
    on_time = RateOut(allow_null=True, help_text="In use of those due by plan; null where none was due.")
    caveats = serializers.ListField(child=serializers.ChoiceField(choices=[one.value for one in Caveat]))


class ComparisonOut(Out):
    as_at = serializers.DateTimeField()
    departments = ComparedOut(many=True, source="rows")


class OverBudgetOut(Out):
    request = serializers.CharField(source="request.reference")
    approved = MoneyOut()
    spent = MoneyOut()
    excess = MoneyOut()


class LateMilestoneOut(Out):
    project = serializers.CharField(source="project.reference")
    name = serializers.CharField(source="name_en")
    current_on = serializers.DateField()


class TrendOut(CurveOut):
    """In use, the plan and the shares of the target."""

    actual = PointOut(many=True)
    plan = PointOut(many=True)
    shares = TargetLineOut(many=True)


class ScorecardOut(Out):
    as_at = serializers.DateTimeField()
    department = serializers.CharField(source="department.safe_code")
    share = BoardShareOut(allow_null=True)
    registered = serializers.IntegerField()
    claimed = serializers.IntegerField()
    verified = serializers.IntegerField()
    in_use = serializers.IntegerField()
    due = serializers.IntegerField(help_text="Procedures due by plan.")
    late = serializers.SerializerMethodField()
    open_milestones = serializers.IntegerField()
    late_milestones = LateMilestoneOut(many=True)
    with_money = serializers.IntegerField(help_text="Requests with approved money that the caller may read.")
    over_budget = OverBudgetOut(many=True)
    kpis = serializers.DictField(child=serializers.IntegerField(), help_text="KPIs by colour.")
    trend = TrendOut(allow_null=True)

    def get_late(self, found: object) -> list[str]:
        """References of procedures that are due by plan and not in use."""
        return [procedure.reference for procedure in found.late]  # type: ignore[attr-defined] # a Scorecard


class WaitingOut(Out):
    tier = serializers.ChoiceField(choices=Tier.choices)
    count = serializers.IntegerField()
    amount = MoneyOut()


class FlowOut(Out):
    envelope = serializers.CharField()
    department = serializers.CharField(source="safe_code")
    result = serializers.ChoiceField(choices=[one.value for one in Result])
    amount = MoneyOut()


class BoardYearOut(Out):
    allocated = MoneyOut()
    committed = MoneyOut()
    released = MoneyOut()
    spent = MoneyOut()
    left = MoneyOut()


class MoneyBoardOut(Out):
    as_at = serializers.DateTimeField()
    financial_year = serializers.IntegerField(help_text="The year it starts: 2026 is 2026-27.")
    year = BoardYearOut(allow_null=True, help_text="Null where no envelope of that year holds money.")
    waiting = WaitingOut(many=True)
    flows = FlowOut(many=True)


class BoardKpiOut(Out):
    kpi = serializers.CharField(source="reference")
    rag = serializers.ChoiceField(choices=[one.value for one in Rag])
    freshness = serializers.ChoiceField(choices=[one.value for one in Freshness])
    reported = serializers.IntegerField(source="coverage.have")
    due = serializers.IntegerField(source="coverage.due")


class KpiBoardOut(Out):
    as_at = serializers.DateTimeField()
    total = serializers.IntegerField(source="tally.total")
    by_rag = serializers.DictField(child=serializers.IntegerField(), source="tally.by_rag")
    by_freshness = serializers.DictField(child=serializers.IntegerField(), source="tally.by_freshness")
    expected = serializers.IntegerField(source="tally.expected", help_text="Readings that are due.")
    reported = serializers.IntegerField(source="tally.reported", help_text="Those of them that are verified.")
    shown = BoardKpiOut(many=True)


class DecisionStageOut(Out):
    status = serializers.CharField()
    tier = serializers.ChoiceField(choices=Tier.choices)
    count = serializers.IntegerField()


class BoardStageOut(Out):
    """How many requests of a tier stand at a step."""

    status = serializers.ChoiceField(choices=RequestStatus.choices)
    tier = serializers.ChoiceField(choices=Tier.choices)
    count = serializers.IntegerField()


class DecisionBoardOut(Out):
    as_at = serializers.DateTimeField()
    total = serializers.IntegerField()
    overdue = serializers.IntegerField()
    soon = serializers.IntegerField(help_text="Due within five working days.")
    stages = serializers.SerializerMethodField()
    holders = serializers.DictField(child=serializers.IntegerField())
    ages = serializers.DictField(child=serializers.IntegerField(), help_text="By days with the present holder.")
    requests = serializers.SerializerMethodField()
    rounds = serializers.SerializerMethodField()

    @extend_schema_field(BoardStageOut(many=True))
    def get_stages(self, found: object) -> list[dict[str, object]]:
        counts = found.stages.items()  # type: ignore[attr-defined] # a DecisionBoard
        return [{"status": status.value, "tier": tier.value, "count": count} for (status, tier), count in counts]

    def get_requests(self, found: object) -> list[str]:
        """References of what is counted, the longest held first."""
        return list(found.requests.values_list("reference", flat=True))  # type: ignore[attr-defined] # a DecisionBoard

    def get_rounds(self, found: object) -> list[int]:
        """Keys of the open rounds."""
        return [round_.pk for round_ in found.rounds]  # type: ignore[attr-defined] # a DecisionBoard
