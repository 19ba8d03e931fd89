"""Who may let a project to pilot, decide what comes of it, name it a flagship, and agree that it leaves.

The Head of Department is whoever heads the project's department by posting today. Nobody approves what
they lead, recorded or proposed themselves, judged by Person (FEATURES N6).
"""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict
from core.verdicts import Verdict
from projects.models import HeadApproval, PilotDecision, Project, ProjectExit
from projects.policies.people import delivers
from projects.policies.projects import can_edit_field, can_edit_project, roles_of, state_of
from projects.rules.editing import Role, State
from projects.rules.lifecycle import PILOT


def can_change_stage(user: User, project: Project) -> Verdict:
    """Whether this person moves the project at all; whether a gate is open is `gates.missing`."""
    if project.status == Project.Status.DRAFT:
        return Verdict.no("project.draft", _("Register the draft first."), error=Conflict)
    may_edit = can_edit_project(user, project)
    return can_edit_field(user, project, "stage") if may_edit else may_edit


def can_approve_pilot(user: User, project: Project) -> Verdict:
    if state_of(project) is not State.BEFORE_PILOT:
        return Verdict.no("approval.stage", _("A pilot is approved before it begins."), error=Conflict)
    if standing_approval(project) is not None:
        return Verdict.no("approval.stands", _("The pilot is approved already."), error=Conflict)
    return _is_unconflicted_head(user, project)


def can_withdraw_approval(user: User, project: Project) -> Verdict:
    if state_of(project) is not State.BEFORE_PILOT or standing_approval(project) is None:
        return Verdict.no("approval.none", _("There is no approval to withdraw before the pilot."), error=Conflict)
    if Role.HEAD not in roles_of(user, project):
        return _not_the_head()
    return Verdict.yes()


def can_record_pilot(user: User, project: Project) -> Verdict:
    """Whoever delivers the project, while it is in pilot; recording anew replaces a result that still waits."""
    if state_of(project) is not State.PILOT:
        return Verdict.no("pilot.none", _("Results are recorded while a project is in pilot."), error=Conflict)
    return can_edit_project(user, project)


def can_decide_pilot(user: User, project: Project) -> Verdict:
    """The Head of Department, on a result that somebody else recorded."""
    waiting = waiting_result(project)
    if project.stage != PILOT or waiting is None:
        return Verdict.no("pilot.not_waiting", _("No result of a pilot waits for a decision."), error=Conflict)
    is_head = _is_unconflicted_head(user, project)
    if not is_head:
        return is_head
    if waiting.recorded_by_id == user.person_id:
        return Verdict.no("duty.separate", _("You recorded this result; a second person decides on it."))
    return Verdict.yes(waiting)


def can_mark_flagship(user: User, project: Project) -> Verdict:
    return can_edit_field(user, project, "is_flagship")


def can_propose_exit(user: User, project: Project) -> Verdict:
    if project.status == Project.Status.DRAFT:
        return Verdict.no("project.draft", _("A draft is not in the register."), error=Conflict)
    if open_exit(project) is not None:
        return Verdict.no("exit.open", _("Its leaving is proposed already."), error=Conflict)
    return can_edit_project(user, project)


def can_withdraw_exit(user: User, project: Project) -> Verdict:
    """Whoever could have proposed it."""
    found = open_exit(project)
    if found is None:
        return _no_exit()
    if not delivers(user, project):
        return Verdict.no("department.other", _("Only the project's lead and its department may change it."))
    return Verdict.yes(found)


def can_decide_exit(user: User, project: Project) -> Verdict:
    """The Head of Department for a stop, the Team for the others; never the proposer."""
    found = open_exit(project)
    if found is None:
        return _no_exit()
    if found.kind == ProjectExit.Kind.STOP:
        if Role.HEAD not in roles_of(user, project):
            return _not_the_head()
    elif not user.has_perm("projects.approve_exits"):
        return Verdict.no("duty.exits", _("The Team agrees to merging, splitting and reclassifying."))
    if found.proposed_by_id == user.person_id:
        return Verdict.no("duty.separate", _("You proposed it; a second person decides."))
    return Verdict.yes(found)


def standing_approval(project: Project) -> HeadApproval | None:
    return project.head_approvals.filter(withdrawn_at__isnull=True).first()


def waiting_result(project: Project) -> PilotDecision | None:
    return project.pilot_decisions.filter(decision="").first()


def open_exit(project: Project) -> ProjectExit | None:
    return project.exits.filter(status=ProjectExit.Status.PROPOSED).first()


def _is_unconflicted_head(user: User, project: Project) -> Verdict:
    roles = roles_of(user, project)
    if Role.HEAD not in roles:
        return _not_the_head()
    if Role.LEAD in roles:
        return Verdict.no("duty.separate", _("You lead this project, so somebody else must lead it or decide on it."))
    return Verdict.yes()


def _not_the_head() -> Verdict:
    return Verdict.no("duty.head", _("Only the Head of the project's department decides this."))


def _no_exit() -> Verdict:
    return Verdict.no("exit.none", _("Nobody has proposed that it leaves the register."), error=Conflict)
