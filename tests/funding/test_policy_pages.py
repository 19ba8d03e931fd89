"""Funding policies and voting rules on their pages and over the API: the same acts, the same refusals."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
import pytest
from rest_framework.test import APIClient

from core import clock
from funding.models import FundingPolicy, VotingRule
from tests.access.rows_policy import sent_policy, sent_rule, typed_policy, typed_rule
from tests.funding.policies import SOON, approve, approve_rule, propose, propose_rule, second_of_team

BODY = "digitalisation-working-group"
KINDS = ["funding-policy", "voting-rule"]


@pytest.fixture
def second(world):
    return second_of_team(world)


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


def program(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def text_of(user, address):
    answer = signed_in(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def policy_typed(**more):
    return typed_policy(None) | {"working_group_body": BODY, "legco_body": BODY} | more


def rule_typed(**more):
    return typed_rule(None) | {"body": BODY} | more


@pytest.mark.parametrize(("kind", "typed"), [("funding-policy", policy_typed), ("voting-rule", rule_typed)])
def test_the_page_proposes_and_a_second_person_approves(office, team, second, kind, typed):
    new = reverse(f"policy:{kind}-new")
    made = signed_in(team).post(new, typed())
    assert made.status_code == 302

    assert "waits for a second person" in text_of(second, made.url)
    assert signed_in(team).post(f"{made.url}approve/").status_code == 403
    assert signed_in(second).post(f"{made.url}withdraw/", {"reason": ""}).status_code == 422
    assert signed_in(second).post(f"{made.url}approve/").status_code == 302
    assert "approved, not yet in force" in text_of(team, made.url)
    assert signed_in(team).post(new, typed()).status_code == 409
    assert signed_in(team).post(new, typed(starts_on="2020-01-01")).status_code == 409
    assert signed_in(team).get(f"{reverse(f'policy:{kind}-list')}999999/").status_code == 404


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"working_group_upper": "1,000,000.00"}, "The working group’s line must be above the department’s."),
        ({"department_upper": "0.001"}, "Write the amount to the cent: at most two decimals."),
        ({"department_included": "perhaps"}, "perhaps"),
        ({"working_group_body": "nobody"}, "Choose one of the entries offered."),
        ({"source": " "}, "This field is required."),
    ],
)
def test_a_faulty_policy_is_shown_again_with_what_was_typed(office, team, said, message):
    answer = signed_in(team).post(reverse("policy:funding-policy-new"), policy_typed(**said))

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert FundingPolicy.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"quorum_least": "10"}, "The body has 9 seats, so a quorum of 10 could never be met."),
        ({"tie": "casting_vote", "majority_base": "present"}, "A casting vote settles equal votes only where"),
        ({"majority_percent": "49"}, "greater than or equal to 50"),
    ],
)
def test_a_faulty_voting_rule_is_shown_again_with_what_was_typed(office, team, said, message):
    answer = signed_in(team).post(reverse("policy:voting-rule-new"), rule_typed(**said))

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert VotingRule.objects.exclude(body__code="finance-committee").count() == 1


def test_the_form_begins_with_the_latest_approved_policy(office, team):
    form = signed_in(team).get(reverse("policy:funding-policy-new")).context["form"]
    rule = signed_in(team).get(reverse("policy:voting-rule-new")).context["form"]

    assert [form[name].value() for name in ("department_upper", "department_included", "working_group_included")] == [
        "500,000.00",
        "no",
        "yes",
    ]
    assert (form["legco_body"].value(), form["starts_on"].value()) == (BODY, None)
    assert (rule["body"].value(), rule["quorum_least"].value(), rule["tie"].value()) == (BODY, 3, "fails")


def test_the_page_says_in_words_what_would_change_and_for_which_requests(office, team, second, outsider):
    moved = office.submitted("700000.00")
    address = reverse("policy:funding-policy-detail", args=[propose(team).pk])
    text = text_of(second, address)

    assert "HK$500,000.00 exactly goes to the working group" in text
    assert "HK$1,000,000.00 exactly goes to the working group" in text
    assert "Open requests that you may see: 1. Another body would decide 1 of them." in text
    assert "each keeps the policy it was filed under" in text
    assert moved.reference in text
    assert moved.reference not in text_of(outsider, address)


def test_the_page_of_a_rule_counts_published_rounds_again(office, team, second):
    decision = office.published("600000.00", "ffffaa")
    text = text_of(second, reverse("policy:voting-rule-detail", args=[propose_rule(team, majority_percent=75).pk]))

    assert "Published rounds that you may see: 1. The new rule would have found otherwise in 1 of them;" in text
    assert decision.request.reference in text
    assert "With 9 seats today and nobody recused, 5 have to vote; 5 under the rule before it." in text


def test_a_withdrawn_proposal_says_who_withdrew_it_and_why(office, team, second, outsider):
    proposed = propose(team)
    address = reverse("policy:funding-policy-detail", args=[proposed.pk])
    signed_in(second).post(f"{address}withdraw/", {"reason": "The circular was not issued."})
    text = text_of(outsider, address)

    assert "The circular was not issued." in text
    assert str(second.person) in text
    assert 'id="policy-impact"' not in text


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_every_kind_of_policy_is_reached_from_the_page_of_policies(office, team, outsider, language):
    propose(team)
    propose_rule(team)
    outsider.language = language
    outsider.save()
    with translation.override(language):
        text = text_of(outsider, reverse("projects:policy-index"))
        for kind in KINDS:
            listed = reverse(f"policy:{kind}-list")
            assert listed in text
            assert signed_in(outsider).get(listed).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("address", ["policy:{}-list", "/api/v1/{}/"])
def test_a_list_asks_no_more_at_twenty_rows_than_at_one(office, team, second, kind, address):
    at = address.format({"funding-policy": "funding-policies", "voting-rule": "voting-rules"}[kind])
    at = at if at.startswith("/") else reverse(address.format(kind))
    browser = signed_in(team)
    make = {
        "funding-policy": lambda start: approve(second, propose(team, starts_on=start)),
        "voting-rule": lambda start: approve_rule(second, propose_rule(team, starts_on=start)),
    }[kind]

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(at).status_code == 200
        return len(queries)

    asked()
    one = asked()
    for number in range(19):
        make(clock.today() + SOON + timedelta(days=number))

    assert asked() == one <= 12


def test_the_api_has_the_same_acts_for_policies(office, team, second):
    body = sent_policy(None)
    for line in body["lines"][1:]:
        line["body"] = BODY
    made = program(team).post("/api/v1/funding-policies/", body, format="json")
    assert made.status_code == 201
    assert made.json()["lines"][1] == {
        "tier": "working_group",
        "upper": "20000000.00",
        "upper_included": True,
        "body": BODY,
    }
    at = f"/api/v1/funding-policies/{made.json()['number']}/"

    impact = program(team).get(f"{at}impact/").json()
    assert [load["tier"] for load in impact["loads"]] == ["department", "working_group", "legco"]
    assert program(team).post(f"{at}approve/").json()["code"] == "duty.separate"
    assert program(second).post(f"{at}approve/").json()["status"] == "approved"
    again = program(team).post("/api/v1/funding-policies/", body, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "policy.overlap")
    late = program(second).post(f"{at}withdraw/", {"reason": "Too late."}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "policy.state")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"lines": []}, 422, "tiers.each_once"),
        ({"lines": "all"}, 400, ""),
        ({"starts_on": "2020-01-01"}, 409, "policy.past"),
        ({"status": "approved"}, 400, "field.read_only"),
        ({"approved_by": 1}, 400, "field.read_only"),
    ],
)
def test_the_api_refuses_what_the_page_refuses(office, team, change, status, code):
    body = sent_policy(None)
    for line in body["lines"][1:]:
        line["body"] = BODY
    answer = program(team).post("/api/v1/funding-policies/", body | change, format="json")

    assert answer.status_code == status
    assert not code or answer.json()["code"] == code
    assert FundingPolicy.objects.count() == 1


def test_the_api_refuses_a_body_that_is_not_there(office, team):
    answer = program(team).post("/api/v1/voting-rules/", sent_rule(None) | {"body": "nobody\x00"}, format="json")

    assert answer.status_code == 400
    assert VotingRule.objects.exclude(body__code="finance-committee").count() == 1


def test_the_api_has_the_same_acts_for_voting_rules(office, team, second):
    made = program(team).post("/api/v1/voting-rules/", sent_rule(None) | {"body": BODY}, format="json")
    at = f"/api/v1/voting-rules/{made.json()['number']}/"

    assert (made.status_code, made.json()["majority_percent"]) == (201, 60)
    assert program(team).get(f"{at}impact/").json()["quorum_after"] == 5
    assert program(team).post(f"{at}approve/").json()["code"] == "duty.separate"
    gone = program(second).post(f"{at}withdraw/", {"reason": "Not agreed."}, format="json").json()
    assert (gone["status"], gone["withdrawn_reason"], gone["withdrawn_by"]) == (
        "withdrawn",
        "Not agreed.",
        second.person_id,
    )


def test_the_chair_settles_equal_votes_on_the_page_and_over_the_api_where_the_rule_says_so(office):
    def tied(project):
        round_ = office.round(project=project)
        office.vote(round_, "fffaaa")
        signed_in(office.chair).post(reverse("funding:round-last-call", args=[round_.pk]))
        return round_

    plain = tied(office.project)
    assert "casting_vote" not in text_of(office.chair, reverse("funding:round-detail", args=[plain.pk]))
    VotingRule.objects.update(tie="casting_vote")
    paged, programmed = tied(office.new_project()), tied(office.new_project())
    close = reverse("funding:round-close", args=[paged.pk])

    assert "casting_vote" in text_of(office.chair, reverse("funding:round-detail", args=[paged.pk]))
    assert signed_in(office.chair).post(close).status_code == 422
    assert signed_in(office.chair).post(close, {"casting_vote": "for"}).status_code == 302
    api = f"/api/v1/rounds/{programmed.pk}/close/"
    assert program(office.chair).post(api, {}, format="json").json()["code"] == "casting.needed"
    assert program(office.chair).post(api, {"casting_vote": "against"}, format="json").status_code == 200
    for round_ in (paged, programmed):
        round_.refresh_from_db()
    assert (paged.outcome, programmed.outcome) == ("approved", "rejected")
