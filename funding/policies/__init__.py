"""Who may do what to a request, a round or a decision, and why not. Pages, API and services ask the same functions."""

from funding.policies.bodies import can_appoint, can_end_term
from funding.policies.closing import can_adjourn, can_call_last, can_close, can_publish
from funding.policies.committee import can_edit_round, can_mark_absent, can_open_round, can_reclassify, can_screen
from funding.policies.conditions import (
    can_assign,
    can_discharge,
    can_propose_waiver,
    can_return_evidence,
    can_submit_evidence,
    can_waive,
)
from funding.policies.dated import can_approve_policy, can_propose_policy, can_withdraw_policy
from funding.policies.delegations import can_approve_delegation, can_end_delegation, can_propose_delegation
from funding.policies.editing import can_attach, can_edit, can_revise, can_write
from funding.policies.finance_committee import (
    can_confirm_outcome,
    can_publish_outcome,
    can_record_outcome,
    can_return_entry,
    can_set_papers,
)
from funding.policies.lookalikes import can_answer_lookalike, can_confirm_cut, can_propose_cut, nothing_asked
from funding.policies.meetings import (
    can_cancel_meeting,
    can_change_meeting,
    can_close_meeting,
    can_note_item,
    can_open_item,
    can_plan_meeting,
    can_put_on_agenda,
    can_take_attendance,
    not_on_agenda,
)
from funding.policies.money import NO_SUCH_ENVELOPE, can_commit
from funding.policies.outcomes import can_answer, can_appeal, can_bring_back, can_defer, can_return
from funding.policies.paper_questions import can_answer_on_paper, can_ask_on_paper
from funding.policies.requests import (
    can_copy,
    can_decide_in_department,
    can_draft,
    can_endorse,
    can_submit,
    can_withdraw,
)
from funding.policies.reviews import can_answer_review, reviews_passed
from funding.policies.spending import (
    can_approve_money,
    can_carry_over,
    can_confirm_import,
    can_correct_spending,
    can_import_spending,
    can_issue_return,
    can_plan,
    can_record_spending,
    can_release,
    can_vote_money,
    can_withdraw_money,
)
from funding.policies.votes import can_declare, can_see_ballots, can_see_tally, can_vote, may_cast
from funding.policies.whatif import can_use_bench

__all__ = [
    "NO_SUCH_ENVELOPE",
    "can_adjourn",
    "can_answer",
    "can_answer_lookalike",
    "can_answer_on_paper",
    "can_answer_review",
    "can_appeal",
    "can_appoint",
    "can_approve_delegation",
    "can_approve_money",
    "can_approve_policy",
    "can_ask_on_paper",
    "can_assign",
    "can_attach",
    "can_bring_back",
    "can_call_last",
    "can_cancel_meeting",
    "can_carry_over",
    "can_change_meeting",
    "can_close",
    "can_close_meeting",
    "can_commit",
    "can_confirm_cut",
    "can_confirm_import",
    "can_confirm_outcome",
    "can_copy",
    "can_correct_spending",
    "can_decide_in_department",
    "can_declare",
    "can_defer",
    "can_discharge",
    "can_draft",
    "can_edit",
    "can_edit_round",
    "can_end_delegation",
    "can_end_term",
    "can_endorse",
    "can_import_spending",
    "can_issue_return",
    "can_mark_absent",
    "can_note_item",
    "can_open_item",
    "can_open_round",
    "can_plan",
    "can_plan_meeting",
    "can_propose_cut",
    "can_propose_delegation",
    "can_propose_policy",
    "can_propose_waiver",
    "can_publish",
    "can_publish_outcome",
    "can_put_on_agenda",
    "can_reclassify",
    "can_record_outcome",
    "can_record_spending",
    "can_release",
    "can_return",
    "can_return_entry",
    "can_return_evidence",
    "can_revise",
    "can_screen",
    "can_see_ballots",
    "can_see_tally",
    "can_set_papers",
    "can_submit",
    "can_submit_evidence",
    "can_take_attendance",
    "can_use_bench",
    "can_vote",
    "can_vote_money",
    "can_waive",
    "can_withdraw",
    "can_withdraw_money",
    "can_withdraw_policy",
    "can_write",
    "may_cast",
    "not_on_agenda",
    "nothing_asked",
    "reviews_passed",
]
