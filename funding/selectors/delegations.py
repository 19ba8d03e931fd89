"""Delegations as they are listed, and what a proposed one would let its delegate decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from core.policy import found_on
from funding.models import Delegation, FundingRequest, RequestStatus, Tier
from funding.policy_words import Difference, delegation_says, differences


@dataclass(frozen=True, slots=True)
class DelegationImpact:
    """What differs from the one it follows, and the requests waiting for the head that the delegate could decide."""

    replaces: Delegation | None
    differences: Sequence[Difference]
    waiting: int
    within: Sequence[FundingRequest]

    @property
    def references(self) -> list[str]:
        return [request.reference for request in self.within]


def delegations() -> "QuerySet[Delegation]":
    joined = ("department", "delegate", "proposed_by", "approved_by", "withdrawn_by")
    return Delegation.objects.select_related(*joined).order_by("-starts_on", "-pk")


def delegation_impact(delegation: Delegation, user: User) -> DelegationImpact:
    """Requests of the department's own tier that wait now, as far as the reader may see them."""
    replaces = found_on(delegations().filter(department=delegation.department_id), delegation.starts_on)
    rows = FundingRequest.objects.visible_to(user).filter(
        department=delegation.department_id, status=RequestStatus.SUBMITTED, tier=Tier.DEPARTMENT
    )
    waiting = list(rows.order_by("reference"))
    return DelegationImpact(
        replaces=replaces,
        differences=differences(delegation_says(replaces), delegation_says(delegation)) if replaces else (),
        waiting=len(waiting),
        within=[one for one in waiting if one.assessed_amount <= delegation.most],
    )
