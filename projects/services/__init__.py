"""Every write to the register of projects and procedures; one function per thing a person can do."""

from projects.services.claims import add_evidence, claim
from projects.services.concerns import change_concern, close_concern, raise_concern, reopen_concern
from projects.services.counting_rules import approve_rule, propose_rule, withdraw_rule
from projects.services.exits import approve_exit, propose_exit, refuse_exit, withdraw_exit
from projects.services.life import approve_pilot, decide_pilot, mark_flagship, record_pilot, withdraw_approval
from projects.services.lineage import merge_procedure, split_procedure
from projects.services.maps import draw_map
from projects.services.plan import (
    add_dependency,
    add_milestone,
    agree_date,
    change_planned,
    mark_done,
    withdraw_planned,
)
from projects.services.procedures import add_procedure, edit_procedure, link_procedure, retire
from projects.services.projects import edit_project, register_draft, register_project, save_draft
from projects.services.recording import refresh_standings
from projects.services.resources import (
    change_resource,
    end_use,
    register_resource,
    use_resource,
    withdraw_resource,
)
from projects.services.shares import set_shares
from projects.services.stages import change_stage
from projects.services.status import correct_rating, correct_report, rate_month, report_month
from projects.services.transfers import transfer_all_claims, transfer_claim
from projects.services.verification import attest, confirm_late, verify

__all__ = [
    "add_dependency",
    "add_evidence",
    "add_milestone",
    "add_procedure",
    "agree_date",
    "approve_exit",
    "approve_pilot",
    "approve_rule",
    "attest",
    "change_concern",
    "change_planned",
    "change_resource",
    "change_stage",
    "claim",
    "close_concern",
    "confirm_late",
    "correct_rating",
    "correct_report",
    "decide_pilot",
    "draw_map",
    "edit_procedure",
    "edit_project",
    "end_use",
    "link_procedure",
    "mark_done",
    "mark_flagship",
    "merge_procedure",
    "propose_exit",
    "propose_rule",
    "raise_concern",
    "rate_month",
    "record_pilot",
    "refresh_standings",
    "refuse_exit",
    "register_draft",
    "register_project",
    "register_resource",
    "reopen_concern",
    "report_month",
    "retire",
    "save_draft",
    "set_shares",
    "split_procedure",
    "transfer_all_claims",
    "transfer_claim",
    "use_resource",
    "verify",
    "withdraw_approval",
    "withdraw_exit",
    "withdraw_planned",
    "withdraw_resource",
    "withdraw_rule",
]
