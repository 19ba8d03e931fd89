"""Who asks the Team for priority help, and who answers (FEATURES A6)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict
from core.verdicts import Verdict
from projects.models import HelpRequest, Project
from projects.policies.people import delivers


def can_ask_help(user: User, project: Project) -> Verdict:
    """The lead and the people of the department, while the project runs."""
    if project.stage == "retired":
        return Verdict.no(
            "project.stopped", _("This project was stopped; its record is kept as it is."), error=Conflict
        )
    if not delivers(user, project):
        return Verdict.no("department.other", _("Help is asked by the project's lead and its department."))
    return Verdict.yes()


def can_answer_help(user: User, asked: HelpRequest) -> Verdict:
    """Somebody of the Team who did not ask, once."""
    if not user.has_perm("projects.answer_help"):
        return Verdict.no("duty.team", _("Requests for help are answered by the Team."))
    if asked.outcome:
        return _closed()
    if user.person_id == asked.asked_by_id:
        return Verdict.no("duty.separate", _("Somebody else of the Team answers what you asked."))
    return Verdict.yes()


def can_withdraw_help(user: User, asked: HelpRequest) -> Verdict:
    """The lead and the people of the department, before it is answered."""
    if not delivers(user, asked.project):
        return Verdict.no("department.other", _("Help is asked by the project's lead and its department."))
    if asked.outcome:
        return _closed()
    return Verdict.yes()


def _closed() -> Verdict:
    return Verdict.no("help.closed", _("This request for help has its answer or was withdrawn."), error=Conflict)
