"""Funding policies and voting rules: for everybody to read, for the Team or an administrator to propose."""

from datetime import timedelta

from core import clock
from funding.models import Body, FundingPolicy, Tier, TierLine, VotingRule
from tests.access.table import Row, api, page, post


def prepare(world):
    """Two proposals of somebody whose role is not in the table, beside the policy and the rule of `rows_funding`."""
    body = Body.objects.get(code="dwg")
    said = {"starts_on": day(), "source": "Circular 4", "proposed_by": world["team"].person}
    policy = FundingPolicy.objects.create(**said)
    for tier, upper in ((Tier.DEPARTMENT, "1000000.00"), (Tier.WORKING_GROUP, "20000000.00"), (Tier.LEGCO, None)):
        TierLine.objects.create(policy=policy, tier=tier, upper=upper, body=None if tier == Tier.DEPARTMENT else body)
    world.things |= {"proposed policy": policy, "proposed voting": VotingRule.objects.create(body=body, **said)}


def day():
    return clock.today() + timedelta(days=30)


def policy_at(world):
    return {"number": world.things["proposed policy"].pk}


def voting_at(world):
    return {"number": world.things["proposed voting"].pk}


def typed_policy(world):
    return {
        "starts_on": day().isoformat(),
        "department_upper": "1,000,000.00",
        "department_included": "no",
        "working_group_upper": "20,000,000.00",
        "working_group_included": "yes",
        "working_group_body": "dwg",
        "legco_body": "dwg",
        "linking_months": "12",
        "appeal_days": "28",
        "same_department": "recuse",
        "source": "Circular 4",
    }


def typed_rule(world):
    return {
        "body": "dwg",
        "starts_on": day().isoformat(),
        "quorum_share_percent": "50",
        "quorum_least": "3",
        "majority_percent": "60",
        "majority_base": "cast",
        "tie": "fails",
        "last_call_seconds": "60",
        "source": "Terms 2",
    }


def sent_policy(world):
    return {
        "starts_on": day().isoformat(),
        "source": "Circular 4",
        "lines": [
            {"tier": "department", "upper": "1000000.00"},
            {"tier": "working_group", "upper": "20000000.00", "upper_included": True, "body": "dwg"},
            {"tier": "legco", "body": "dwg"},
        ],
    }


def sent_rule(world):
    return {"body": "dwg", "starts_on": day().isoformat(), "source": "Terms 2", "majority_percent": 60}


REASON = {"reason": "Not now."}

ROWS: list[Row] = [
    page("policy:funding-policy-list"),
    page("policy:funding-policy-new", 403, administrator=200),
    post("policy:funding-policy-new", 403, data=typed_policy, administrator=302),
    page("policy:funding-policy-detail", at=policy_at),
    post("policy:funding-policy-approve", 403, at=policy_at),
    post("policy:funding-policy-withdraw", 403, at=policy_at, data=REASON),
    page("policy:voting-rule-list"),
    page("policy:voting-rule-new", 403, administrator=200),
    post("policy:voting-rule-new", 403, data=typed_rule, administrator=302),
    page("policy:voting-rule-detail", at=voting_at),
    post("policy:voting-rule-approve", 403, at=voting_at),
    post("policy:voting-rule-withdraw", 403, at=voting_at, data=REASON),
    api("GET", "/api/v1/funding-policies/"),
    api("POST", "/api/v1/funding-policies/", 403, data=sent_policy, administrator=201),
    api("GET", "/api/v1/funding-policies/{number}/", at=policy_at),
    api("GET", "/api/v1/funding-policies/{number}/impact/", at=policy_at),
    api("POST", "/api/v1/funding-policies/{number}/approve/", 403, at=policy_at),
    api("POST", "/api/v1/funding-policies/{number}/withdraw/", 403, at=policy_at, data=REASON),
    api("GET", "/api/v1/voting-rules/"),
    api("POST", "/api/v1/voting-rules/", 403, data=sent_rule, administrator=201),
    api("GET", "/api/v1/voting-rules/{number}/", at=voting_at),
    api("GET", "/api/v1/voting-rules/{number}/impact/", at=voting_at),
    api("POST", "/api/v1/voting-rules/{number}/approve/", 403, at=voting_at),
    api("POST", "/api/v1/voting-rules/{number}/withdraw/", 403, at=voting_at, data=REASON),
]
