"""Votes of money, expenditure, releases, carry-over and budgets: success, each refusal, what is on record (C12, T4)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Unprocessable
from core.models import LedgerEntry
from funding import invariants, money_facts, services
from funding.models import (
    Envelope,
    EnvelopeVote,
    Expenditure,
    FundingRequest,
    Release,
    RequestStatus,
    Supplement,
)
from tests.factories.funding import EnvelopeFactory
from tests.funding.purse import make_purse

D = Decimal


@pytest.fixture
def purse(office):
    return make_purse(office)


def acts():
    return list(LedgerEntry.objects.order_by("position").values_list("action", flat=True))


def propose(actor, **changed):
    fields = {
        "code": "ai-2026-27",
        "name_en": "AI 2026-27",
        "name_zh_hant": "人工智能 2026-27",
        "financial_year": 2026,
        "amount": D("100000000.00"),
        "source": "Estimates 2026-27, head 47",
    }
    return services.propose_envelope(actor=actor, **{**fields, **changed})


def test_money_is_voted_by_two_persons(office, finance, team):
    vote = propose(finance)
    assert Envelope.objects.get().amount == 0
    services.approve_vote(actor=team, vote_id=vote.pk)
    more = services.propose_vote(actor=finance, envelope_id=vote.envelope_id, amount=D("5.50"), source="FCR(2026-27)9")
    services.approve_vote(actor=team, vote_id=more.pk)

    assert Envelope.objects.get().amount == D("100000005.50")
    assert acts()[-4:] == ["envelope.proposed", "envelope.voted", "envelope.proposed", "envelope.voted"]


def test_who_proposed_a_vote_of_money_cannot_approve_it(office, team):
    vote = propose(team)

    with pytest.raises(NotAllowed) as refusal:
        services.approve_vote(actor=team, vote_id=vote.pk)

    assert refusal.value.code == "duty.separate"
    assert Envelope.objects.get().amount == 0


def test_a_withdrawn_vote_says_why_and_is_never_approved(office, finance, team):
    vote = propose(finance)
    with pytest.raises(InvalidInput):
        services.withdraw_vote(actor=team, vote_id=vote.pk, reason=" ")
    services.withdraw_vote(actor=team, vote_id=vote.pk, reason="Wrong head of expenditure.")

    with pytest.raises(Conflict) as refusal:
        services.approve_vote(actor=team, vote_id=vote.pk)

    assert refusal.value.code == "money.state"
    assert EnvelopeVote.objects.get().status == "withdrawn"
    assert Envelope.objects.get().amount == 0


@pytest.mark.parametrize(
    ("by", "changed", "error", "code"),
    [
        ("applicant", {}, NotAllowed, "duty.envelope"),
        ("finance", {"code": "AI 2026"}, InvalidInput, "code.format"),
        ("finance", {"name_en": " "}, InvalidInput, "blank"),
        ("finance", {"financial_year": 1999}, Unprocessable, "year.range"),
        ("finance", {"amount": D("0.00")}, InvalidInput, "amount.min"),
        ("finance", {"amount": D("0.001")}, InvalidInput, "amount.precision"),
        ("finance", {"source": ""}, InvalidInput, "blank"),
    ],
)
def test_a_vote_of_money_is_refused(office, by, changed, error, code):
    with pytest.raises(error) as refusal:
        propose(office.world[by], **changed)

    assert refusal.value.code == code
    assert not EnvelopeVote.objects.exists()


def test_a_code_names_one_envelope(office, finance):
    propose(finance)

    with pytest.raises(Conflict) as refusal:
        propose(finance)

    assert refusal.value.code == "envelope.code_taken"
    assert EnvelopeVote.objects.count() == 1


def test_a_department_records_its_own_expenditure_and_finance_everybodys(purse):
    purse.spend("100000.00", by="colleague")
    purse.spend("50000.00", by="finance", voucher="V-2")

    assert money_facts.total(Expenditure.objects.all()) == D("150000.00")
    assert acts()[-2:] == ["money.spent", "money.spent"]


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        ({"by": "b_applicant"}, NotAllowed, "spending.department"),
        ({"amount": "0.00"}, InvalidInput, "amount.min"),
        ({"category": "gifts"}, InvalidInput, "choice.invalid"),
        ({"voucher": " "}, InvalidInput, "blank"),
        ({"on": clock.today() + timedelta(days=1)}, Unprocessable, "date.future"),
    ],
)
def test_expenditure_is_refused(purse, said, error, code):
    with pytest.raises(error) as refusal:
        purse.spend(said.pop("amount", "1.00"), **said)

    assert refusal.value.code == code
    assert not Expenditure.objects.exists()


def test_expenditure_needs_money_committed_in_its_envelope(purse):
    with pytest.raises(Unprocessable) as refusal:
        purse.spend("1.00", envelope=EnvelopeFactory())

    assert refusal.value.code == "spending.no_commitment"


def test_the_same_payment_is_recorded_once(purse):
    purse.spend("1.00")

    with pytest.raises(Conflict) as refusal:
        purse.spend("1.00")

    assert refusal.value.code == "spending.twice"
    assert Expenditure.objects.count() == 1


def test_a_second_person_takes_an_entry_back_once(purse, colleague, finance, outsider):
    wrong = purse.spend("100.00", by="finance")
    with pytest.raises(NotAllowed) as own:
        services.correct_spending(actor=finance, expenditure_id=wrong.pk, reason="Typed twice.")
    with pytest.raises(NotAllowed) as stranger:
        services.correct_spending(actor=outsider, expenditure_id=wrong.pk, reason="Typed twice.")
    with pytest.raises(InvalidInput):
        services.correct_spending(actor=colleague, expenditure_id=wrong.pk, reason="")
    with pytest.raises(NotVisible):
        services.correct_spending(actor=colleague, expenditure_id=wrong.pk + 1, reason="None.")

    row = services.correct_spending(actor=colleague, expenditure_id=wrong.pk, reason="Typed twice.")

    assert (own.value.code, stranger.value.code) == ("duty.separate", "spending.department")
    assert row.amount == D("-100.00")
    assert money_facts.total(Expenditure.objects.all()) == 0
    assert acts()[-1] == "money.corrected"
    for again in (wrong, row):
        with pytest.raises(Conflict):
            services.correct_spending(actor=office_head(purse), expenditure_id=again.pk, reason="Again.")


def office_head(purse):
    return purse.office.world["head"]


def test_spending_above_the_approval_is_a_fact_and_opens_one_linked_supplement(purse):
    purse.spend("300000.00")
    assert not Supplement.objects.exists()

    purse.spend("0.01", voucher="V-2")
    purse.spend("5000.00", voucher="V-3")

    supplement = Supplement.objects.get()
    asked = supplement.request
    assert (asked.status, asked.own_amount, supplement.amount) == (RequestStatus.DRAFT, D("0.01"), D("0.01"))
    assert list(asked.linked.all()) == [purse.decision.request]
    assert asked.applicant == purse.decision.request.applicant
    assert money_facts.overspent(purse.decision) == D("5000.01")
    assert asked.reference in LedgerEntry.objects.filter(action="money.spent")[1].payload.decode()


def test_a_supplement_is_routed_again_with_the_sum_of_its_group_and_thaws_releases_once_published(purse, office):
    """T4: what was approved and what is asked on top are one amount for the tier."""
    purse.spend("450000.00")
    asked = Supplement.objects.get().request
    lead = office.world["applicant"]
    services.submit_request(actor=lead, request_id=asked.pk, expected_version=asked.version)
    asked.refresh_from_db()
    assert (asked.own_amount, asked.assessed_amount) == (D("150000.00"), D("450000.00"))
    with pytest.raises(Conflict):
        purse.release("1.00")

    services.decide_in_department(actor=office.world["head"], request_id=asked.pk, approve=True)
    services.publish_department_decision(actor=office.world["secretary"], request_id=asked.pk)

    assert money_facts.overspent(purse.decision) == 0
    assert purse.release("1.00").pk


def test_money_is_released_against_a_reached_milestone_up_to_the_commitment(purse):
    purse.release("200000.00")
    purse.release("100000.00")

    with pytest.raises(Conflict) as refusal:
        purse.release("0.01")

    assert refusal.value.code == "release.overdrawn"
    assert money_facts.total(Release.objects.all()) == D("300000.00")
    assert acts()[-1] == "money.released"


def test_a_release_waits_for_its_milestone(purse, office):
    other = make_purse(office).milestone()
    for milestone, code in ((purse.milestone(done=None), "release.milestone"), (other, "choice.invalid")):
        with pytest.raises((Conflict, InvalidInput)) as refusal:
            purse.release("1.00", milestone=milestone)
        assert refusal.value.code == code

    with pytest.raises(NotAllowed):
        purse.release("1.00", by="colleague")

    assert not Release.objects.exists()


def test_releases_freeze_when_the_decision_or_its_envelope_is_overspent(purse, office):
    purse.spend("300000.01")
    with pytest.raises(Conflict) as refusal:
        purse.release("1.00")
    assert refusal.value.code == "release.overspent"

    other = make_purse(office)
    Envelope.objects.filter(pk=other.envelope.pk).update(amount=D("10.00"))
    other.spend("11.00")
    with pytest.raises(Conflict) as refusal:
        other.release("1.00")

    assert refusal.value.code == "release.envelope_overspent"
    assert not Release.objects.exists()


def test_the_tolerance_is_policy(purse, team, administrator):
    policy = services.propose_money_policy(
        actor=administrator,
        starts_on=clock.today(),
        tolerance=D("100.00"),
        variance_percent=5,
        source="Circular 4/2026",
    )
    services.approve_money_policy(actor=team, policy_id=policy.pk)

    purse.spend("300100.00")
    assert not Supplement.objects.exists()
    purse.spend("0.01", voucher="V-2")

    assert Supplement.objects.get().amount == D("100.01")


def test_a_supplement_waits_until_the_one_before_is_answered(purse):
    purse.spend("300001.00")
    FundingRequest.objects.filter(supplements_decision__isnull=False).update(status=RequestStatus.WITHDRAWN)

    purse.spend("1.00", voucher="V-2")

    assert list(Supplement.objects.order_by("pk").values_list("amount", flat=True)) == [D("1.00"), D("2.00")]


def test_what_the_database_holds_adds_up(purse, team):
    purse.spend("310000.00", on=date(2026, 5, 4))

    assert [found for found in invariants.check() if found.startswith("M")] == []
