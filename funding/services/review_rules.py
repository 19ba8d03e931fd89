"""Which reviews a request needs, as dated policy: proposed by one person, approved by another (FEATURES C5, C7)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Unprocessable
from core.policy import refuse_overlap, refuse_past
from funding import policies
from funding.models import ReviewRule
from funding.rules import reviews
from funding.rules.reviews import Unreadable
from funding.services import dated
from projects.models import Category


@transaction.atomic
def propose_review_rule(*, actor: User, starts_on: date, source: str, steps: Sequence[Mapping[str, Any]]) -> ReviewRule:
    """Propose the reviews from a day on, until the next rule. Nothing changes until approved."""
    policies.can_propose_policy(actor).or_raise()
    refuse_past(starts_on, today=clock.today())
    dated.refuse_unsourced(source)
    _refuse_unreadable(steps)
    refuse_overlap(ReviewRule.objects.all(), starts_on)
    rule = ReviewRule.objects.create(starts_on=starts_on, source=source, proposed_by=actor.person, steps=list(steps))
    ledger.record("review_rule.proposed", actor=actor, subject=rule, facts=_told(rule))
    return rule


@transaction.atomic
def approve_review_rule(*, actor: User, rule_id: int) -> ReviewRule:
    """Put a proposed rule in force from its first day. What was asked of a version before stays asked."""
    rule = dated.locked(ReviewRule.objects.all(), actor=actor, number=rule_id)
    dated.approve(rule, actor=actor, rows=ReviewRule.objects.all())
    ledger.record("review_rule.approved", actor=actor, subject=rule, facts=_told(rule))
    return rule


@transaction.atomic
def withdraw_review_rule(*, actor: User, rule_id: int, reason: str) -> ReviewRule:
    rule = dated.locked(ReviewRule.objects.all(), actor=actor, number=rule_id)
    dated.withdraw(rule, actor=actor, reason=reason, action="review_rule.withdrawn")
    return rule


def _refuse_unreadable(steps: Any) -> None:
    """Also a category that no project has: such a review would never be asked."""
    try:
        reviews.check(steps)
    except Unreadable as error:
        message = _("These reviews cannot be read: each is of a known kind, asked once, under known conditions.")
        raise Unprocessable("review_rule.unreadable", message, fields={"steps": [message]}) from error
    for step in steps:
        for review in step["reviews"]:
            for category in review["when"].get("categories", []):
                dated.refuse_unknown("steps", category, Category.values)


def _told(rule: ReviewRule) -> dict[str, ledger.Fact]:
    return {"starts_on": rule.starts_on.isoformat(), "source": rule.source, "steps": rule.steps}
