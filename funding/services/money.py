"""Approved money set aside, never above its envelope, never above its decision (DESIGN 4)."""

from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput
from core.money import CENT, hkd
from funding import money_facts, policies
from funding.models import Commitment, CostCategory, Envelope
from funding.services import locks

MOST = Decimal(10**12)  # the parser reads twelve digits before the point


@transaction.atomic
def commit(*, actor: User, decision_id: int, envelope_id: int, amount: Decimal, category: str = "") -> Commitment:
    """Set part or all of a published approval aside in an envelope. Both are locked before they are summed.

    `category` says for which part of the budget; empty for all of it.
    """
    decision = locks.decision_row(decision_id)
    policies.can_commit(actor, decision).or_raise()
    envelope = locks.envelope_row(envelope_id)
    if envelope is None:
        raise InvalidInput(
            "choice.invalid", policies.NO_SUCH_ENVELOPE, fields={"envelope": [policies.NO_SUCH_ENVELOPE]}
        )
    judge_amount(amount)
    refuse_year_over(envelope)
    if category and category not in CostCategory.values:
        raise InvalidInput("choice.invalid", _("There is no such category."), fields={"category": []})
    left = decision.amount - _committed(decision.commitments.all())
    if amount > left:
        reason = _("Only %(left)s of this decision is not committed yet.") % {"left": hkd(left)}
        raise Conflict("decision.overcommitted", reason, fields={"amount": [reason]})
    left = envelope.amount - _committed(envelope.commitments.all())
    if amount > left:
        reason = _("Only %(left)s is left in this envelope.") % {"left": hkd(left)}
        raise Conflict("envelope.overdrawn", reason, fields={"amount": [reason]})
    commitment = Commitment.objects.create(
        decision=decision,
        envelope=envelope,
        amount=amount,
        category=category,
        committed_by=actor.person,
        committed_at=clock.now(),
    )
    facts: dict[str, ledger.Fact] = {"decision": decision.pk, "envelope": envelope.code, "amount": str(amount)}
    if category:
        facts["category"] = category
    ledger.record("money.committed", actor=actor, subject=decision.request, facts=facts)
    return commitment


def refuse_year_over(envelope: Envelope, field: str = "envelope") -> None:
    """Money of a year is set aside and released until its 31 March; what is left then is carried over or lapses."""
    if money_facts.is_over(envelope):
        message = _("The financial year of this envelope is over.")
        raise Conflict("envelope.year_over", message, fields={field: [message]})


def judge_amount(amount: Decimal) -> None:
    """The money parser's own answer, for callers that did not come through it."""
    if not amount.is_finite() or amount <= 0:
        raise InvalidInput("amount.min", _("The amount must be more than HK$0.00."))
    if amount >= MOST:
        raise InvalidInput("amount.max", _("The amount can have at most 12 digits before the decimal point."))
    if amount != amount.quantize(CENT):
        raise InvalidInput("amount.precision", _("Write the amount to the cent: at most two decimals."))


def _committed(rows: "QuerySet[Commitment]") -> Decimal:
    return rows.aggregate(total=Sum("amount"))["total"] or Decimal("0.00")
