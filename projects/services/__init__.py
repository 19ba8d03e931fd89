"""Every write to the register of projects and procedures; one function per thing a person can do."""

from projects.services.claims import add_evidence, claim
from projects.services.procedures import add_procedure, link_procedure, retire
from projects.services.projects import edit_project, register_project, stop_project
from projects.services.transfers import transfer_all_claims, transfer_claim
from projects.services.verification import attest, confirm_late, verify

__all__ = [
    "add_evidence",
    "add_procedure",
    "attest",
    "claim",
    "confirm_late",
    "edit_project",
    "link_procedure",
    "register_project",
    "retire",
    "stop_project",
    "transfer_all_claims",
    "transfer_claim",
    "verify",
]
