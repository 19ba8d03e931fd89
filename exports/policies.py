"""Who may take lists away as files, and who reads the log of it. To see a list is not to export it (FEATURES H7)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Posting, User
from accounts.rights import posted_today
from core.errors import Conflict
from core.verdicts import Verdict
from exports.models import ExportJob


def can_export(user: User) -> Verdict:
    """By role, and heads of departments for what they answer for; always no more rows than the person sees."""
    if user.has_perm("exports.export_lists"):
        return Verdict.yes()
    if any(Posting.Duty.HEAD in duties for duties in posted_today(user.person_id).values()):
        return Verdict.yes()
    return Verdict.no(
        "duty.export",
        _("Lists are exported by heads of department, officials, the Team, the secretary, finance and report staff."),
    )


def can_read_log(user: User) -> Verdict:
    if not user.has_perm("exports.read_log"):
        return Verdict.no("duty.export_log", _("The log of exports is read by auditors and administrators."))
    return Verdict.yes()


def can_cancel(user: User, job: ExportJob) -> Verdict:
    if not job.is_active:
        return Verdict.no("export.over", _("This file is not being made any more."), error=Conflict)
    return Verdict.yes()
