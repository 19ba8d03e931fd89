"""Who decides which amount, as dated policy: proposed by one person, approved by another (DESIGN 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from core import clock, ledger
from core.errors import InvalidInput, Unprocessable
from core.money import parse_amount
from core.policy import refuse_overlap, refuse_past
from funding import policies
from funding.models import Body, FundingPolicy, Tier, TierLine
from funding.policy_words import FAULTS
from funding.rules import tiers
from funding.services import dated

LIMITS = {"linking_months": (0, 60), "appeal_days": (0, 365)}


@dataclass(frozen=True, slots=True)
class NewLine:
    """A tier decides up to `upper` HK$, that amount itself only if `upper_included`; `body` votes on it."""

    tier: str
    upper: Decimal | None = None
    upper_included: bool = False
    body: Body | None = None


@transaction.atomic
def propose_policy(
    *,
    actor: User,
    starts_on: date,
    lines: Sequence[NewLine],
    source: str,
    linking_months: int = 12,
    appeal_days: int = 28,
    same_department: str = FundingPolicy.SameDepartment.RECUSE,
) -> FundingPolicy:
    """Propose who decides which amount from a day on, until the next policy. Nothing changes until approved."""
    policies.can_propose_policy(actor).or_raise()
    refuse_past(starts_on, today=clock.today())
    dated.refuse_unsourced(source)
    dated.refuse_outside({"linking_months": linking_months, "appeal_days": appeal_days}, LIMITS)
    dated.refuse_unknown("same_department", same_department, FundingPolicy.SameDepartment.values)
    _judge(lines)
    refuse_overlap(FundingPolicy.objects.all(), starts_on)
    policy = FundingPolicy.objects.create(
        starts_on=starts_on,
        linking_months=linking_months,
        appeal_days=appeal_days,
        same_department=same_department,
        source=source,
        proposed_by=actor.person,
    )
    TierLine.objects.bulk_create(
        TierLine(policy=policy, tier=line.tier, upper=line.upper, upper_included=line.upper_included, body=line.body)
        for line in lines
    )
    ledger.record("funding_policy.proposed", actor=actor, subject=policy, facts=_told(policy))
    return policy


@transaction.atomic
def approve_policy(*, actor: User, policy_id: int) -> FundingPolicy:
    """Put a proposed policy in force from its first day. What was filed before keeps its own policy."""
    policy = dated.locked(FundingPolicy.objects.all(), actor=actor, number=policy_id)
    dated.approve(policy, actor=actor, rows=FundingPolicy.objects.all())
    ledger.record("funding_policy.approved", actor=actor, subject=policy, facts=_told(policy))
    return policy


@transaction.atomic
def withdraw_policy(*, actor: User, policy_id: int, reason: str) -> FundingPolicy:
    policy = dated.locked(FundingPolicy.objects.all(), actor=actor, number=policy_id)
    dated.withdraw(policy, actor=actor, reason=reason, action="funding_policy.withdrawn")
    return policy


def _judge(lines: Sequence[NewLine]) -> None:
    """Every amount has exactly one tier, and whoever votes on an upper tier is named."""
    if not {line.tier for line in lines} <= set(Tier.values):
        raise InvalidInput("choice.invalid", FAULTS["tiers.each_once"], fields={"lines": [FAULTS["tiers.each_once"]]})
    for line in lines:
        if line.upper is not None:
            parse_amount(str(line.upper))
    code = tiers.fault(tiers.TierLine(line.tier, line.upper, line.upper_included) for line in lines)
    if not code and any((line.body is None) != (line.tier == Tier.DEPARTMENT) for line in lines):
        code = "tiers.body"
    if not code and any(line.body and line.body.code == Body.FINANCE_COMMITTEE for line in lines):
        code = "tiers.body"
    if not code and any(line.upper is None and line.upper_included for line in lines):
        code = "tiers.top_open"
    if code:
        raise Unprocessable(code, FAULTS[code], fields={"lines": [FAULTS[code]]})


def _told(policy: FundingPolicy) -> dict[str, ledger.Fact]:
    return {
        "starts_on": policy.starts_on.isoformat(),
        "linking_months": policy.linking_months,
        "appeal_days": policy.appeal_days,
        "same_department": str(policy.same_department),
        "source": policy.source,
        "lines": [
            {
                "tier": line.tier,
                "upper": "" if line.upper is None else str(line.upper),
                "upper_included": line.upper_included,
                "body": line.body.code if line.body else "",
            }
            for line in policy.lines.select_related("body")
        ],
    }
