"""Committed money given free for payment once its milestone is reached (DESIGN 4, Life)."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput
from core.money import hkd
from funding import money_facts, policies
from funding.models import Decision, Envelope, Release
from funding.services import locks
from funding.services.money import judge_amount, refuse_year_over
from projects.models import Milestone


@transaction.atomic
def release_money(
    *, actor: User, decision_id: int, envelope_id: int, milestone_id: int, amount: Decimal, note: str = ""
) -> Release:
    """Free part of a commitment: the milestone is reached, no condition is open and nothing is overspent."""
    decision = locks.money_row(decision_id)
    policies.can_release(actor, decision).or_raise()
    envelope = locks.envelope(envelope_id)
    milestone = _milestone(decision, milestone_id)
    judge_amount(amount)
    _judge(decision, envelope)
    left = money_facts.may_release(decision, envelope)
    if amount > left:
        message = _("Only %(left)s of what is committed there is not released yet.") % {"left": hkd(left)}
        raise Conflict("release.overdrawn", message, fields={"amount": [message]})
    row = Release.objects.create(
        decision=decision,
        envelope=envelope,
        milestone=milestone,
        amount=amount,
        note=note,
        released_by=actor.person,
        released_at=clock.now(),
    )
    facts: dict[str, ledger.Fact] = {
        "release": row.pk,
        "decision": decision.pk,
        "envelope": envelope.code,
        "milestone": milestone.pk,
        "amount": str(amount),
    }
    ledger.record("money.released", actor=actor, subject=decision.request, facts=facts)
    return row


def _milestone(decision: Decision, milestone_id: int) -> Milestone:
    """A milestone of the request's own project that is on record as reached, today or before."""
    found = Milestone.objects.filter(
        pk=milestone_id, project=decision.request.project_id, withdrawn_at__isnull=True
    ).first()
    if found is None:
        message = _("Choose a milestone of this project.")
        raise InvalidInput("choice.invalid", message, fields={"milestone": [message]})
    if found.done_on is None or found.done_on > clock.today():
        message = _("This milestone is not reached yet.")
        raise Conflict("release.milestone", message, fields={"milestone": [message]})
    return found


def _judge(decision: Decision, envelope: Envelope) -> None:
    """What freezes releases, whatever the amount."""
    refuse_year_over(envelope)
    if money_facts.open_conditions(decision):
        raise Conflict("release.conditions", _("Conditions of this decision are still open."))
    if money_facts.overspent(decision):
        raise Conflict(
            "release.overspent", _("More was spent than approved. No money is released before a supplement.")
        )
    if money_facts.envelope_overspent(envelope):
        raise Conflict("release.envelope_overspent", _("More was spent from this envelope than voted into it."))
