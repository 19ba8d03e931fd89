"""Who may offer a file, and who may act on one."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.verdicts import Verdict
from projects.models import ImportBatch
from projects.policies.projects import can_register_somewhere


def can_import(user: User) -> Verdict:
    """People of any department, for its records; the Team for all. Each row is judged for itself."""
    if user.has_perm("projects.import_for_all"):
        return Verdict.yes()
    return can_register_somewhere(user)


def can_act_on_import(user: User, batch: ImportBatch) -> Verdict:
    """Who offered the file maps, confirms and withdraws it; others who see it read only."""
    if batch.uploaded_by_id is None or batch.uploaded_by_id != user.person_id:
        return Verdict.no("import.other", _("Only the person who offered this file may act on it."))
    return Verdict.yes()
