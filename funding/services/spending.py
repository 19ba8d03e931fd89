"""Expenditure as fact, its corrections, and what follows when more was spent than approved (DESIGN 4, Life)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
import rfc8785

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible, Unprocessable
from core.text import is_blank
from funding import policies
from funding.financial_years import financial_year_of, financial_year_words
from funding.models import CostCategory, Decision, Envelope, Expenditure, SpendingImport
from funding.rules import spending
from funding.services import locks, proposals, supplements
from funding.services.money import judge_amount


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment as somebody typed it or a file had it. `voucher` tells two equal payments apart."""

    category: str
    amount: Decimal
    spent_on: date
    voucher: str
    description: str = ""

    def digest(self, *, request: str, envelope: str) -> str:
        """SHA-256 of what was said: the same row of the same source is the same payment."""
        said = [request, envelope, self.category, str(self.amount), self.spent_on.isoformat(), self.voucher]
        return hashlib.sha256(rfc8785.dumps([*said, self.description])).hexdigest()


@transaction.atomic
def record_spending(*, actor: User, decision_id: int, envelope_id: int, payment: Payment) -> Expenditure:
    """Record what was paid. More than was approved is still a fact: it is marked and a supplement is drafted."""
    decision = locks.money_row(decision_id)
    policies.can_record_spending(actor, decision).or_raise()
    envelope = locks.envelope(envelope_id)
    row = write(decision, envelope, payment, actor=actor)
    opened = supplements.open_if_overspent(decision, envelope, payment.category)
    facts = _told(row) | ({"supplement": opened.request.reference} if opened else {})
    ledger.record("money.spent", actor=actor, subject=decision.request, facts=facts)
    return row


@transaction.atomic
def correct_spending(*, actor: User, expenditure_id: int, reason: str) -> Expenditure:
    """Take one entry back by a reversing one, by a second person. Both stay on record."""
    wrong = Expenditure.objects.visible_to(actor).filter(pk=expenditure_id).first()
    if wrong is None:
        raise NotVisible("spending.none", _("There is no such expenditure."))
    wrong.decision = locks.money_row(wrong.decision_id)
    wrong.envelope = locks.envelope(wrong.envelope_id)
    policies.can_correct_spending(actor, wrong).or_raise()
    proposals.refuse_unexplained(reason)
    row = Expenditure.objects.create(
        decision=wrong.decision,
        envelope=wrong.envelope,
        category=wrong.category,
        amount=-wrong.amount,
        spent_on=wrong.spent_on,
        voucher=wrong.voucher,
        description=wrong.description,
        source=wrong.source,
        row_digest=hashlib.sha256(f"reverses {wrong.pk}".encode()).hexdigest(),
        reverses=wrong,
        reason=reason,
        recorded_by=actor.person,
        recorded_at=clock.now(),
    )
    facts = _told(row) | {"reverses": wrong.pk, "reason": reason}
    ledger.record("money.corrected", actor=actor, subject=wrong.decision.request, facts=facts)
    return row


def write(
    decision: Decision,
    envelope: Envelope,
    payment: Payment,
    *,
    actor: User,
    source: str = Expenditure.TYPED,
    batch: SpendingImport | None = None,
) -> Expenditure:
    """One judged row under the locks of its decision and envelope; the caller records it."""
    judge(decision, envelope, payment)
    try:
        with transaction.atomic():
            return Expenditure.objects.create(
                decision=decision,
                envelope=envelope,
                category=payment.category,
                amount=payment.amount,
                spent_on=payment.spent_on,
                voucher=payment.voucher,
                description=payment.description,
                source=source,
                row_digest=payment.digest(request=decision.request.reference, envelope=envelope.code),
                batch=batch,
                recorded_by=actor.person,
                recorded_at=clock.now(),
            )
    except IntegrityError as error:
        message = _("This payment is already on record, with the same voucher, day and amount.")
        raise Conflict("spending.twice", message, fields={"voucher": [message]}) from error


def judge(decision: Decision, envelope: Envelope, payment: Payment) -> None:
    """What no row of expenditure may be, whoever sends it."""
    judge_amount(payment.amount)
    if payment.category not in CostCategory.values:
        message = _("There is no such category.")
        raise InvalidInput("choice.invalid", message, fields={"category": [message]})
    if is_blank(payment.voucher):
        message = _("Give the number of the voucher.")
        raise InvalidInput("blank", message, fields={"voucher": [message]})
    if payment.spent_on > clock.today():
        message = _("A payment cannot lie in the future.")
        raise Unprocessable("date.future", message, fields={"spent_on": [message]})
    if not spending.is_of_year(payment.spent_on, envelope.financial_year):
        year = financial_year_words(financial_year_of(payment.spent_on))
        words = _("A payment is charged to the financial year of its day: choose an envelope of %(year)s.")
        raise Unprocessable("spending.year", words % {"year": year}, fields={"spent_on": [words % {"year": year}]})
    if not decision.commitments.filter(envelope=envelope).exists():
        message = _("No money of this request was committed in this envelope.")
        raise Unprocessable("spending.no_commitment", message, fields={"envelope": [message]})


def _told(row: Expenditure) -> dict[str, ledger.Fact]:
    return {
        "expenditure": row.pk,
        "decision": row.decision_id,
        "envelope": row.envelope.code,
        "category": str(row.category),
        "amount": str(row.amount),
        "spent_on": row.spent_on.isoformat(),
        "voucher": row.voucher,
    }
