"""Who may register, change and stop a project, and export the registers."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from projects.models import Project
from projects.policies.people import belongs, delivers, departments_of


def can_register_project(user: User, department: Department) -> Verdict:
    """The department's own people register its projects."""
    if not belongs(user, {department.pk}):
        return Verdict.no("department.other", _("Only people of this department may register its projects."))
    return Verdict.yes()


def can_edit_project(user: User, project: Project) -> Verdict:
    """The lead and the people of the project's department."""
    if project.stage == "retired":
        return Verdict.no(
            "project.stopped", _("This project was stopped; its record is kept as it is."), error=Conflict
        )
    if not delivers(user, project):
        return Verdict.no("department.other", _("Only the project's lead and its department may change it."))
    return Verdict.yes()


can_stop_project = can_edit_project
can_add_procedure = can_edit_project


def can_register_somewhere(user: User) -> Verdict:
    """Whether a page offers to register a project: the person is posted in some department."""
    if not departments_of(user.person_id, (clock.today(),)):
        return Verdict.no("department.none", _("You are not posted in any department today."))
    return Verdict.yes()


def can_export(user: User) -> Verdict:
    if not user.has_perm("projects.export_register"):
        return Verdict.no("duty.export", _("Exports of the registers are made by report staff."))
    return Verdict.yes()
