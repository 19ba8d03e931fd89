"""Who may do what in the registers, and why not. Pages and services ask the same functions."""

from projects.policies.claims import (
    can_add_evidence,
    can_attest,
    can_claim,
    can_confirm_late,
    can_offer_claim,
    can_retire,
    can_verify,
    claimable_projects,
    current_standing,
    live_claim,
)
from projects.policies.independence import is_independent
from projects.policies.projects import (
    can_add_procedure,
    can_edit_project,
    can_export,
    can_register_project,
    can_register_somewhere,
    can_stop_project,
)
from projects.policies.transfers import can_move, can_offer_transfer, can_transfer, receiving_projects

__all__ = [
    "can_add_evidence",
    "can_add_procedure",
    "can_attest",
    "can_claim",
    "can_confirm_late",
    "can_edit_project",
    "can_export",
    "can_move",
    "can_offer_claim",
    "can_offer_transfer",
    "can_register_project",
    "can_register_somewhere",
    "can_retire",
    "can_stop_project",
    "can_transfer",
    "can_verify",
    "claimable_projects",
    "current_standing",
    "is_independent",
    "live_claim",
    "receiving_projects",
]
