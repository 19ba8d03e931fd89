"""Committed money carried from one financial year into a later one, by two persons (DESIGN 4, Life)."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, NotVisible, Unprocessable
from core.money import hkd
from funding import money_facts, policies
from funding.models import CarryOver, Commitment, Decision, Envelope, Release
from funding.rules import spending
from funding.services import locks, proposals
from funding.services.money import judge_amount, refuse_year_over


@transaction.atomic
def propose_carry_over(
    *, actor: User, decision_id: int, source_id: int, target_id: int, amount: Decimal, reason: str
) -> CarryOver:
    """Propose that money committed in one year and not spent in it be held in a later year instead."""
    decision = locks.decision_row(decision_id)
    policies.can_carry_over(actor, decision).or_raise()
    source, target = locks.envelopes(source_id, target_id)
    judge_amount(amount)
    proposals.refuse_unexplained(reason)
    _judge(decision, source, target, amount)
    row = CarryOver.objects.create(
        decision=decision,
        source=source,
        target=target,
        amount=amount,
        reason=reason,
        proposed_by=actor.person,
        proposed_at=clock.now(),
    )
    ledger.record("money.carry_proposed", actor=actor, subject=decision.request, facts=_told(row))
    return row


@transaction.atomic
def approve_carry_over(*, actor: User, carry_over_id: int) -> CarryOver:
    """Move the commitment: below zero in the year it leaves, above in the year that takes it.

    What was released of it falls away: in its new year it is released anew.
    """
    row = _locked(carry_over_id)
    policies.can_approve_money(actor, row).or_raise()
    _judge(row.decision, row.source, row.target, row.amount)
    proposals.approve(row, actor=actor)
    _let_lapse(row, actor=actor)
    for envelope, amount in ((row.source, -row.amount), (row.target, row.amount)):
        Commitment.objects.create(
            decision=row.decision,
            envelope=envelope,
            amount=amount,
            carry_over=row,
            committed_by=actor.person,
            committed_at=clock.now(),
        )
    ledger.record("money.carried", actor=actor, subject=row.decision.request, facts=_told(row))
    return row


@transaction.atomic
def withdraw_carry_over(*, actor: User, carry_over_id: int, reason: str) -> CarryOver:
    row = _locked(carry_over_id)
    proposals.withdraw(row, actor=actor, reason=reason)
    ledger.record(
        "money.carry_withdrawn", actor=actor, subject=row.decision.request, facts=_told(row) | {"reason": reason}
    )
    return row


def _judge(decision: Decision, source: Envelope, target: Envelope, amount: Decimal) -> None:
    """Within the decision, forward in time, and with room in the envelope that takes it."""
    if target.financial_year <= source.financial_year:
        message = _("Money is carried into a later financial year.")
        raise Unprocessable("carry.later", message, fields={"target": [message]})
    refuse_year_over(target, "target")
    left = money_facts.may_carry(decision, source)
    if amount > left:
        words = _("Only %(left)s of this decision may be carried over from there.") % {"left": hkd(left)}
        raise Conflict("carry.too_much", words, fields={"amount": [words]})
    room = target.amount - money_facts.total(target.commitments.all())
    if amount > room:
        words = _("Only %(left)s is left in this envelope.") % {"left": hkd(room)}
        raise Conflict("envelope.overdrawn", words, fields={"amount": [words]})


def _let_lapse(row: CarryOver, *, actor: User) -> None:
    amount = spending.lapses(
        committed=money_facts.total(row.decision.commitments.filter(envelope=row.source)),
        released=money_facts.total(row.decision.releases.filter(envelope=row.source)),
        carried=row.amount,
    )
    if amount:
        Release.objects.create(
            decision=row.decision,
            envelope=row.source,
            amount=-amount,
            carry_over=row,
            released_by=actor.person,
            released_at=clock.now(),
        )


def _locked(carry_over_id: int) -> CarryOver:
    """The carry-over, after its decision and envelopes in the order all acts take them."""
    found = CarryOver.objects.filter(pk=carry_over_id).values_list("decision", "source", "target").first()
    if found is None:
        raise NotVisible("carry.none", _("There is no such carry-over."))
    decision = locks.decision_row(found[0])
    source, target = locks.envelopes(found[1], found[2])
    row = CarryOver.objects.select_for_update(of=("self",)).get(pk=carry_over_id)
    row.decision, row.source, row.target = decision, source, target
    return row


def _told(row: CarryOver) -> dict[str, ledger.Fact]:
    return {
        "carry_over": row.pk,
        "decision": row.decision_id,
        "from": row.source.code,
        "to": row.target.code,
        "amount": str(row.amount),
        "why": row.reason,
    }
