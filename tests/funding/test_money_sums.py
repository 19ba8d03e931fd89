"""Any order of acts about money: nothing is overdrawn, and every sum is what a plain recomputation gives (C12)."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
import pytest
import time_machine

from core.errors import DomainError
from funding import money_invariants, services
from funding.models import Envelope
from funding.selectors import envelopes
from funding.services.spending import Payment
from tests.factories.funding import EnvelopeFactory
from tests.factories.records import MilestoneFactory
from tests.funding.purse import PAID_ON, decided

APPROVED = Decimal("300000.00")
AMOUNTS = st.sampled_from(["0.01", "50000.00", "100000.00", "149999.99", "150000.00", "300000.00"]).map(Decimal)
PICK = st.integers(0, 1)
STEP = st.tuples(
    st.sampled_from(["vote", "commit", "commit", "release", "spend", "correct", "carry"]), PICK, PICK, AMOUNTS
)


@dataclass
class Books:
    """The same story kept by plain sums: what is allowed and what stands, from lists of what was accepted."""

    allocated: list[Decimal]
    committed: list[tuple[int, int, Decimal]] = field(default_factory=list)
    released: list[tuple[int, int, Decimal]] = field(default_factory=list)
    spent: list[tuple[int, int, Decimal]] = field(default_factory=list)

    def of(self, rows: list[tuple[int, int, Decimal]], decision: int | None, envelope: int | None) -> Decimal:
        return sum(
            (row[2] for row in rows if decision in (None, row[0]) and envelope in (None, row[1])), Decimal("0.00")
        )

    def may_commit(self, decision: int, envelope: int, amount: Decimal) -> bool:
        fits = self.of(self.committed, decision, None) + amount <= APPROVED
        return fits and self.of(self.committed, None, envelope) + amount <= self.allocated[envelope]

    def may_release(self, decision: int, envelope: int, amount: Decimal) -> bool:
        over = self.of(self.spent, decision, None) > APPROVED
        over = over or self.of(self.spent, None, envelope) > self.allocated[envelope]
        free = self.of(self.committed, decision, envelope) - self.of(self.released, decision, envelope)
        return not over and amount <= free

    def may_carry(self, decision: int, amount: Decimal) -> bool:
        used = max(self.of(self.released, decision, 0), self.of(self.spent, decision, 0))
        fits = amount <= self.of(self.committed, decision, 0) - used
        return fits and self.of(self.committed, None, 1) + amount <= self.allocated[1]

    def standing(self) -> list[tuple[Decimal, Decimal, Decimal, Decimal, Decimal]]:
        found = []
        for number, held in enumerate(self.allocated):
            committed, released, spent = (
                self.of(rows, None, number) for rows in (self.committed, self.released, self.spent)
            )
            found.append((held, committed, released, spent, held - committed))
        return found


@dataclass
class Story:
    """Two approvals of HK$300,000.00, an envelope of this year and a smaller one of the next."""

    office: Any
    decisions: list[Any]
    envelopes: list[Envelope]
    milestones: list[Any]
    books: Books
    payments: list[Any] = field(default_factory=list)
    reversed: set[Any] = field(default_factory=set)

    def step(self, act: str, decision: int, envelope: int, amount: Decimal) -> None:
        allowed = getattr(self, act)(decision, envelope, amount)
        if allowed is None:
            return
        expected, do, keep = allowed
        try:
            with transaction.atomic():
                made = do()
        except DomainError:
            assert not expected, f"{act} was refused"
            return
        assert expected, f"{act} was accepted"
        keep(made)

    def by(self, name: str) -> Any:
        return self.office.world[name]

    def vote(self, decision: int, envelope: int, amount: Decimal) -> Any:
        def do() -> Any:
            row = services.propose_vote(
                actor=self.by("finance"), envelope_id=self.envelopes[envelope].pk, amount=amount, source="FCR"
            )
            return services.approve_vote(actor=self.by("team"), vote_id=row.pk)

        def keep(row: Any) -> None:
            self.books.allocated[envelope] += amount

        return True, do, keep

    def commit(self, decision: int, envelope: int, amount: Decimal) -> Any:
        def do() -> Any:
            return services.commit(actor=self.by("finance"), amount=amount, **self.place(decision, envelope))

        allowed = self.books.may_commit(decision, envelope, amount)
        return allowed, do, lambda row: self.books.committed.append((decision, envelope, amount))

    def release(self, decision: int, envelope: int, amount: Decimal) -> Any:
        def do() -> Any:
            place = self.place(decision, envelope) | {"milestone_id": self.milestones[decision].pk}
            return services.release_money(actor=self.by("finance"), amount=amount, **place)

        allowed = self.books.may_release(decision, envelope, amount)
        return allowed, do, lambda row: self.books.released.append((decision, envelope, amount))

    def spend(self, decision: int, envelope: int, amount: Decimal) -> Any:
        """Payments are of this year, so the envelope of the next one refuses them."""
        payment = Payment("software", amount, PAID_ON, f"V-{len(self.payments)}")

        def do() -> Any:
            return services.record_spending(actor=self.by("finance"), payment=payment, **self.place(decision, envelope))

        def keep(row: Any) -> None:
            self.payments.append((row.pk, decision, amount))
            self.books.spent.append((decision, 0, amount))

        touched = any(row[:2] == (decision, 0) for row in self.books.committed)
        return envelope == 0 and touched, do, keep

    def correct(self, decision: int, envelope: int, amount: Decimal) -> Any:
        """The first or the last payment on record is taken back, once."""
        if not self.payments:
            return None
        key, of, paid = self.payments[-envelope]

        def do() -> Any:
            return services.correct_spending(actor=self.by("colleague"), expenditure_id=key, reason="Typed twice.")

        def keep(row: Any) -> None:
            self.reversed.add(key)
            self.books.spent.append((of, 0, -paid))

        return key not in self.reversed, do, keep

    def carry(self, decision: int, envelope: int, amount: Decimal) -> Any:
        def do() -> Any:
            row = services.propose_carry_over(
                actor=self.by("finance"),
                decision_id=self.decisions[decision].pk,
                source_id=self.envelopes[0].pk,
                target_id=self.envelopes[1].pk,
                amount=amount,
                reason="The server is late.",
            )
            return services.approve_carry_over(actor=self.by("team"), carry_over_id=row.pk)

        def keep(row: Any) -> None:
            self.books.committed += [(decision, 0, -amount), (decision, 1, amount)]

        return self.books.may_carry(decision, amount), do, keep

    def place(self, decision: int, envelope: int) -> dict[str, int]:
        return {"decision_id": self.decisions[decision].pk, "envelope_id": self.envelopes[envelope].pk}

    def shown(self) -> list[tuple[Decimal, Decimal, Decimal, Decimal, Decimal]]:
        rows: list[Any] = list(envelopes.with_sums().filter(pk__in=[row.pk for row in self.envelopes]).order_by("pk"))
        return [(row.amount, row.committed, row.released, row.spent, row.left) for row in rows]


class Undo(Exception):
    """Every story begins from the same prepared state."""


@pytest.mark.prove("funding")
def test_no_order_of_acts_overdraws_and_every_sum_is_a_plain_recomputation(office, proof):
    with time_machine.travel("2026-11-20T04:00:00Z", tick=True):
        decisions = [decided(office) for _number in range(2)]
    held = [
        EnvelopeFactory(financial_year=2026, amount=Decimal("400000.00")),
        EnvelopeFactory(financial_year=2027, amount=Decimal("150000.00")),
    ]
    milestones = [MilestoneFactory(project=row.request.project, done_on=PAID_ON) for row in decisions]
    told = []

    @settings(
        max_examples=proof.size(gate=12, full=2_000),
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.lists(STEP, min_size=3, max_size=10))
    def tell(steps: list[Any]) -> None:
        story = Story(office, decisions, held, milestones, Books([row.amount for row in held]))
        with pytest.raises(Undo), transaction.atomic():
            for one in steps:
                story.step(*one)
                assert story.shown() == story.books.standing()
                assert all(row[4] >= 0 for row in story.shown())
            assert list(money_invariants.check()) == []
            told.append(len(steps))
            raise Undo

    with time_machine.travel("2026-11-20T04:00:00Z", tick=True):
        tell()
    proof.figure("acts", sum(told))
