"""A request from draft to committed money through the services, with its ledger."""

from decimal import Decimal

from core import ledger
from core.models import LedgerEntry
from funding import invariants, services, wording
from tests.factories.funding import EnvelopeFactory


def test_a_request_runs_its_whole_course_and_every_act_is_in_the_ledger(office, finance):
    decision = office.published("1200000.00", "ffffas")
    envelope = EnvelopeFactory()
    services.commit(actor=finance, decision_id=decision.pk, envelope_id=envelope.pk, amount=Decimal("1200000.00"))

    assert list(LedgerEntry.objects.order_by("position").values_list("action", flat=True)) == [
        "request.submitted",
        "request.endorsed",
        "request.screened",
        "round.opened",
        *["vote.cast"] * 6,
        "round.last_call",
        "round.closed",
        "decision.published",
        "money.committed",
    ]
    assert ledger.verify(ledger.stored_chain()) == ledger.head()
    assert invariants.check() == []
    assert wording.result_sentence(decision.round.result) == (
        "9 seats, 0 recused, 9 may vote, quorum 5 met (6 voted): for 4, against 1, abstain 1;"
        " more than half of 5 votes for or against: carried."
    )
