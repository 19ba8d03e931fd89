"""Carry-over between years, planned money and its variances: success, each refusal, what is on record (C12)."""

from decimal import Decimal

import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, Unprocessable
from core.models import LedgerEntry
from funding import money_facts, services
from funding.models import BudgetLine, CarryOver, Commitment, VarianceNote
from funding.selectors import variance
from tests.factories.funding import EnvelopeFactory, line
from tests.funding.purse import make_purse

D = Decimal


@pytest.fixture
def purse(office):
    return make_purse(office)


def acts():
    return list(LedgerEntry.objects.order_by("position").values_list("action", flat=True))


def test_a_carry_over_moves_the_commitment_and_keeps_both_years_visible(purse, team):
    target = EnvelopeFactory(financial_year=2027, amount=D("250000.00"))
    purse.release("40000.00")
    purse.spend("60000.00")
    row = purse.carry("240000.00", target)
    services.approve_carry_over(actor=team, carry_over_id=row.pk)

    moved = Commitment.objects.filter(carry_over=row).order_by("amount")
    assert [(one.envelope, one.amount) for one in moved] == [
        (purse.envelope, D("-240000.00")),
        (target, D("240000.00")),
    ]
    assert money_facts.total(purse.decision.commitments.all()) == D("300000.00")
    assert acts()[-2:] == ["money.carry_proposed", "money.carried"]


@pytest.mark.parametrize(
    ("amount", "year", "held", "error", "code"),
    [
        ("240000.01", 2027, "250000.00", Conflict, "carry.too_much"),
        ("1.00", 2026, "250000.00", Unprocessable, "carry.later"),
        ("240000.00", 2027, "239999.99", Conflict, "envelope.overdrawn"),
    ],
)
def test_a_carry_over_is_refused(purse, amount, year, held, error, code):
    purse.spend("60000.00")

    with pytest.raises(error) as refusal:
        purse.carry(amount, EnvelopeFactory(financial_year=year, amount=D(held)))

    assert refusal.value.code == code
    assert not CarryOver.objects.exists()


def test_a_carry_over_is_judged_again_when_it_is_approved_by_a_second_person(purse, finance, team):
    row = purse.carry("300000.00", EnvelopeFactory(financial_year=2027))
    with pytest.raises(NotAllowed):
        services.approve_carry_over(actor=finance, carry_over_id=row.pk)
    purse.spend("0.01")

    with pytest.raises(Conflict) as refusal:
        services.approve_carry_over(actor=team, carry_over_id=row.pk)
    services.withdraw_carry_over(actor=finance, carry_over_id=row.pk, reason="Spent after all.")

    assert refusal.value.code == "carry.too_much"
    assert Commitment.objects.filter(carry_over__isnull=False).count() == 0


def test_planned_money_moves_within_the_decision(office, colleague):
    lines = [line("200000.00", category="hardware"), line("100000.00")]
    purse = make_purse(office, lines=lines)

    services.move_budget(
        actor=colleague,
        decision_id=purse.decision.pk,
        source=(2026, "hardware"),
        target=(2027, "training"),
        amount=D("50000.00"),
        reason="People first.",
    )

    assert money_facts.budget(purse.decision) == {
        (2026, "hardware"): D("150000.00"),
        (2026, "software"): D("100000.00"),
        (2027, "training"): D("50000.00"),
    }
    assert money_facts.total(BudgetLine.objects.all()) == purse.decision.amount
    assert acts()[-1] == "money.budget_moved"


@pytest.mark.parametrize(
    ("source", "target", "amount", "code"),
    [
        ((2026, "software"), (2027, "software"), "300000.01", "budget.too_much"),
        ((2026, "hardware"), (2027, "software"), "0.01", "budget.too_much"),
        ((2026, "software"), (2026, "software"), "1.00", "budget.same"),
        ((2026, "gifts"), (2026, "software"), "1.00", "choice.invalid"),
    ],
)
def test_a_move_of_planned_money_is_refused(purse, colleague, source, target, amount, code):
    with pytest.raises((Conflict, InvalidInput, Unprocessable)) as refusal:
        services.move_budget(
            actor=colleague,
            decision_id=purse.decision.pk,
            source=source,
            target=target,
            amount=D(amount),
            reason="Needed.",
        )

    assert refusal.value.code == code
    assert not BudgetLine.objects.exists()


def test_a_variance_is_explained_for_the_figures_as_they_stand(purse, colleague):
    purse.spend("340000.00")
    wanted = [row for row in variance.rows(purse.decision) if row.is_unexplained]
    assert [(row.category, row.difference) for row in wanted] == [("software", D("40000.00"))]

    services.explain_variance(
        actor=colleague,
        decision_id=purse.decision.pk,
        financial_year=2026,
        category="software",
        text="The exchange rate.",
    )

    assert not any(row.is_unexplained for row in variance.rows(purse.decision))
    purse.spend("1.00", voucher="V-2")
    assert any(row.is_unexplained for row in variance.rows(purse.decision))
    assert VarianceNote.objects.count() == 1
    assert "money.explained" in acts()
