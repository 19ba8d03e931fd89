"""Every write about money; one function per thing a person can do.

Locks are always taken in this order, so that no two acts wait for each other: links of the group,
requests, rounds, decisions, envelopes, and last the head of the ledger.
"""

from funding.services.closing import adjourn_round, call_last, close_due_rounds, close_round
from funding.services.decisions import decide_in_department, publish_decision, publish_department_decision
from funding.services.drafts import draft_request, edit_draft
from funding.services.funding_policies import approve_policy, propose_policy, withdraw_policy
from funding.services.money import commit
from funding.services.requests import (
    endorse_request,
    revise_request,
    screen_request,
    submit_request,
    withdraw_request,
)
from funding.services.rounds import mark_absent, open_round
from funding.services.routing import explain_route
from funding.services.votes import cast_vote, declare_interest
from funding.services.voting_rules import approve_voting_rule, propose_voting_rule, withdraw_voting_rule

__all__ = [
    "adjourn_round",
    "approve_policy",
    "approve_voting_rule",
    "call_last",
    "cast_vote",
    "close_due_rounds",
    "close_round",
    "commit",
    "decide_in_department",
    "declare_interest",
    "draft_request",
    "edit_draft",
    "endorse_request",
    "explain_route",
    "mark_absent",
    "open_round",
    "propose_policy",
    "propose_voting_rule",
    "publish_decision",
    "publish_department_decision",
    "revise_request",
    "screen_request",
    "submit_request",
    "withdraw_policy",
    "withdraw_request",
    "withdraw_voting_rule",
]
