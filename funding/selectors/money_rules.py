"""The dated rule about spending in words, and what a proposed one would change. Writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from core.money import hkd
from core.policy import found_on
from funding.models import Decision, MoneyPolicy, Outcome
from funding.policy_words import Difference, Said, differences
from funding.rules import spending


@dataclass(frozen=True, slots=True)
class Moved:
    """A decision that would be overspent under one rule and not under the other."""

    decision: Decision
    excess: Decimal
    after: bool


@dataclass(frozen=True, slots=True)
class MoneyImpact:
    """What differs from the rule it would follow, and whose releases it would freeze or free."""

    replaces: MoneyPolicy | None
    differences: Sequence[Difference]
    moved: Sequence[Moved]


def money_policies() -> "QuerySet[MoneyPolicy]":
    rows = MoneyPolicy.objects.select_related("proposed_by", "approved_by", "withdrawn_by")
    return rows.order_by("-starts_on", "-pk")


def says(policy: MoneyPolicy) -> list[Said]:
    percent = _("more than %(percent)s%% of the plan") % {"percent": policy.variance_percent}
    return [Said(_("Tolerance"), hkd(policy.tolerance)), Said(_("Variance to be explained"), percent)]


def values(latest: MoneyPolicy | None) -> dict[str, Any]:
    """What the form begins with: the latest rule in force."""
    if latest is None:
        return {}
    return {"tolerance": latest.tolerance or None, "variance_percent": latest.variance_percent}


def families() -> Iterator[tuple[Decision, Decimal, Decimal]]:
    """Each first decision that money was spent on, with what was approved and spent, its supplements included."""
    published = Decision.objects.filter(published_at__isnull=False, outcome=Outcome.APPROVED)
    rows = published.annotate(
        first=Coalesce("request__supplements_decision__decision", "pk"),
        spent=Coalesce(Sum("expenditures__amount"), spending.ZERO),
    ).select_related("request")
    grouped: dict[int, list[Any]] = {}
    for row in rows.order_by("request__reference"):
        grouped.setdefault(row.first, []).append(row)
    for key, found in grouped.items():
        first = next(row for row in found if row.pk == key)
        yield first, sum((row.amount for row in found), spending.ZERO), sum((row.spent for row in found), spending.ZERO)


def impact(policy: MoneyPolicy, user: User) -> MoneyImpact:
    """Published decisions with spending above their approval, judged by both rules."""
    replaces = found_on(money_policies(), policy.starts_on)
    tolerances = (replaces.tolerance if replaces else spending.ZERO, policy.tolerance)
    moved = []
    for decision, approved, spent in families():
        before, after = (
            bool(spending.overspent(spent=spent, approved=approved, tolerance=tolerance)) for tolerance in tolerances
        )
        if before != after:
            moved.append(Moved(decision, spent - approved, after))
    said = differences(says(replaces), says(policy)) if replaces else []
    return MoneyImpact(replaces, said, moved)
