"""Who may have webhooks, and who approves where they lead."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict
from core.verdicts import Verdict
from exchange.models import Webhook

State = Webhook.State


def can_propose(user: User) -> Verdict:
    """Every account, for what it sees; nothing is sent before somebody else approved the address."""
    return Verdict.yes()


def can_approve(user: User, webhook: Webhook) -> Verdict:
    if not user.has_perm("kpis.manage_sources"):
        return Verdict.no("duty.webhook", _("Addresses of other systems are approved by whoever manages sources."))
    if webhook.state != State.PROPOSED:
        return Verdict.no("webhook.state", _("This webhook does not wait for approval."), error=Conflict)
    if webhook.owner.person_id == user.person_id:
        return Verdict.no("duty.separate", _("A webhook is approved by a second person, not by its owner."))
    return Verdict.yes()


def can_end(user: User, webhook: Webhook) -> Verdict:
    """Its owner, or whoever manages sources, at any time."""
    if webhook.state == State.ENDED:
        return Verdict.no("webhook.ended", _("This webhook has ended."), error=Conflict)
    return Verdict.yes()


def can_run(user: User, webhook: Webhook) -> Verdict:
    """Try it, send something again, renew its secret: its owner, while it is live."""
    if webhook.owner_id != user.pk:
        return Verdict.no("duty.webhook_owner", _("Only the owner of the webhook may do this."))
    if webhook.state != State.LIVE:
        return Verdict.no("webhook.state", _("This webhook is not live."), error=Conflict)
    return Verdict.yes()
