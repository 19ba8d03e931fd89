"""What votes of money and carry-overs share: approved by a second person, or withdrawn with a reason."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.errors import InvalidInput
from core.text import is_blank
from funding import policies
from funding.models import CarryOver, EnvelopeVote, TwoPerson


def approve(row: EnvelopeVote | CarryOver, *, actor: User) -> None:
    row.status = TwoPerson.Status.APPROVED
    row.approved_by = actor.person
    row.approved_at = clock.now()
    row.save(update_fields=["status", "approved_by", "approved_at"])


def withdraw(row: EnvelopeVote | CarryOver, *, actor: User, reason: str) -> None:
    """It stays on record with who withdrew it and why."""
    policies.can_withdraw_money(actor, row).or_raise()
    refuse_unexplained(reason)
    row.status = TwoPerson.Status.WITHDRAWN
    row.withdrawn_by = actor.person
    row.withdrawn_reason = reason
    row.save(update_fields=["status", "withdrawn_by", "withdrawn_reason"])


def refuse_unexplained(reason: str, field: str = "reason") -> None:
    if is_blank(reason):
        message = _("Give the reason.")
        raise InvalidInput("reason.required", message, fields={field: [message]})
