"""The overview's figures for programs, from the same calculation as the page."""

from rest_framework import serializers

from core.api.serializers import MoneyOut, Out


class StandingOut(Out):
    registered = serializers.IntegerField()
    claimed = serializers.IntegerField()
    verified = serializers.IntegerField()
    in_use = serializers.IntegerField()


class TargetLineOut(Out):
    value = serializers.IntegerField()
    due_on = serializers.DateField()


class StageOut(Out):
    stage = serializers.CharField(help_text="Empty: not stated.")
    count = serializers.IntegerField()


class OverviewMoneyOut(Out):
    financial_year = serializers.IntegerField(help_text="The year it starts: 2026 is 2026-27.")
    committed = MoneyOut()
    spent = MoneyOut()
    envelope = MoneyOut(allow_null=True)


class PointOut(Out):
    on = serializers.DateField()
    count = serializers.IntegerField()


class CurveOut(Out):
    """Stepped lines: each point holds until the next."""

    actual = PointOut(many=True)
    plan = PointOut(many=True)


class DepartmentStandingOut(Out):
    department = serializers.CharField(source="department.code")
    standing = StandingOut()


class OverviewOut(Out):
    as_at = serializers.DateTimeField()
    position = serializers.IntegerField(help_text="Ledger position the figures are known at.")
    standing = StandingOut()
    targets = TargetLineOut(many=True)
    last_go_live_on = serializers.DateField(allow_null=True)
    money = OverviewMoneyOut()
    decisions_waiting = serializers.IntegerField()
    pipeline = StageOut(many=True)
    curve = CurveOut(allow_null=True)
    departments = DepartmentStandingOut(many=True)
