"""Voting rules as dated, two-person data for each body (DESIGN 5)."""

from datetime import timedelta
import random

from django.db import IntegrityError, transaction
import pytest

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed, Unprocessable
from core.models import LedgerEntry
from funding import services
from funding.models import Body, VotingRule
from tests.factories.accounts import UserFactory
from tests.funding.policies import SOON, approve_rule, propose_rule, refused, second_of_team


@pytest.fixture
def second(world):
    return second_of_team(world)


def test_a_rule_is_proposed_by_one_person_and_approved_by_another(office, team, second):
    first = VotingRule.objects.get(body__code="digitalisation-working-group")
    proposed = propose_rule(team, majority_percent=66)
    other_account = UserFactory(username="team-again", person=team.person)
    refused(NotAllowed, "duty.separate", lambda: approve_rule(team, proposed))
    refused(NotAllowed, "duty.separate", lambda: approve_rule(other_account, proposed))
    approve_rule(second, proposed)
    first.refresh_from_db()
    proposed.refresh_from_db()

    assert (first.ends_on, proposed.status, proposed.approved_by) == (proposed.starts_on, "approved", second.person)
    acts = LedgerEntry.objects.filter(subject=proposed.ledger_ref).values_list("action", flat=True)
    assert list(acts) == ["voting_rule.proposed", "voting_rule.approved"]


def test_a_rule_never_starts_in_the_past_and_never_overlaps(office, team, second):
    yesterday = clock.today() - timedelta(days=1)
    refused(Conflict, "policy.past", lambda: propose_rule(team, starts_on=yesterday))
    first, other = propose_rule(team), propose_rule(team)
    approve_rule(second, first)

    refused(Conflict, "policy.overlap", lambda: approve_rule(second, other))
    refused(Conflict, "policy.overlap", lambda: propose_rule(team))
    VotingRule.objects.filter(pk=other.pk).update(starts_on=yesterday)
    refused(Conflict, "policy.past", lambda: approve_rule(second, other))


def test_each_body_has_its_own_rules(office, team, second):
    approve_rule(second, propose_rule(team))
    other = Body.objects.create(code="panel", name_en="Panel")
    approve_rule(second, propose_rule(team, body=other))

    assert VotingRule.objects.approved().filter(ends_on=None).count() == 3  # with the Finance Committee's


def test_whatever_is_proposed_and_approved_every_day_has_exactly_one_rule(office, team, second):
    chance = random.Random(5)
    day = clock.today()
    for _case in range(30):
        try:
            with transaction.atomic():
                approve_rule(second, propose_rule(team, starts_on=day + timedelta(days=chance.randint(-5, 200))))
        except Conflict as refusal:
            assert refusal.code in {"policy.past", "policy.overlap"}
    approved = list(VotingRule.objects.approved().exclude(body__code="finance-committee"))

    for ahead in range(-30, 260):
        held = day + timedelta(days=ahead)
        assert sum(one.starts_on <= held and (one.ends_on is None or held < one.ends_on) for one in approved) == 1


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        ({"source": ""}, InvalidInput, "blank"),
        ({"quorum_share_percent": 100}, Unprocessable, "number.range"),
        ({"quorum_share_percent": -1}, Unprocessable, "number.range"),
        ({"quorum_least": 0}, Unprocessable, "number.range"),
        ({"quorum_least": 10}, Unprocessable, "quorum.unreachable"),
        ({"majority_percent": 49}, Unprocessable, "number.range"),
        ({"majority_percent": 100}, Unprocessable, "number.range"),
        ({"last_call_seconds": 9}, Unprocessable, "number.range"),
        ({"majority_base": "everybody"}, InvalidInput, "choice.invalid"),
        ({"tie": "coin"}, InvalidInput, "choice.invalid"),
        ({"tie": "casting_vote", "majority_base": "present"}, Unprocessable, "tie.base"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(office, team, said, error, code):
    refused(error, code, lambda: propose_rule(team, **said))


def test_every_seat_may_be_wanted_for_the_quorum(office, team):
    assert propose_rule(team, quorum_share_percent=99).status == "proposed"
    assert propose_rule(team, quorum_least=9).status == "proposed"


def test_a_withdrawn_rule_stays_on_record_with_who_and_why(office, team, second):
    proposed = propose_rule(team)
    services.withdraw_voting_rule(actor=second, rule_id=proposed.pk, reason="Not agreed.")
    proposed.refresh_from_db()

    assert (proposed.status, proposed.withdrawn_by, proposed.withdrawn_reason) == (
        "withdrawn",
        second.person,
        "Not agreed.",
    )
    refused(Conflict, "policy.state", lambda: approve_rule(second, proposed))


def test_an_open_round_keeps_the_rule_it_was_opened_with(office, team, second):
    open_before = office.round()
    approved = approve_rule(second, propose_rule(team, starts_on=clock.today(), quorum_least=7, last_call_seconds=10))
    opened_after = office.round("1300000.00", project=office.new_project())
    open_before.refresh_from_db()

    assert (open_before.rule.quorum_least, opened_after.rule) == (3, approved)


def test_the_database_itself_refuses_rules_that_cannot_be_met(office):
    rule = VotingRule.objects.get(body__code="digitalisation-working-group")
    for column, value in (("quorum_share_percent", 100), ("majority_percent", 40), ("quorum_least", 0)):
        with pytest.raises(IntegrityError), transaction.atomic():
            VotingRule.objects.filter(pk=rule.pk).update(**{column: value})
    with pytest.raises(IntegrityError), transaction.atomic():
        VotingRule.objects.create(body=rule.body, starts_on=clock.today() + SOON, source="x", status="approved")
