"""Who may do what to a request, a round or a decision, and why not. Pages, API and services ask the same functions."""

from funding.policies.closing import can_adjourn, can_call_last, can_close, can_publish
from funding.policies.committee import can_edit_round, can_mark_absent, can_open_round, can_screen
from funding.policies.dated import can_approve_policy, can_propose_policy, can_withdraw_policy
from funding.policies.money import NO_SUCH_ENVELOPE, can_commit
from funding.policies.requests import (
    can_decide_in_department,
    can_draft,
    can_edit,
    can_endorse,
    can_revise,
    can_submit,
    can_withdraw,
)
from funding.policies.votes import can_declare, can_see_ballots, can_see_tally, can_vote

__all__ = [
    "NO_SUCH_ENVELOPE",
    "can_adjourn",
    "can_approve_policy",
    "can_call_last",
    "can_close",
    "can_commit",
    "can_decide_in_department",
    "can_declare",
    "can_draft",
    "can_edit",
    "can_edit_round",
    "can_endorse",
    "can_mark_absent",
    "can_open_round",
    "can_propose_policy",
    "can_publish",
    "can_revise",
    "can_screen",
    "can_see_ballots",
    "can_see_tally",
    "can_submit",
    "can_vote",
    "can_withdraw",
    "can_withdraw_policy",
]
