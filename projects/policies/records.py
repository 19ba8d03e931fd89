"""Who keeps a project's records: plan, monthly reports, risks and issues, and what it is built from."""

from calendar import monthrange
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from core import clock
from core.errors import Conflict
from core.verdicts import Verdict
from projects.models import Concern, Dependency, Milestone, Project, Resource, ResourceUse, StatusReport
from projects.policies.people import departments_of
from projects.policies.projects import can_edit_project, can_register_somewhere

can_plan = can_edit_project
can_report = can_edit_project
can_raise_concern = can_edit_project
can_use_resource = can_edit_project
can_register_resource = can_register_somewhere


def can_settle_planned(user: User, thing: Milestone | Dependency) -> Verdict:
    """Say on which day it was done, or that it was not: the lead and the department, unless it was withdrawn."""
    if thing.withdrawn_at:
        return Verdict.no("plan.withdrawn", _("This was withdrawn; its record is kept as it is."), error=Conflict)
    return can_plan(user, thing.project)


def can_change_planned(user: User, thing: Milestone | Dependency) -> Verdict:
    """Change names and dates, or withdraw it, while it is not done."""
    may_settle = can_settle_planned(user, thing)
    if may_settle and thing.done_on:
        return Verdict.no("plan.done", _("This is done; its dates stay as they are."), error=Conflict)
    return may_settle


def can_rate(user: User, project: Project, month: date) -> Verdict:
    """Somebody of the Team who is independent of the project, today and in the month rated.

    Not the lead, not who reported the month, and nobody posted in the delivering department, its bureau or
    its own departments (as for verifiers, DESIGN 3).
    """
    if not user.has_perm("projects.rate_projects"):
        return Verdict.no("duty.rating", _("Projects are rated independently by the Team."))
    if project.stage == "retired":
        return Verdict.no(
            "project.stopped", _("This project was stopped; its record is kept as it is."), error=Conflict
        )
    reported = StatusReport.objects.filter(project=project, month=month, submitted_by=user.person_id)
    if project.lead_id == user.person_id or reported.exists():
        return Verdict.no("duty.separate", _("Whoever leads or reports a project does not rate it."))
    days = (clock.today(), month, month.replace(day=monthrange(month.year, month.month)[1]))
    family = Department.objects.related_to({project.department_id}).values_list("pk", flat=True)
    if departments_of(user.person_id, days) & set(family):
        return Verdict.no("duty.department", _("A rating must not come from the delivering department or its bureau."))
    return Verdict.yes()


def can_change_concern(user: User, concern: Concern) -> Verdict:
    may_raise = can_raise_concern(user, concern.project)
    if may_raise and concern.closed_on:
        return Verdict.no("concern.closed", _("This is closed. Open it again to change it."), error=Conflict)
    return may_raise


def can_reopen_concern(user: User, concern: Concern) -> Verdict:
    if concern.closed_on is None:
        return Verdict.no("concern.open", _("This is open already."), error=Conflict)
    return can_raise_concern(user, concern.project)


def can_edit_resource(user: User, resource: Resource) -> Verdict:
    """The Team; whoever registered it; and the departments whose projects use it today."""
    if resource.withdrawn_at:
        return Verdict.no("resource.withdrawn", _("This entry was withdrawn."), error=Conflict)
    if user.has_perm("projects.edit_resources") or resource.registered_by_id == user.person_id:
        return Verdict.yes()
    today = clock.today()
    using = resource.uses.running(today).values_list("project__department", flat=True)
    if departments_of(user.person_id, (today,)) & set(using):
        return Verdict.yes()
    return Verdict.no("resource.other", _("Only the Team, whoever registered it and its users may change this entry."))


def can_withdraw_resource(user: User, resource: Resource) -> Verdict:
    may_edit = can_edit_resource(user, resource)
    if may_edit and resource.uses.running(clock.today()).exists():
        return Verdict.no("resource.in_use", _("A project still uses this."), error=Conflict)
    return may_edit


def can_end_use(user: User, use: ResourceUse) -> Verdict:
    if use.ends_on is not None:
        return Verdict.no("use.ended", _("This use has an end already."), error=Conflict)
    return can_use_resource(user, use.project)
