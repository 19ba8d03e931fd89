"""Funding policies as dated, two-person data (DESIGN 4, TRUST T5)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
import json
import random

from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
import pytest

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Unprocessable
from core.models import Installation, LedgerEntry
from funding import facts, services
from funding.models import Body, FundingPolicy, TierLine
from funding.rules import tiers
from funding.services.funding_policies import NewLine
from funding.services.routing import policy_today
from tests.factories.accounts import UserFactory
from tests.funding.policies import SOON, approve, lines, propose, refused, second_of_team

CENT = Decimal("0.01")


@pytest.fixture
def second(world):
    return second_of_team(world)


def test_a_policy_is_proposed_by_one_person_and_approved_by_another(office, team, second):
    first = FundingPolicy.objects.get()
    proposed = propose(team)
    refused(NotAllowed, "duty.separate", lambda: approve(team, proposed))
    approve(second, proposed)
    first.refresh_from_db()
    proposed.refresh_from_db()

    assert (first.ends_on, proposed.status, proposed.ends_on) == (proposed.starts_on, "approved", None)
    assert (proposed.proposed_by, proposed.approved_by) == (team.person, second.person)
    entries = LedgerEntry.objects.filter(subject=proposed.ledger_ref)
    assert [entry.action for entry in entries] == ["funding_policy.proposed", "funding_policy.approved"]
    told = json.loads(bytes(entries[1].payload))["facts"]
    assert told["lines"][0] == {"tier": "department", "upper": "1000000.00", "upper_included": False, "body": ""}
    refused(Conflict, "policy.state", lambda: approve(second, proposed))


def test_another_account_of_the_proposer_is_the_same_person(office, team):
    proposed = propose(team)
    other = UserFactory(username="team-again", person=team.person)

    refused(NotAllowed, "duty.separate", lambda: approve(other, proposed))


def test_an_administrator_proposes_and_does_not_approve(office, team, administrator, secretary, outsider):
    proposed = propose(administrator)

    refused(NotAllowed, "duty.policy", lambda: approve(secretary, proposed))
    refused(NotAllowed, "duty.policy", lambda: approve(administrator, propose(team)))
    refused(NotAllowed, "duty.policy", lambda: propose(outsider))
    assert approve(team, proposed).status == "approved"


def test_a_policy_never_starts_in_the_past(office, team, second):
    yesterday = clock.today() - timedelta(days=1)
    refused(Conflict, "policy.past", lambda: propose(team, starts_on=yesterday))
    proposed = propose(team, starts_on=clock.today())
    FundingPolicy.objects.filter(pk=proposed.pk).update(starts_on=yesterday)

    refused(Conflict, "policy.past", lambda: approve(second, proposed))


def test_policies_never_overlap_also_when_two_proposals_meet(office, team, second):
    first, other = propose(team), propose(team)
    approve(second, first)

    refused(Conflict, "policy.overlap", lambda: approve(second, other))
    refused(Conflict, "policy.overlap", lambda: propose(team, starts_on=clock.today()))
    refused(Conflict, "policy.overlap", lambda: propose(team))
    assert propose(team, starts_on=first.starts_on + SOON).status == "proposed"


def test_whatever_is_proposed_and_approved_every_day_has_exactly_one_policy(office, team, second):
    chance = random.Random(4)
    day = clock.today()
    for _case in range(40):
        starts_on = day + timedelta(days=chance.randint(-5, 200))
        try:
            with transaction.atomic():
                approve(second, propose(team, starts_on=starts_on))
        except Conflict as refusal:
            assert refusal.code in {"policy.past", "policy.overlap"}
    approved = list(FundingPolicy.objects.approved().order_by("starts_on"))

    assert len(approved) > 3
    for ahead in range(-30, 260):
        held = day + timedelta(days=ahead)
        holding = [one for one in approved if one.starts_on <= held and (one.ends_on is None or held < one.ends_on)]
        assert len(holding) == 1


def body():
    return Body.objects.get(code="digitalisation-working-group")


FAULTY = [
    (lambda: lines("20000000.00", "20000000.00"), "tiers.rising"),
    (lambda: lines("20000000.01", "20000000.00"), "tiers.rising"),
    (lambda: lines()[1:], "tiers.each_once"),
    (lambda: [lines()[0], lines()[2]], "tiers.each_once"),
    (lambda: lines()[:2], "tiers.each_once"),
    (lambda: [*lines(), lines()[1]], "tiers.each_once"),
    (list, "tiers.each_once"),
    (lambda: [*lines()[:2], NewLine("legco", Decimal("30000000.00"), body=body())], "tiers.top_open"),
    (lambda: [*lines()[:2], NewLine("legco", None, True, body())], "tiers.top_open"),
    (lambda: [lines()[0], NewLine("working_group", None, body=body()), lines()[2]], "tiers.top_open"),
    (lambda: [lines()[0], NewLine("working_group", Decimal("20000000.00")), lines()[2]], "tiers.body"),
    (lambda: [*lines()[:2], NewLine("legco")], "tiers.body"),
    (lambda: [NewLine("department", Decimal("1000000.00"), body=body()), *lines()[1:]], "tiers.body"),
]


@pytest.mark.parametrize(("given", "code"), FAULTY)
def test_lines_that_leave_an_amount_to_nobody_or_to_two_are_refused(office, team, given, code):
    refused(Unprocessable, code, lambda: propose(team, lines=given()))


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        ({"source": " "}, InvalidInput, "blank"),
        ({"linking_months": 61}, Unprocessable, "number.range"),
        ({"linking_months": -1}, Unprocessable, "number.range"),
        ({"same_department": "ignore"}, InvalidInput, "choice.invalid"),
        ({"lines": [NewLine("mayor")]}, InvalidInput, "choice.invalid"),
        ({"lines": [NewLine("department", Decimal("0.001"))]}, InvalidInput, "amount.precision"),
        ({"lines": [NewLine("department", Decimal("0.00"))]}, InvalidInput, "amount.min"),
        ({"lines": [NewLine("department", Decimal("1000000000000.00"))]}, InvalidInput, "amount.max"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(office, team, said, error, code):
    refused(error, code, lambda: propose(team, **said))


def test_a_withdrawn_proposal_stays_on_record_with_who_and_why(office, team, second, administrator):
    proposed = propose(administrator)

    def withdraw(actor, reason):
        return services.withdraw_policy(actor=actor, policy_id=proposed.pk, reason=reason)

    refused(InvalidInput, "reason.required", lambda: withdraw(administrator, " "))
    other = propose(team)
    refused(
        NotAllowed,
        "duty.policy",
        lambda: services.withdraw_policy(actor=administrator, policy_id=other.pk, reason="Mine is better."),
    )
    withdraw(team, "Not ready.")
    proposed.refresh_from_db()

    assert (proposed.status, proposed.withdrawn_by, proposed.withdrawn_reason, proposed.lines.count()) == (
        "withdrawn",
        team.person,
        "Not ready.",
        3,
    )
    refused(Conflict, "policy.state", lambda: withdraw(team, "Again."))
    refused(Conflict, "policy.state", lambda: approve(second, proposed))
    refused(NotVisible, "policy.unknown", lambda: services.approve_policy(actor=second, policy_id=10**9))


def test_the_database_itself_keeps_lines_and_reasons(office, team):
    policy = propose(team)
    line = policy.lines.get(tier="department")
    with pytest.raises(DatabaseError), transaction.atomic():
        TierLine.objects.filter(pk=line.pk).update(upper=Decimal("2.00"))
    with pytest.raises(DatabaseError), transaction.atomic():
        line.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingPolicy.objects.filter(pk=policy.pk).update(status="withdrawn")
    bare = FundingPolicy.objects.create(starts_on=date(2030, 1, 1), source="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        TierLine.objects.create(policy=bare, tier="legco", upper=Decimal("5.00"), body=body())
    with pytest.raises(IntegrityError), transaction.atomic():
        TierLine.objects.create(policy=bare, tier="department")


@pytest.mark.parametrize("first_in", [True, False])
@pytest.mark.parametrize("second_in", [True, False])
def test_each_edge_falls_on_the_side_that_was_approved(office, team, second, first_in, second_in):
    proposed = propose(
        team,
        starts_on=clock.today(),
        lines=lines("750000.00", "30000000.00", first_in=first_in, second_in=second_in),
    )
    approve(second, proposed)
    stored = facts.tier_lines(policy_today())

    def tier(amount):
        return tiers.tier_for(amount, stored).tier

    low, high = Decimal("750000.00"), Decimal("30000000.00")
    assert [tier(low - CENT), tier(low), tier(low + CENT)] == [
        "department",
        "department" if first_in else "working_group",
        "working_group",
    ]
    assert [tier(high - CENT), tier(high), tier(high + CENT)] == [
        "working_group",
        "working_group" if second_in else "legco",
        "legco",
    ]


def test_requests_submitted_from_the_first_day_on_follow_the_new_lines(office, team, second):
    before = office.submitted("800000.00")
    proposed = approve(second, propose(team))
    also_before = office.submitted("700000.00", project_id=office.new_project().pk)
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    with clock.story_at(datetime.combine(proposed.starts_on, time(12), clock.HONG_KONG)):
        after = office.submitted("700000.00", project_id=office.new_project().pk)
        before.refresh_from_db()

    assert [one.tier for one in (before, also_before, after)] == ["working_group", "working_group", "department"]
    assert after.policy == proposed


MONEY = st.integers(1, 10**14).map(lambda cents: cents * CENT)


@given(first=st.none() | MONEY, second=st.none() | MONEY, top=st.none() | MONEY)
def test_lines_without_fault_give_every_edge_exactly_one_tier(first, second, top):
    said = [
        tiers.TierLine("legco", top),
        tiers.TierLine("department", first),
        tiers.TierLine("working_group", second, upper_included=True),
    ]
    code = tiers.fault(said)

    expected = "tiers.top_open" if top is not None or first is None or second is None else ""
    assert code == (expected or ("" if first < second else "tiers.rising"))
    if not code:
        assert [band.tier for band in tiers.bands(said)] == list(tiers.TIERS)
        for edge in (first - CENT, first, first + CENT, second - CENT, second, second + CENT):
            if edge > 0:
                plain = "department" if edge < first else "working_group" if edge <= second else "legco"
                assert tiers.tier_for(edge, said).tier == plain
