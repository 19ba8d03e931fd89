"""Every write about money; one function per thing a person can do.

Locks are always taken in this order, so that no two acts wait for each other: a meeting, links of the group,
requests, rounds, decisions, envelopes, and last the head of the ledger.
"""

from funding.services.appeals import appeal
from funding.services.bodies import appoint, end_term
from funding.services.budgets import explain_variance, move_budget
from funding.services.carrying import approve_carry_over, propose_carry_over, withdraw_carry_over
from funding.services.closing import adjourn_round, call_last, close_due_rounds, close_round
from funding.services.conditions import (
    answer_waiver,
    assign_condition,
    discharge_condition,
    propose_waiver,
    return_evidence,
    submit_evidence,
)
from funding.services.copying import copy_request
from funding.services.decisions import decide_in_department, publish_decision, publish_department_decision
from funding.services.deferring import bring_back, bring_back_due, defer_request
from funding.services.delegations import approve_delegation, end_delegation, propose_delegation
from funding.services.drafts import draft_request, edit_draft
from funding.services.envelopes import approve_vote, propose_envelope, propose_vote, withdraw_vote
from funding.services.finance_committee import (
    confirm_outcome,
    publish_outcome,
    record_outcome,
    return_entry,
    set_papers,
)
from funding.services.funding_policies import approve_policy, propose_policy, withdraw_policy
from funding.services.link_findings import confirm_cut, propose_cut
from funding.services.lookalikes import answer_lookalike, tell_chairs_of_late_answers
from funding.services.meetings import (
    add_item,
    arrange_item,
    cancel_meeting,
    change_meeting,
    plan_meeting,
    publish_agenda,
    take_off_item,
)
from funding.services.money import commit
from funding.services.money_policies import approve_money_policy, propose_money_policy, withdraw_money_policy
from funding.services.paper_questions import answer_on_paper, ask_on_paper
from funding.services.reclassifying import reclassify_line
from funding.services.releases import release_money
from funding.services.reminders import send_reminders, tell_of_conditions
from funding.services.requests import (
    endorse_request,
    revise_request,
    screen_request,
    submit_request,
    withdraw_request,
)
from funding.services.required_papers import (
    approve_required_papers,
    propose_required_papers,
    withdraw_required_papers,
)
from funding.services.returning import answer_question, return_with_questions
from funding.services.returns import issue_return
from funding.services.review_rules import approve_review_rule, propose_review_rule, withdraw_review_rule
from funding.services.reviews import answer_review
from funding.services.rounds import mark_absent, open_round
from funding.services.routing import explain_route
from funding.services.service_times import approve_service_times, propose_service_times, withdraw_service_times
from funding.services.sittings import close_meeting, note_item, open_item, take_attendance
from funding.services.spending import correct_spending, record_spending
from funding.services.spending_imports import confirm_spending, offer_spending, withdraw_spending
from funding.services.unsent import forget_form, keep_form
from funding.services.votes import cast_vote, declare_interest
from funding.services.voting_rules import approve_voting_rule, propose_voting_rule, withdraw_voting_rule
from funding.services.whatif import run_whatif, save_whatif_note

__all__ = [
    "add_item",
    "adjourn_round",
    "answer_lookalike",
    "answer_on_paper",
    "answer_question",
    "answer_review",
    "answer_waiver",
    "appeal",
    "appoint",
    "approve_carry_over",
    "approve_delegation",
    "approve_money_policy",
    "approve_policy",
    "approve_required_papers",
    "approve_review_rule",
    "approve_service_times",
    "approve_vote",
    "approve_voting_rule",
    "arrange_item",
    "ask_on_paper",
    "assign_condition",
    "bring_back",
    "bring_back_due",
    "call_last",
    "cancel_meeting",
    "cast_vote",
    "change_meeting",
    "close_due_rounds",
    "close_meeting",
    "close_round",
    "commit",
    "confirm_cut",
    "confirm_outcome",
    "confirm_spending",
    "copy_request",
    "correct_spending",
    "decide_in_department",
    "declare_interest",
    "defer_request",
    "discharge_condition",
    "draft_request",
    "edit_draft",
    "end_delegation",
    "end_term",
    "endorse_request",
    "explain_route",
    "explain_variance",
    "forget_form",
    "issue_return",
    "keep_form",
    "mark_absent",
    "move_budget",
    "note_item",
    "offer_spending",
    "open_item",
    "open_round",
    "plan_meeting",
    "propose_carry_over",
    "propose_cut",
    "propose_delegation",
    "propose_envelope",
    "propose_money_policy",
    "propose_policy",
    "propose_required_papers",
    "propose_review_rule",
    "propose_service_times",
    "propose_vote",
    "propose_voting_rule",
    "propose_waiver",
    "publish_agenda",
    "publish_decision",
    "publish_department_decision",
    "publish_outcome",
    "reclassify_line",
    "record_outcome",
    "record_spending",
    "release_money",
    "return_entry",
    "return_evidence",
    "return_with_questions",
    "revise_request",
    "run_whatif",
    "save_whatif_note",
    "screen_request",
    "send_reminders",
    "set_papers",
    "submit_evidence",
    "submit_request",
    "take_attendance",
    "take_off_item",
    "tell_chairs_of_late_answers",
    "tell_of_conditions",
    "withdraw_carry_over",
    "withdraw_money_policy",
    "withdraw_policy",
    "withdraw_request",
    "withdraw_required_papers",
    "withdraw_review_rule",
    "withdraw_service_times",
    "withdraw_spending",
    "withdraw_vote",
    "withdraw_voting_rule",
]
