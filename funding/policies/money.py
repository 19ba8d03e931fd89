"""Who may set approved money aside."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict
from core.verdicts import Verdict
from funding import facts
from funding.models import Decision, Outcome

NO_SUCH_ENVELOPE = _("There is no such envelope.")


def can_commit(user: User, decision: Decision) -> Verdict:
    """Finance, on a published approval of somebody else's request."""
    if not user.has_perm("funding.commit_money"):
        return Verdict.no("finance.only", _("Only finance staff commit money."))
    if facts.is_own_item(user.person_id, decision.request):
        return Verdict.no(
            "duty.separate", _("You asked for, lead or wrote this request, so another officer must commit its money.")
        )
    if decision.published_at is None:
        return Verdict.no(
            "decision.unpublished", _("Money may be committed once the decision is published."), error=Conflict
        )
    if decision.outcome == Outcome.RECOMMENDED:
        message = _("Locked until the Finance Committee’s approval is recorded, confirmed and published.")
        return Verdict.no("legco.locked", message, error=Conflict)
    if decision.outcome != Outcome.APPROVED:
        return Verdict.no("decision.not_approved", _("This decision approved no money."), error=Conflict)
    return Verdict.yes()
