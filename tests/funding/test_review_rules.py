"""The rule of reviews as dated, two-person policy, typed in a form or sent to the API (FEATURES C5, C7)."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed, Unprocessable
from core.models import LedgerEntry
from funding import services
from funding.forms.review_rules import ReviewRuleForm, review_rule_values
from funding.models import Review, ReviewRule
from tests.factories.accounts import UserFactory, give_role
from tests.funding.policies import SOON, refused, second_of_team

LAW = {"kind": "law", "when": {"first_use": True}}
PRIVACY = {"kind": "privacy", "when": {"words": ["face"], "categories": ["other"], "amount_from": "500000.00"}}
STEPS = [{"passes": "any", "reviews": [PRIVACY]}, {"passes": "all", "reviews": [LAW]}]


def propose(actor, **said):
    given = {"starts_on": clock.today() + SOON, "source": "Circular 7", "steps": STEPS}
    return services.propose_review_rule(actor=actor, **given | said)


def approve(actor, rule):
    return services.approve_review_rule(actor=actor, rule_id=rule.pk)


def test_reviews_are_proposed_by_one_and_approved_by_another(office, team, world):
    rule = propose(team, starts_on=clock.today())
    refused(NotAllowed, "duty.separate", lambda: approve(team, rule))
    approve(second_of_team(world), rule)
    office.submitted()

    assert list(Review.objects.values_list("rule", "kind", "step", "passes")) == [(rule.pk, "law", 2, "all")]
    acts = LedgerEntry.objects.filter(subject=rule.ledger_ref).values_list("action", flat=True)
    assert list(acts) == ["review_rule.proposed", "review_rule.approved"]
    assert ReviewRule.objects.get(status="approved", ends_on__isnull=False).ends_on == clock.today()


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        ({"source": ""}, InvalidInput, "blank"),
        ({"starts_on": clock.today() - timedelta(days=1)}, Conflict, "policy.past"),
        ({"steps": [{"passes": "all", "reviews": []}]}, Unprocessable, "review_rule.unreadable"),
        ({"steps": [{"passes": "all", "reviews": [LAW, LAW]}]}, Unprocessable, "review_rule.unreadable"),
        (
            {"steps": [{"passes": "all", "reviews": [{"kind": "law", "when": {"categories": ["taste"]}}]}]},
            InvalidInput,
            "choice.invalid",
        ),
    ],
)
def test_a_rule_that_cannot_be_is_refused(team, said, error, code):
    refused(error, code, lambda: propose(team, **said))
    assert not ReviewRule.objects.exists()


def test_rules_never_overlap_and_a_withdrawn_one_says_why(office, team, world):
    second = second_of_team(world)
    first, other = propose(team), propose(team)
    approve(second, first)
    refused(Conflict, "policy.overlap", lambda: approve(second, other))
    services.withdraw_review_rule(actor=team, rule_id=other.pk, reason="Not agreed.")

    assert ReviewRule.objects.get(pk=other.pk).withdrawn_reason == "Not agreed."
    refused(NotAllowed, "duty.policy", lambda: propose(world["secretary"]))


def test_the_form_says_what_is_stored_and_begins_with_it(team):
    rule = propose(team)
    shown = review_rule_values(rule) | {"starts_on": clock.today().isoformat(), "source": "Circular 8"}
    form = ReviewRuleForm(shown | {"passes_3": "all", "passes_4": "all"}, user=team)

    assert form.is_valid(), form.errors
    assert form.said()["steps"] == STEPS


def test_the_page_of_a_proposal_says_what_it_asks_and_who_is_missing(office, team, client):
    paper = office.submitted()
    law = UserFactory()
    give_role(law.person, "law_reviewer")
    client.force_login(team)
    ways = {f"passes_{number}": "all" for number in range(1, 5)}
    typed = {"law_step": "3", "security_step": "1", "security_words": "model, 模型；face", "source": "Circular 7"}
    new = {"starts_on": (clock.today() + SOON).isoformat(), **typed, **ways}
    sent = client.post("/policy/reviews/new/", new)
    rule = ReviewRule.objects.get(status="proposed")
    page = client.get(sent.url).content.decode()
    told = client.get(f"/api/v1/review-rules/{rule.pk}/impact/").json()

    assert [[one["kind"] for one in step["reviews"]] for step in rule.steps] == [["security"], ["law"]]
    assert rule.steps[0]["reviews"][0]["when"] == {"words": ["model", "模型", "face"]}
    assert "Nobody holds the role that answers these reviews today: information security." in page
    assert paper.reference in page
    assert told["unheld"] == ["information security"]
    assert told["otherwise"] == [{"reference": paper.reference, "before": [], "after": ["law"]}]


def test_the_api_takes_and_gives_the_same_steps(office, team, client):
    client.force_login(team)
    body = {"starts_on": clock.today().isoformat(), "source": "Circular 7", "steps": STEPS}
    made = client.post("/api/v1/review-rules/", body, content_type="application/json")

    assert made.status_code == 201, made.content
    assert ReviewRule.objects.get(pk=made.json()["number"]).steps == STEPS
    assert made.json()["steps"][0]["reviews"][0]["when"]["amount_from"] == "500000.00"
