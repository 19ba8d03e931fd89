"""Who may share a project with one person until a day (DESIGN 8)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Posting, User
from core import clock
from core.verdicts import Verdict
from projects.models import Project


def can_share(user: User, project: Project) -> Verdict:
    """The project's lead, the head of its department, and administrators."""
    if user.has_perm("accounts.manage_people") or user.person_id == project.lead_id:
        return Verdict.yes()
    heads = Posting.objects.on(clock.today()).heads().filter(department=project.department_id)
    if heads.filter(person=user.person_id).exists():
        return Verdict.yes()
    reason = _("A project is shared by its lead, the head of its department or an administrator.")
    return Verdict.no("duty.share", reason)


def can_read_access(user: User, project: Project) -> Verdict:
    """The names behind "who can see this?": insiders of the project and readers of people's records."""
    if user.has_perm("accounts.manage_people") or user.has_perm("accounts.view_people_records"):
        return Verdict.yes()
    if Project.objects.insider_to(user).filter(pk=project.pk).exists():
        return Verdict.yes()
    return Verdict.no("project.insiders", _("Who is named here is shown to insiders of the project."))
