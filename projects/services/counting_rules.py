"""The counting rule as dated policy: proposed by one person, approved by another, never in the past (FEATURES B4)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import InvalidInput, NotVisible, Unprocessable
from core.policy import approve, refuse_overlap, refuse_past
from core.text import is_blank
from projects import policies
from projects.models import CountingRule, EvidenceKind
from projects.services.recording import refresh_standings

Status = CountingRule.Status
MONTHS = (1, 60)
LATE_DAYS = (0, 365)
RESTATEMENT_DAYS = (0, 366)


@transaction.atomic
def propose_rule(
    *,
    actor: User,
    starts_on: date,
    required_evidence: Sequence[str],
    source: str,
    verifier_scope: str = CountingRule.VerifierScope.FAMILY,
    attestation_months: int = 12,
    late_claim_days: int = 14,
    restatement_days: int = 31,
    transition_on: date | None = None,
) -> CountingRule:
    """Propose what makes a procedure count from a day on, until the next rule. Nothing changes until approved."""
    policies.can_propose_rule(actor).or_raise()
    refuse_past(starts_on, today=clock.today())
    _refuse_unknown(required_evidence, source)
    _refuse_order(starts_on, transition_on)
    for name, value, limits in (
        ("attestation_months", attestation_months, MONTHS),
        ("late_claim_days", late_claim_days, LATE_DAYS),
        ("restatement_days", restatement_days, RESTATEMENT_DAYS),
    ):
        _refuse_outside(name, value, limits)
    refuse_overlap(CountingRule.objects.all(), starts_on)
    rule = CountingRule.objects.create(
        starts_on=starts_on,
        required_evidence=sorted(set(required_evidence)),
        verifier_scope=verifier_scope,
        attestation_months=attestation_months,
        late_claim_days=late_claim_days,
        restatement_days=restatement_days,
        transition_on=transition_on,
        source=source,
        proposed_by=actor.person,
    )
    ledger.record("counting_rule.proposed", actor=actor, subject=rule, facts=_told(rule))
    return rule


@transaction.atomic
def approve_rule(*, actor: User, rule_id: int) -> CountingRule:
    """Put a proposed rule in force from its start, ending the open one before it there."""
    rule = _locked(actor, rule_id)
    policies.can_approve_rule(actor, rule).or_raise()
    approve(rule, rows=CountingRule.objects.all(), approver_id=actor.person_id, today=clock.today(), now=clock.now())
    refresh_standings()
    ledger.record("counting_rule.approved", actor=actor, subject=rule, facts=_told(rule))
    return rule


@transaction.atomic
def withdraw_rule(*, actor: User, rule_id: int, reason: str) -> CountingRule:
    """Take a proposal back, or turn it down; it stays on record. An approved rule is ended by the next one."""
    rule = _locked(actor, rule_id)
    policies.can_withdraw_rule(actor, rule).or_raise()
    if is_blank(reason):
        message = _("Say why the proposal is withdrawn.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    rule.status = Status.WITHDRAWN
    rule.save(update_fields=["status"])
    ledger.record("counting_rule.withdrawn", actor=actor, subject=rule, facts={"reason": reason})
    return rule


def _locked(actor: User, rule_id: int) -> CountingRule:
    """One rule changes at a time: an approval also ends its predecessor and moves the summaries."""
    rule = CountingRule.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=rule_id).first()
    if rule is None:
        raise NotVisible("policy.unknown", _("There is no such policy."))
    return rule


def _told(rule: CountingRule) -> dict[str, ledger.Fact]:
    return {
        "starts_on": rule.starts_on.isoformat(),
        "required_evidence": list(rule.required_evidence),
        "verifier_scope": str(rule.verifier_scope),
        "attestation_months": rule.attestation_months,
        "late_claim_days": rule.late_claim_days,
        "restatement_days": rule.restatement_days,
        "transition_on": rule.transition_on.isoformat() if rule.transition_on else "",
        "source": rule.source,
    }


def _refuse_unknown(required_evidence: Sequence[str], source: str) -> None:
    if not required_evidence or not set(required_evidence) <= set(EvidenceKind.values):
        message = _("Choose at least one kind of evidence from those offered.")
        raise InvalidInput("choice.invalid", message, fields={"required_evidence": [message]})
    if is_blank(source):
        message = _("Say where the rule is written.")
        raise InvalidInput("blank", message, fields={"source": [message]})


def _refuse_order(starts_on: date, transition_on: date | None) -> None:
    if transition_on is not None and transition_on < starts_on:
        message = _("The transition date cannot be before the day the rule starts.")
        raise Unprocessable("date.order", message, fields={"transition_on": [message]})


def _refuse_outside(name: str, value: int, limits: tuple[int, int]) -> None:
    least, most = limits
    if not least <= value <= most:
        message = _("A whole number from %(least)s to %(most)s is wanted.") % {"least": least, "most": most}
        raise Unprocessable("number.range", message, fields={name: [message]})
