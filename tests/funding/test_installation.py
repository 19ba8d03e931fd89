"""What every installation starts with, and the commands an operator runs."""

from datetime import date
from decimal import Decimal

from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
import pytest

from core.policy import in_force
from funding import installation, invariants
from funding.models import Body, FundingPolicy, FundingRequest, Round, Seat, TierLine, VotingRule
from tests.factories.accounts import PersonFactory


@pytest.mark.django_db
def test_the_first_policy_begins_with_the_programme():
    installation.install()
    installation.install()

    policy = in_force(FundingPolicy.objects.all(), date(2025, 10, 1))
    assert list(policy.lines.values_list("tier", "upper", "upper_included", "body__code")) == [
        ("department", Decimal("500000.00"), False, None),
        ("working_group", Decimal("20000000.00"), True, "digitalisation-working-group"),
        ("legco", None, False, "digitalisation-working-group"),
    ]
    rule = VotingRule.objects.get(body__code="digitalisation-working-group")
    assert (rule.quorum_share_percent, rule.quorum_least, rule.tie, rule.last_call_seconds) == (50, 3, "fails", 60)


@pytest.mark.django_db
def test_overlapping_policies_are_refused_by_the_database():
    installation.install()

    with pytest.raises(IntegrityError), transaction.atomic():
        FundingPolicy.objects.create(starts_on=date(2026, 1, 1), source="x", status="approved")


@pytest.mark.django_db
def test_a_tier_that_votes_names_its_body():
    installation.install()
    policy = FundingPolicy.objects.create(starts_on=date(2027, 1, 1), source="x")

    with pytest.raises(IntegrityError), transaction.atomic():
        TierLine.objects.create(policy=policy, tier="legco")


@pytest.mark.django_db
def test_seats_are_numbered_and_one_person_has_one():
    installation.install()
    body, person = Body.objects.get(code=installation.WORKING_GROUP), PersonFactory()

    with pytest.raises(ValueError, match="one seat"):
        installation.make_seats(body, [person, person])
    seats = installation.make_seats(body, [person, None], alternates={1: PersonFactory()})

    assert [(seat.number, seat.duty, seat.terms.count()) for seat in seats] == [(1, "chair", 2), (2, "member", 0)]
    assert Seat.objects.count() == 2


def test_the_operators_check_finds_what_was_tampered_with(office, capsys):
    decision = office.published()
    call_command("check_invariants")
    assert "Every invariant holds." in capsys.readouterr().out
    Round.objects.update(result={**decision.round.result, "for": 4})
    FundingRequest.objects.update(tier="department", status="screened")

    with pytest.raises(CommandError, match="3 invariant"):
        call_command("check_invariants")

    told = capsys.readouterr().err
    assert [line[:2] for line in told.splitlines()] == ["I1", "I2", "I4"]
    assert len(invariants.check()) == 3
