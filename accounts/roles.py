"""The roles of the programme and what each may do. `seed_roles` writes them as groups (DESIGN 8).

A role never decides anything by itself: a policy module asks for the permission and then for the facts
of the case (seat, posting, conflict).
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import Text


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    TEAM = "team"
    VERIFIER = "verifier"
    SECRETARY = "secretary"
    FINANCE = "finance"
    OFFICIAL = "official"
    REPORT_STAFF = "report_staff"
    PRIVACY_REVIEWER = "privacy_reviewer"
    SECURITY_REVIEWER = "security_reviewer"
    LAW_REVIEWER = "law_reviewer"
    PROCUREMENT_REVIEWER = "procurement_reviewer"


LABELS: dict[str, Text] = {
    Role.ADMINISTRATOR: _("administrator"),
    Role.AUDITOR: _("auditor"),
    Role.TEAM: _("the Team"),
    Role.VERIFIER: _("verifier"),
    Role.SECRETARY: _("secretary of the working group"),
    Role.FINANCE: pgettext_lazy("role", "finance"),
    Role.OFFICIAL: _("senior official"),
    Role.REPORT_STAFF: _("report staff"),
    Role.PRIVACY_REVIEWER: _("privacy reviewer"),
    Role.SECURITY_REVIEWER: _("information security reviewer"),
    Role.LAW_REVIEWER: _("legal reviewer"),
    Role.PROCUREMENT_REVIEWER: _("procurement reviewer"),
}

# Grants of these take a second administrator and wait 24 hours before the first use (TRUST T28). The Team approves
# rules and exits; an administrator could otherwise make a second one of themselves to agree with them.
DECIDING = frozenset(
    {
        Role.VERIFIER,
        Role.SECRETARY,
        Role.FINANCE,
        Role.TEAM,
        Role.ADMINISTRATOR,
        Role.PRIVACY_REVIEWER,
        Role.SECURITY_REVIEWER,
        Role.LAW_REVIEWER,
        Role.PROCUREMENT_REVIEWER,
    }
)

PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.ADMINISTRATOR: (
        "accounts.manage_people",
        "exports.read_log",
        "funding.propose_policy",
        "kpis.manage_sources",
    ),
    Role.AUDITOR: (
        "accounts.view_people_records",
        "core.read_ledger",
        "exports.export_lists",
        "exports.read_log",
        "funding.view_every_request",
        "funding.view_every_ballot",
        "kpis.view_every_reading",
        "projects.view_every_record",
        "reports.view_every_report",
    ),
    Role.TEAM: (
        "accounts.view_people_records",
        "exports.export_lists",
        "funding.view_every_request",
        "funding.view_every_ballot",
        "funding.propose_policy",
        "funding.approve_policy",
        "funding.confirm_finding",
        "funding.approve_money",
        "funding.vote_money",
        "projects.answer_help",
        "projects.approve_exits",
        "projects.edit_resources",
        "projects.edit_rules",
        "projects.import_for_all",
        "projects.rate_projects",
        "projects.set_shares",
        "projects.view_every_record",
        "kpis.accept_reviews",
        "kpis.edit_definitions",
        "kpis.lock_periods",
        "kpis.manage_sources",
        "kpis.view_every_reading",
        "reports.clear_report",
        "reports.draft_report",
        "reports.issue_report",
        "reports.view_every_report",
    ),
    Role.VERIFIER: ("projects.verify_procedure",),
    Role.SECRETARY: (
        "exports.export_lists",
        "funding.serve_committee",
        "funding.view_every_request",
        "funding.view_every_ballot",
    ),
    Role.FINANCE: (
        "exports.export_lists",
        "funding.commit_money",
        "funding.record_spending",
        "funding.view_every_request",
        "funding.vote_money",
    ),
    Role.OFFICIAL: ("exports.export_lists", "reports.issue_report", "reports.view_every_report"),
    Role.REPORT_STAFF: ("exports.export_lists", "reports.draft_report", "reports.view_every_report"),
    Role.PRIVACY_REVIEWER: ("funding.review_privacy",),
    Role.SECURITY_REVIEWER: ("funding.review_security",),
    Role.LAW_REVIEWER: ("funding.review_law",),
    Role.PROCUREMENT_REVIEWER: ("funding.review_procurement",),
}

# What each permission opens, in words for the page that answers "what can this person see?".
OPENS: dict[str, Text] = {
    "accounts.manage_people": _("invite people, post them, give and end roles"),
    "accounts.view_people_records": _("read everybody's accounts, roles and grants"),
    "core.read_ledger": _("read the ledger and its verification"),
    "exports.export_lists": _("take lists away as files"),
    "exports.read_log": _("read the log of exports"),
    "funding.approve_money": _("approve a vote of money or a carry-over that somebody else proposed"),
    "funding.approve_policy": _("approve a funding policy or voting rule that somebody else proposed"),
    "funding.commit_money": _("commit approved money against the envelope"),
    "funding.confirm_finding": _("agree that two requests do not belong together, as the second person"),
    "funding.propose_policy": _("propose a funding policy or voting rule"),
    "funding.record_spending": _("record expenditure of every department"),
    "funding.review_law": _("answer legal reviews of requests"),
    "funding.review_privacy": _("answer privacy reviews of requests"),
    "funding.review_procurement": _("answer procurement reviews of requests"),
    "funding.review_security": _("answer information security reviews of requests"),
    "funding.serve_committee": _("screen requests, open and close rounds, publish decisions"),
    "funding.view_every_ballot": _("read who voted how, after publication"),
    "funding.view_every_request": _("read every request that was submitted"),
    "funding.vote_money": _("propose a vote of money into an envelope"),
    "kpis.accept_reviews": _("accept reviews of benefits, and withdraw promises after going live"),
    "kpis.edit_definitions": _("add measures to the library and change their definitions"),
    "kpis.lock_periods": _("lock periods of KPIs and open them again"),
    "kpis.manage_sources": _("manage sources of readings"),
    "kpis.view_every_reading": _("read readings that are not verified yet"),
    "projects.answer_help": _("answer departments that ask for priority help"),
    "projects.approve_exits": _("approve that a project leaves the register"),
    "projects.edit_resources": _("correct and withdraw vendors, models, data sets and systems"),
    "projects.edit_rules": _("propose and approve counting rules"),
    "projects.import_for_all": _("import new projects of every department"),
    "projects.rate_projects": _("give a project's independent rating"),
    "projects.set_shares": _("set the shares of the target per department"),
    "projects.verify_procedure": _("verify claims of other departments"),
    "projects.view_every_record": _("read risks, comments and documents of every registered project"),
    "reports.clear_report": _("clear drafts of reports that somebody else made"),
    "reports.draft_report": _("draft reports and errata"),
    "reports.issue_report": _("issue reports that two others drafted and cleared"),
    "reports.view_every_report": _("read reports that are not issued"),
}
