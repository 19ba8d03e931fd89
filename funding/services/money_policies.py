"""The dated rule about money after approval: proposed by one person, approved by another (DESIGN 4, Life)."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import InvalidInput
from core.money import CENT
from core.policy import refuse_overlap, refuse_past
from funding import policies
from funding.models import MoneyPolicy
from funding.services import dated

LIMITS = {"variance_percent": (0, 100)}


@transaction.atomic
def propose_money_policy(
    *, actor: User, starts_on: date, tolerance: Decimal, variance_percent: int, source: str
) -> MoneyPolicy:
    """Propose what counts as overspent and which variance is explained, from a day on."""
    policies.can_propose_policy(actor).or_raise()
    refuse_past(starts_on, today=clock.today())
    dated.refuse_unsourced(source)
    dated.refuse_outside({"variance_percent": variance_percent}, LIMITS)
    if not tolerance.is_finite() or tolerance < 0 or tolerance != tolerance.quantize(CENT):
        message = _("Write the tolerance to the cent; it is never below zero.")
        raise InvalidInput("amount.format", message, fields={"tolerance": [message]})
    refuse_overlap(MoneyPolicy.objects.all(), starts_on)
    policy = MoneyPolicy.objects.create(
        starts_on=starts_on,
        tolerance=tolerance,
        variance_percent=variance_percent,
        source=source,
        proposed_by=actor.person,
    )
    ledger.record("money_policy.proposed", actor=actor, subject=policy, facts=_told(policy))
    return policy


@transaction.atomic
def approve_money_policy(*, actor: User, policy_id: int) -> MoneyPolicy:
    policy = dated.locked(MoneyPolicy.objects.all(), actor=actor, number=policy_id)
    dated.approve(policy, actor=actor, rows=MoneyPolicy.objects.all())
    ledger.record("money_policy.approved", actor=actor, subject=policy, facts=_told(policy))
    return policy


@transaction.atomic
def withdraw_money_policy(*, actor: User, policy_id: int, reason: str) -> MoneyPolicy:
    policy = dated.locked(MoneyPolicy.objects.all(), actor=actor, number=policy_id)
    dated.withdraw(policy, actor=actor, reason=reason, action="money_policy.withdrawn")
    return policy


def _told(policy: MoneyPolicy) -> dict[str, ledger.Fact]:
    return {
        "starts_on": policy.starts_on.isoformat(),
        "tolerance": str(policy.tolerance),
        "variance_percent": policy.variance_percent,
        "source": policy.source,
    }
