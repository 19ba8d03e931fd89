"""Who may draft, clear, issue and replace reports: three different people, by Person (FEATURES H3)."""

from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict, InvalidMove
from core.verdicts import Verdict
from reports.models import Report, Schedule
from reports.rules import lifecycle
from reports.rules.lifecycle import Status

Answer: TypeAlias = Verdict

STATES = {
    "clear": _("Only a draft can be cleared."),
    "issue": _("Only a cleared report can be issued."),
    "withdraw": _("Only a report that is not issued can be withdrawn."),
}


def can_draft(user: User) -> Answer:
    if user.has_perm("reports.draft_report"):
        return Answer.yes()
    return Answer.no("duty.reports", _("Only report staff and the AI Efficacy Enhancement Team draft reports."))


def can_clear(user: User, report: Report) -> Answer:
    if not user.has_perm("reports.clear_report"):
        return Answer.no("duty.clears", _("Only the AI Efficacy Enhancement Team clears reports."))
    if user.person_id == report.drafted_by_id:
        return Answer.no("duty.separate", _("A report is cleared by another person than the one who drafted it."))
    return _state("clear", report)


def can_issue(user: User, report: Report) -> Answer:
    if not user.has_perm("reports.issue_report"):
        return Answer.no("duty.issues", _("Only a senior official or the AI Efficacy Enhancement Team issues reports."))
    if user.person_id in (report.drafted_by_id, report.cleared_by_id):
        return Answer.no(
            "duty.separate", _("A report is issued by a third person, who neither drafted nor cleared it.")
        )
    return _state("issue", report)


def can_withdraw(user: User, report: Report) -> Answer:
    """Whoever drafts or clears reports takes back what is not issued; an issued one is replaced, never withdrawn."""
    if not (user.has_perm("reports.draft_report") or user.has_perm("reports.clear_report")):
        return Answer.no("duty.reports", _("Only report staff and the AI Efficacy Enhancement Team withdraw drafts."))
    return _state("withdraw", report)


def can_correct(user: User, report: Report) -> Answer:
    """An erratum replaces an issued report that nothing replaces yet."""
    may = can_draft(user)
    if not may:
        return may
    if report.status != Status.ISSUED:
        return Answer.no("report.state", _("Only an issued report is replaced by an erratum."), error=InvalidMove)
    if report.errata.live().exists():
        message = _("An erratum of this report is issued or on its way. Only the newest is replaced.")
        return Answer.no("report.replaced", message, error=Conflict)
    return Answer.yes()


def can_end_schedule(user: User, schedule: Schedule) -> Answer:
    may = can_draft(user)
    if may and schedule.ended_at is not None:
        return Answer.no("schedule.ended", _("This schedule has ended."), error=Conflict)
    return may


def _state(move: str, report: Report) -> Answer:
    if lifecycle.may_move(move, report.status):
        return Answer.yes()
    return Answer.no("report.state", STATES[move], error=InvalidMove)
