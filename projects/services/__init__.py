"""Every write to the register of projects and procedures; one function per thing a person can do."""

from projects.services.claims import add_evidence, claim
from projects.services.counting_rules import approve_rule, propose_rule, withdraw_rule
from projects.services.exits import approve_exit, propose_exit, refuse_exit, withdraw_exit
from projects.services.life import approve_pilot, decide_pilot, mark_flagship, record_pilot, withdraw_approval
from projects.services.lineage import merge_procedure, split_procedure
from projects.services.maps import draw_map
from projects.services.procedures import add_procedure, edit_procedure, link_procedure, retire
from projects.services.projects import edit_project, register_draft, register_project, save_draft
from projects.services.shares import set_shares
from projects.services.stages import change_stage
from projects.services.transfers import transfer_all_claims, transfer_claim
from projects.services.verification import attest, confirm_late, verify

__all__ = [
    "add_evidence",
    "add_procedure",
    "approve_exit",
    "approve_pilot",
    "approve_rule",
    "attest",
    "change_stage",
    "claim",
    "confirm_late",
    "decide_pilot",
    "draw_map",
    "edit_procedure",
    "edit_project",
    "link_procedure",
    "mark_flagship",
    "merge_procedure",
    "propose_exit",
    "propose_rule",
    "record_pilot",
    "refuse_exit",
    "register_draft",
    "register_project",
    "retire",
    "save_draft",
    "set_shares",
    "split_procedure",
    "transfer_all_claims",
    "transfer_claim",
    "verify",
    "withdraw_approval",
    "withdraw_exit",
    "withdraw_rule",
]
