"""Approved money set aside, never above its envelope, never above its decision (DESIGN 4)."""

from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput
from core.money import CENT, hkd
from funding import policies
from funding.models import Commitment
from funding.services import locks


@transaction.atomic
def commit(*, actor: User, decision_id: int, envelope_id: int, amount: Decimal) -> Commitment:
    """Set part or all of a published approval aside in an envelope. Both are locked before they are summed."""
    decision = locks.decision_row(decision_id)
    policies.can_commit(actor, decision).or_raise()
    envelope = locks.envelope_row(envelope_id)
    if envelope is None:
        raise InvalidInput(
            "choice.invalid", policies.NO_SUCH_ENVELOPE, fields={"envelope": [policies.NO_SUCH_ENVELOPE]}
        )
    _judge_amount(amount)
    left = decision.amount - _committed(decision.commitments.all())
    if amount > left:
        reason = _("Only %(left)s of this decision is not committed yet.") % {"left": hkd(left)}
        raise Conflict("decision.overcommitted", reason, fields={"amount": [reason]})
    left = envelope.amount - _committed(envelope.commitments.all())
    if amount > left:
        reason = _("Only %(left)s is left in this envelope.") % {"left": hkd(left)}
        raise Conflict("envelope.overdrawn", reason, fields={"amount": [reason]})
    commitment = Commitment.objects.create(
        decision=decision, envelope=envelope, amount=amount, committed_by=actor.person, committed_at=clock.now()
    )
    ledger.record(
        "money.committed",
        actor=actor,
        subject=decision.request,
        facts={"decision": decision.pk, "envelope": envelope.code, "amount": str(amount)},
    )
    return commitment


def _judge_amount(amount: Decimal) -> None:
    """The money parser's own answer, for callers that did not come through it."""
    if not amount.is_finite() or amount <= 0:
        raise InvalidInput("amount.min", _("The amount must be more than HK$0.00."))
    if amount != amount.quantize(CENT):
        raise InvalidInput("amount.precision", _("Write the amount to the cent: at most two decimals."))


def _committed(rows: "QuerySet[Commitment]") -> Decimal:
    return rows.aggregate(total=Sum("amount"))["total"] or Decimal("0.00")
