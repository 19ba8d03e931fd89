"""Money after approval, brought to any state by the services: a small request decided, published and committed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from funding import services
from funding.models import Decision, Envelope, Expenditure
from funding.services.spending import Payment
from tests.factories.funding import EnvelopeFactory, Office, line
from tests.factories.records import MilestoneFactory

HELD = "300000.00"
PAID_ON = date(2026, 5, 4)


@dataclass
class Purse:
    """One decision of HK$300,000.00 and the envelope of 2026-27 in which it is committed."""

    office: Office
    decision: Decision
    envelope: Envelope

    @property
    def finance(self) -> Any:
        return self.office.world["finance"]

    def commit(self, amount: str = HELD, *, envelope: Envelope | None = None, **more: Any) -> Any:
        return services.commit(
            actor=self.finance,
            decision_id=self.decision.pk,
            envelope_id=(envelope or self.envelope).pk,
            amount=Decimal(amount),
            **more,
        )

    def spend(self, amount: str, *, by: str = "finance", voucher: str = "V-1", **said: Any) -> Expenditure:
        payment = Payment(
            category=said.get("category", "software"),
            amount=Decimal(amount),
            spent_on=said.get("on") or PAID_ON,
            voucher=voucher,
            description=said.get("description", ""),
        )
        return services.record_spending(
            actor=self.office.world[by],
            decision_id=self.decision.pk,
            envelope_id=said.get("envelope", self.envelope).pk,
            payment=payment,
        )

    def milestone(self, *, done: date | None = date(2026, 5, 1)) -> Any:
        return MilestoneFactory(project=self.decision.request.project, done_on=done)

    def release(self, amount: str, *, milestone: Any = None, by: str = "finance") -> Any:
        return services.release_money(
            actor=self.office.world[by],
            decision_id=self.decision.pk,
            envelope_id=self.envelope.pk,
            milestone_id=(milestone or self.milestone()).pk,
            amount=Decimal(amount),
        )

    def carry(self, amount: str, target: Envelope, *, reason: str = "The server is late.") -> Any:
        return services.propose_carry_over(
            actor=self.finance,
            decision_id=self.decision.pk,
            source_id=self.envelope.pk,
            target_id=target.pk,
            amount=Decimal(amount),
            reason=reason,
        )


def decided(office: Office, amount: str = HELD, *, lines: Any = None) -> Decision:
    """The published decision of a Head of Department."""
    asked = lines or [line(amount)]
    request = office.submitted(amount, project_id=office.new_project().pk, lines=asked)
    services.decide_in_department(actor=office.world["head"], request_id=request.pk, approve=True)
    return services.publish_department_decision(actor=office.world["secretary"], request_id=request.pk)


def make_purse(office: Office, *, committed: str | None = HELD, lines: Any = None) -> Purse:
    purse = Purse(office, decided(office, lines=lines), EnvelopeFactory(amount=Decimal("1000000.00")))
    if committed:
        purse.commit(committed)
    return purse
