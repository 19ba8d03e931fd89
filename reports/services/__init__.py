"""Every write of reports, one function for each thing a person can do."""

from reports.services.drafting import Asked, content_of, draft_erratum, draft_report
from reports.services.issuing import clear_report, issue_report, withdraw_report

__all__ = [
    "Asked",
    "clear_report",
    "content_of",
    "draft_erratum",
    "draft_report",
    "issue_report",
    "withdraw_report",
]
