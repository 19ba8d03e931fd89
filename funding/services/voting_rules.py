"""How a body decides, as dated policy: proposed by one person, approved by another (DESIGN 5)."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Unprocessable
from core.policy import refuse_overlap, refuse_past
from funding import facts, policies
from funding.models import Body, VotingRule
from funding.services import dated

LIMITS = {
    "quorum_share_percent": (0, 99),
    "quorum_least": (1, 50),
    "majority_percent": (50, 99),
    "last_call_seconds": (10, 600),
}


@transaction.atomic
def propose_voting_rule(
    *,
    actor: User,
    body: Body,
    starts_on: date,
    source: str,
    quorum_share_percent: int = 50,
    quorum_least: int = 3,
    majority_percent: int = 50,
    majority_base: str = VotingRule.Base.CAST,
    recused_count_for_quorum: bool = False,
    tie: str = VotingRule.Tie.FAILS,
    last_call_seconds: int = 60,
) -> VotingRule:
    """Propose how a body decides from a day on, until its next rule. Nothing changes until approved."""
    policies.can_propose_policy(actor).or_raise()
    refuse_past(starts_on, today=clock.today())
    dated.refuse_unsourced(source)
    rule = VotingRule(
        body=body,
        starts_on=starts_on,
        quorum_share_percent=quorum_share_percent,
        quorum_least=quorum_least,
        majority_percent=majority_percent,
        majority_base=majority_base,
        recused_count_for_quorum=recused_count_for_quorum,
        tie=tie,
        last_call_seconds=last_call_seconds,
        source=source,
        proposed_by=actor.person,
    )
    dated.refuse_outside({name: getattr(rule, name) for name in LIMITS}, LIMITS)
    dated.refuse_unknown("majority_base", majority_base, VotingRule.Base.values)
    dated.refuse_unknown("tie", tie, VotingRule.Tie.values)
    _judge(rule)
    refuse_overlap(_of(body), starts_on)
    rule.save()
    ledger.record("voting_rule.proposed", actor=actor, subject=rule, facts=_told(rule))
    return rule


@transaction.atomic
def approve_voting_rule(*, actor: User, rule_id: int) -> VotingRule:
    """Put a proposed rule in force from its first day. An open round keeps the rule it was opened with."""
    rule = dated.locked(VotingRule.objects.select_related("body"), actor=actor, number=rule_id)
    dated.approve(rule, actor=actor, rows=_of(rule.body))
    ledger.record("voting_rule.approved", actor=actor, subject=rule, facts=_told(rule))
    return rule


@transaction.atomic
def withdraw_voting_rule(*, actor: User, rule_id: int, reason: str) -> VotingRule:
    rule = dated.locked(VotingRule.objects.select_related("body"), actor=actor, number=rule_id)
    dated.withdraw(rule, actor=actor, reason=reason, action="voting_rule.withdrawn")
    return rule


def _of(body: Body) -> "QuerySet[VotingRule]":
    return VotingRule.objects.filter(body=body)


def _judge(rule: VotingRule) -> None:
    """A rule that could never be met would stop its body; a casting vote exists only among votes for and against."""
    if rule.tie == VotingRule.Tie.CASTING_VOTE and rule.majority_base != VotingRule.Base.CAST:
        message = _("A casting vote settles equal votes only where the majority is of votes for and against.")
        raise Unprocessable("tie.base", message, fields={"tie": [message]})
    seats = facts.seats_on(rule.body, clock.today()).count()
    wanted = facts.voting_rule(rule).quorum(seats=seats, recused=0)
    if seats and wanted > seats:
        beyond = _("The body has %(seats)s seats, so a quorum of %(wanted)s could never be met.") % {
            "seats": seats,
            "wanted": wanted,
        }
        raise Unprocessable("quorum.unreachable", beyond, fields={"quorum_least": [beyond]})


def _told(rule: VotingRule) -> dict[str, ledger.Fact]:
    return {
        "body": rule.body.code,
        "starts_on": rule.starts_on.isoformat(),
        "quorum_share_percent": rule.quorum_share_percent,
        "quorum_least": rule.quorum_least,
        "recused_count_for_quorum": rule.recused_count_for_quorum,
        "majority_percent": rule.majority_percent,
        "majority_base": str(rule.majority_base),
        "tie": str(rule.tie),
        "last_call_seconds": rule.last_call_seconds,
        "source": rule.source,
    }
