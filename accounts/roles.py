"""The roles of the programme and what each may do. `seed_roles` writes them as groups (DESIGN 8).

A role never decides anything by itself: a policy module asks for the permission and then for the facts
of the case (seat, posting, conflict).
"""

from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    TEAM = "team"
    VERIFIER = "verifier"
    SECRETARY = "secretary"
    FINANCE = "finance"
    OFFICIAL = "official"
    REPORT_STAFF = "report_staff"


# Grants of these wait 24 hours before the first use.
DECIDING = frozenset({Role.VERIFIER, Role.SECRETARY, Role.FINANCE})

PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.ADMINISTRATOR: ("accounts.manage_people", "funding.propose_policy", "kpis.manage_sources"),
    Role.AUDITOR: (
        "core.read_ledger",
        "funding.view_every_request",
        "funding.view_every_ballot",
        "kpis.view_every_reading",
        "projects.view_every_record",
    ),
    Role.TEAM: (
        "funding.view_every_request",
        "funding.view_every_ballot",
        "funding.propose_policy",
        "funding.approve_policy",
        "projects.answer_help",
        "projects.approve_exits",
        "projects.edit_rules",
        "projects.rate_projects",
        "projects.set_shares",
        "projects.view_every_record",
        "kpis.manage_sources",
        "kpis.view_every_reading",
    ),
    Role.VERIFIER: ("projects.verify_procedure",),
    Role.SECRETARY: ("funding.serve_committee", "funding.view_every_request", "funding.view_every_ballot"),
    Role.FINANCE: ("funding.commit_money", "funding.view_every_request"),
    Role.OFFICIAL: (),
    Role.REPORT_STAFF: ("projects.export_register",),
}
