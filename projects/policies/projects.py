"""Who may register and change a project."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Posting, User
from accounts.rights import posted_today
from core.errors import Conflict
from core.verdicts import Verdict
from projects.models import Project
from projects.policies.people import belongs, delivers
from projects.rules import editing
from projects.rules.editing import Role, State


def can_register_project(user: User, department: Department) -> Verdict:
    """The department's own people register its projects."""
    if not belongs(user, {department.pk}):
        return Verdict.no("department.other", _("Only people of this department may register its projects."))
    return Verdict.yes()


def can_edit_project(user: User, project: Project) -> Verdict:
    """The lead and the people of the project's department; which fields, `can_edit_field` says."""
    if state_of(project) is State.LEFT:
        return Verdict.no(
            "project.stopped", _("This project left the register; its record is kept as it is."), error=Conflict
        )
    if not delivers(user, project):
        return Verdict.no("department.other", _("Only the project's lead and its department may change it."))
    return Verdict.yes()


def can_edit_field(user: User, project: Project, field: str) -> Verdict:
    """One cell of the table `rules.editing.MAY_EDIT` for this person and this project."""
    state = state_of(project)
    if editing.may_edit(field, state, roles_of(user, project)):
        return Verdict.yes()
    if not editing.MAY_EDIT[field][state]:
        return Verdict.no("field.fixed", _("This is fixed at this stage of the project's life."), error=Conflict)
    return Verdict.no("field.not_yours", _("This is for somebody else to change at this stage of the project's life."))


def can_register_draft(user: User, project: Project) -> Verdict:
    """The own department turns its draft into a registered project."""
    if project.status != Project.Status.DRAFT:
        return Verdict.no("project.registered", _("This project is registered already."), error=Conflict)
    return can_edit_project(user, project)


def can_add_procedure(user: User, project: Project) -> Verdict:
    """Procedures are public, so a draft has none yet."""
    if project.status == Project.Status.DRAFT:
        return Verdict.no("project.draft", _("Register the draft first."), error=Conflict)
    return can_edit_project(user, project)


def can_register_somewhere(user: User) -> Verdict:
    """Whether a page offers to register a project: the person is posted in some department."""
    if not posted_today(user.person_id):
        return Verdict.no("department.none", _("You are not posted in any department today."))
    return Verdict.yes()


def state_of(project: Project) -> State:
    return editing.state_of(is_draft=project.status == Project.Status.DRAFT, stage=project.stage)


def roles_of(user: User, project: Project) -> set[Role]:
    """Everything that this person is to this project today."""
    duties = posted_today(user.person_id).get(project.department_id, frozenset())
    found = {
        Role.LEAD: project.lead_id is not None and project.lead_id == user.person_id,
        Role.DEPARTMENT: bool(duties),
        Role.HEAD: Posting.Duty.HEAD in duties,
        Role.TEAM: user.has_perm("projects.rate_projects"),
    }
    return {role for role, holds in found.items() if holds}
