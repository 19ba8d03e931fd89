"""Decisions in the department, publication, and the money that follows."""

from decimal import Decimal

import pytest

from core.errors import Conflict, InvalidInput, InvalidMove, NotAllowed, NotVisible, Unprocessable
from core.models import LedgerEntry, OutboxMessage
from funding import invariants, services
from funding.models import Commitment, Decision, FundingRequest
from tests.factories.funding import EnvelopeFactory


def decide(office, request, *, by="head", **decision):
    return services.decide_in_department(actor=office.world[by], request_id=request.pk, **{"approve": True, **decision})


def test_the_head_decides_the_smallest_requests(office, head):
    request = office.submitted("499999.99")

    decision = decide(office, request, amount=Decimal("400000.00"), reason="One site less.")

    request.refresh_from_db()
    assert (decision.outcome, decision.amount, decision.decided_by) == ("approved", Decimal("400000.00"), head.person)
    assert (request.status, request.outcome) == ("decided", "")
    assert LedgerEntry.objects.latest("position").action == "decision.made"
    assert invariants.check() == []


@pytest.mark.parametrize(
    ("by", "amount", "decision", "error", "code"),
    [
        ("colleague", "100.00", {}, NotAllowed, "head.only"),
        ("outsider", "100.00", {}, NotVisible, "request.none"),
        ("head", "500000.00", {}, Conflict, "tier.mismatch"),
        ("head", "100.00", {"approve": False}, InvalidInput, "reason.required"),
        ("head", "100.00", {"amount": Decimal("100.01")}, Unprocessable, "decision.amount"),
        ("head", "100.00", {"amount": Decimal("0.00")}, Unprocessable, "decision.amount"),
        ("head", "100.00", {"amount": Decimal("99.99")}, InvalidInput, "reason.required"),
    ],
)
def test_a_decision_is_refused(office, by, amount, decision, error, code):
    request = office.submitted(amount)

    with pytest.raises(error) as refusal:
        decide(office, request, by=by, **decision)

    assert refusal.value.code == code
    assert not Decision.objects.exists()


def test_a_head_cannot_decide_a_request_they_lead(office, head):
    request = office.submitted("100.00", project_id=office.new_project(lead=head.person).pk)

    with pytest.raises(NotAllowed) as refusal:
        decide(office, request)

    assert (refusal.value.code, request.tier) == ("vote.conflict", "working_group")


def test_a_draft_is_not_decided_in_one_step(office):
    with pytest.raises(InvalidMove) as refusal:
        decide(office, office.draft("100.00"))

    assert refusal.value.code == "state.move"


def test_a_rejection_with_its_reason_is_published(office, secretary):
    request = office.submitted("100.00")
    decide(office, request, approve=False, reason="Not this year.")

    decision = services.publish_department_decision(actor=secretary, request_id=request.pk)

    request.refresh_from_db()
    assert (request.status, request.outcome, decision.amount, decision.reason) == (
        "published",
        "rejected",
        Decimal("0.00"),
        "Not this year.",
    )


def test_publication_makes_the_decision_take_effect_and_asks_for_a_checkpoint(office, secretary):
    decision = office.published("1200000.00")

    request = FundingRequest.objects.get()
    assert (request.status, request.outcome, decision.published_by) == ("published", "approved", secretary.person)
    assert (decision.round.status, decision.published_at is not None) == ("published", True)
    assert OutboxMessage.objects.filter(topic="ledger_checkpoint", key=f"decision:{decision.pk}").exists()
    assert invariants.check() == []


def test_only_the_secretary_publishes_once_and_never_their_own(office, secretary, team):
    round_ = office.round()

    def refusal(actor, error):
        with pytest.raises(error) as found:
            services.publish_decision(actor=actor, round_id=round_.pk)
        return found.value.code

    assert refusal(secretary, Conflict) == "round.unpublished"
    office.vote(round_, "fffff")
    office.close(round_)
    assert refusal(team, NotAllowed) == "secretary.only"
    editor = round_.request.editors.create(person=secretary.person)
    assert refusal(secretary, NotAllowed) == "duty.separate"
    editor.delete()
    services.publish_decision(actor=secretary, round_id=round_.pk)
    assert refusal(secretary, Conflict) == "round.unpublished"


def test_what_a_round_decided_is_published_with_its_round(office, secretary):
    round_ = office.round()
    office.vote(round_, "fffff")
    office.close(round_)

    with pytest.raises(Conflict) as refusal:
        services.publish_department_decision(actor=secretary, request_id=round_.request_id)

    assert refusal.value.code == "tier.mismatch"


def commit(office, decision, amount, *, by="finance", envelope=None):
    return services.commit(
        actor=office.world[by],
        decision_id=decision.pk,
        envelope_id=(envelope or EnvelopeFactory()).pk,
        amount=Decimal(amount),
    )


def test_money_is_committed_in_parts_up_to_the_decision(office):
    decision, envelope = office.published("1200000.00"), EnvelopeFactory()

    commit(office, decision, "1000000.00", envelope=envelope)
    commit(office, decision, "200000.00", envelope=envelope)
    with pytest.raises(Conflict) as refusal:
        commit(office, decision, "0.01", envelope=envelope)

    assert refusal.value.code == "decision.overcommitted"
    assert sum(Commitment.objects.values_list("amount", flat=True)) == Decimal("1200000.00")


def test_an_envelope_is_not_overdrawn(office):
    decision, envelope = office.published("1200000.00"), EnvelopeFactory(amount=Decimal("1000000.00"))

    with pytest.raises(Conflict) as refusal:
        commit(office, decision, "1000000.01", envelope=envelope)

    assert refusal.value.code == "envelope.overdrawn"
    assert "HK$1,000,000.00" in str(refusal.value)
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("by", "amount", "error", "code"),
    [
        ("secretary", "1.00", NotAllowed, "finance.only"),
        ("finance", "0.00", InvalidInput, "amount.min"),
        ("finance", "NaN", InvalidInput, "amount.min"),
        ("finance", "0.001", InvalidInput, "amount.precision"),
    ],
)
def test_a_commitment_is_refused(office, by, amount, error, code):
    with pytest.raises(error) as refusal:
        commit(office, office.published(), amount, by=by)

    assert refusal.value.code == code
    assert not Commitment.objects.exists()


def test_money_waits_for_publication_and_for_an_approval(office, secretary):
    round_ = office.round()
    office.vote(round_, "aaaaa")
    office.close(round_)
    decision = Decision.objects.get()

    def refusal():
        with pytest.raises(Conflict) as found:
            commit(office, decision, "1.00")
        return found.value.code

    assert refusal() == "decision.unpublished"
    services.publish_decision(actor=secretary, round_id=round_.pk, reason="Not shown.")
    assert refusal() == "decision.not_approved"


def test_an_unknown_envelope_and_ones_own_request_get_nothing(office, finance):
    decision = office.published()
    with pytest.raises(InvalidInput) as unknown:
        services.commit(actor=finance, decision_id=decision.pk, envelope_id=999_999, amount=Decimal("1.00"))
    decision.request.editors.create(person=finance.person)
    with pytest.raises(NotAllowed) as own:
        commit(office, decision, "1.00")

    assert (unknown.value.code, own.value.code) == ("choice.invalid", "duty.separate")


@pytest.mark.parametrize(
    "act",
    [
        lambda office: office.say(type("R", (), {"pk": 9, "motion_digest": ""})(), office.chair, "for"),
        lambda office: services.close_round(actor=office.chair, round_id=9),
        lambda office: services.commit(
            actor=office.world["finance"], decision_id=9, envelope_id=9, amount=Decimal("1.00")
        ),
        lambda office: services.withdraw_request(actor=office.chair, request_id=9, reason="x"),
    ],
)
def test_what_does_not_exist_is_not_found(office, act):
    with pytest.raises(NotVisible):
        act(office)
