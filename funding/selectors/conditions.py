"""Which conditions of a decision are still owed: read by whoever releases money."""

from django.db.models import QuerySet

from funding.models import Condition, Decision


def open_conditions(decision: Decision) -> "QuerySet[Condition]":
    """Neither discharged nor waived, in the order of the motion. Evidence handed in is not yet a discharge."""
    rows: QuerySet[Condition] = Condition.objects.filter(decision=decision).open().order_by("number")
    return rows
