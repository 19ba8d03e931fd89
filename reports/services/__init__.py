"""Every write of reports, one function for each thing a person can do."""

from reports.services.drafting import Asked, content_of, draft_erratum, draft_report
from reports.services.issuing import clear_report, issue_report, withdraw_report
from reports.services.schedules import add_schedule, carry_out, end_schedule, send_packs

__all__ = [
    "Asked",
    "add_schedule",
    "carry_out",
    "clear_report",
    "content_of",
    "draft_erratum",
    "draft_report",
    "end_schedule",
    "issue_report",
    "send_packs",
    "withdraw_report",
]
