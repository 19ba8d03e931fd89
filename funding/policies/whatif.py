"""Who may replay the requests under another policy."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.verdicts import Verdict


def can_use_bench(user: User) -> Verdict:
    """Whoever may read every submitted request: its figures count all of them."""
    if not user.has_perm("funding.view_every_request"):
        return Verdict.no("bench.only", _("The bench counts every request, so it is for those who may read every one."))
    return Verdict.yes()
