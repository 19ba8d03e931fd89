"""What a proposed policy or voting rule would change, before it is approved. Nothing is written."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core import clock
from core.models import LedgerEntry
from funding import services, wording
from funding.models import FundingPolicy, FundingRequest, VotingRule
from funding.policy_words import edge, policy_says, rule_says
from funding.selectors.policies import policy_impact, rule_impact
from tests.funding.policies import lines, propose, propose_rule, second_of_team


def apart(office, amount, **fields):
    """A request of a project of its own, so that no sum but its own is judged."""
    return office.submitted(amount, project_id=office.new_project().pk, **fields)


def moves(impact):
    return [(one.request.reference, one.before.tier, one.after.tier) for one in impact.moved]


def test_open_requests_are_routed_as_if_the_lines_were_theirs_and_stay_as_they_are(office, team):
    small = apart(office, "499999.99")
    middle, edge_case = apart(office, "999999.99"), apart(office, "1000000.00")
    large = apart(office, "20000000.01")
    proposed = propose(team, lines=lines("1000000.00", "30000000.00"))
    before = list(FundingRequest.objects.order_by("pk").values())
    entries = LedgerEntry.objects.count()

    found = policy_impact(proposed, team)

    assert moves(found) == [
        (middle.reference, "working_group", "department"),
        (large.reference, "legco", "working_group"),
    ]
    assert found.judged == 4
    assert [(load.tier, load.before, load.after) for load in found.loads] == [
        ("department", 1, 2),
        ("working_group", 2, 2),
        ("legco", 1, 0),
    ]
    assert (small.tier, edge_case.tier) == ("department", "working_group")
    assert (list(FundingRequest.objects.order_by("pk").values()), LedgerEntry.objects.count()) == (before, entries)


def test_the_side_of_an_edge_alone_moves_the_request_on_it(office, team):
    on_edge = apart(office, "500000.00")
    apart(office, "499999.99")
    apart(office, "500000.01")

    found = policy_impact(propose(team, lines=lines("500000.00", first_in=True)), team)

    assert moves(found) == [(on_edge.reference, "working_group", "department")]
    assert [(one.label, one.before, one.after) for one in found.differences] == [
        ("The department decides", "less than HK$500,000.00", "at most HK$500,000.00"),
        (
            "Exactly on the first line",
            "HK$500,000.00 exactly goes to the working group",
            "HK$500,000.00 exactly goes to the Head of Department",
        ),
        (
            "The working group decides",
            "between HK$500,000.00 and HK$20,000,000.00",
            "more than HK$500,000.00 and at most HK$20,000,000.00",
        ),
    ]


def test_a_shorter_window_takes_linked_requests_out_of_the_sum(office, team):
    first = apart(office, "300000.00")
    linked = apart(office, "300000.00", linked_ids=[first.pk])
    FundingRequest.objects.filter(pk=first.pk).update(first_submitted_at=clock.now() - timedelta(days=180))

    same = policy_impact(propose(team, lines=lines("500000.00")), team)
    shorter = policy_impact(propose(team, lines=lines("500000.00"), linking_months=1), team)

    assert same.moved == []
    assert {(one.assessed_before, one.assessed_after) for one in shorter.moved} == {
        (Decimal("600000.00"), Decimal("300000.00"))
    }
    assert linked.reference in {one.request.reference for one in shorter.moved}


def test_the_preview_agrees_with_the_route_that_is_stored_once_the_policy_is_in_force(office, team):
    project = office.new_project()
    kept = [office.submitted("400000.00", project_id=project.pk) for _each in range(2)]
    kept += [apart(office, amount) for amount in ("499999.99", "500000.00", "20000000.00", "20000000.01")]
    own = policy_impact(propose(team, lines=lines("500000.00")), team)

    assert own.moved == []
    assert own.judged == len(kept)


def test_a_department_without_a_free_head_stays_with_the_working_group(office, team, head):
    own = office.submitted("600000.00", actor=head)

    found = policy_impact(propose(team, lines=lines("1000000.00")), team)

    assert found.moved == []
    assert [(load.before, load.after) for load in found.loads] == [(0, 0), (1, 1), (0, 0)]
    assert own.tier == "working_group"


def test_decided_requests_and_those_one_may_not_see_are_not_judged(office, team, outsider, administrator):
    office.published("600000.00")
    waiting = apart(office, "700000.00")
    proposed = propose(team)

    assert moves(policy_impact(proposed, team)) == [(waiting.reference, "working_group", "department")]
    assert policy_impact(proposed, outsider).judged == 0
    assert policy_impact(proposed, administrator).judged == 0


@pytest.mark.parametrize("many", [1, 20])
def test_the_preview_asks_as_often_for_one_request_as_for_twenty(office, team, django_assert_num_queries, many):
    for _each in range(many):
        apart(office, "700000.00")
    proposed = propose(team)
    team.has_perm("funding.view_every_request")

    with django_assert_num_queries(12):
        assert len(policy_impact(proposed, team).moved) == many


def test_published_rounds_are_counted_again_and_their_results_stand(office, team):
    office.published("600000.00", "ffffaa")
    office.published("700000.00", "fffffa", project=office.new_project())
    open_round = office.round("800000.00", project=office.new_project())
    stricter = propose_rule(team, majority_percent=75)

    found = rule_impact(stricter, team)

    assert [(one.before, one.after) for one in found.recounted] == [("carried", "lost")]
    assert (found.counted, found.open_rounds, found.seats, found.quorum_before, found.quorum_after) == (2, 1, 9, 5, 5)
    assert [(one.label, one.after) for one in found.differences] == [
        ("Carried by", "more than 75% of the votes for and against"),
        ("Last call before the close", "60 seconds"),
    ]
    assert open_round.rule == VotingRule.objects.approved().get(body=open_round.body)


def test_a_higher_quorum_shows_in_seats_and_in_past_rounds(office, team, administrator):
    office.published("600000.00", "fffff")
    rule = propose_rule(team, quorum_least=6)

    found = rule_impact(rule, team)

    assert (found.quorum_before, found.quorum_after) == (5, 6)
    assert [(one.before, one.after) for one in found.recounted] == [("carried", "no_quorum")]
    assert rule_impact(rule, administrator).counted == 0


def test_a_quorum_of_seats_alone_names_no_share(office):
    rule = VotingRule.objects.get(body__code="digitalisation-working-group")
    rule.quorum_share_percent, rule.quorum_least = 0, 9

    assert rule_says(rule)[0].text == "at least 9 seats"


def test_policies_and_rules_are_said_in_words(office):
    first = policy_says(FundingPolicy.objects.get())
    voting = rule_says(VotingRule.objects.get(body__code="digitalisation-working-group"))

    assert edge(Decimal("500000.00"), "working_group") == "HK$500,000.00 exactly goes to the working group"
    assert [said.text for said in first][:5] == [
        "less than HK$500,000.00",
        "HK$500,000.00 exactly goes to the working group",
        "between HK$500,000.00 and HK$20,000,000.00",
        "HK$20,000,000.00 exactly goes to the working group",
        "more than HK$20,000,000.00",
    ]
    assert [said.text for said in voting] == [
        "more than 50% of the seats that may vote, and at least 3",
        "more than 50% of the votes for and against",
        "count for the quorum only",
        "a tie fails",
        "0 seconds",
    ]


def test_the_sentence_of_a_route_says_the_side_of_its_edge(office, team, applicant):
    first = FundingPolicy.objects.get()
    proposed = propose(team, starts_on=clock.today(), lines=lines("500000.00", first_in=True))
    services.approve_policy(actor=second_of_team(office.world), policy_id=proposed.pk)

    def sentence(amount):
        route = services.explain_route(actor=applicant, project_id=office.project.pk, own_amount=Decimal(amount))
        return wording.route_sentence(route)

    assert first.lines.count() == 3
    assert sentence("500000.00") == ("Goes to the Head of Department, because HK$500,000.00 is at most HK$500,000.00.")
    assert sentence("500000.01") == (
        "Goes to the digitalisation working group, because HK$500,000.01 is more than HK$500,000.00"
        " and at most HK$20,000,000.00."
    )
