"""A Head of Department lets somebody of the department decide, for a time and up to an amount (DESIGN 4, TRUST T12)."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person, User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, Unprocessable
from core.models import DatedPolicy
from core.policy import refuse_past
from core.text import is_blank
from funding import facts, policies
from funding.models import Delegation
from funding.services import dated

Status = DatedPolicy.Status


@transaction.atomic
def propose_delegation(
    *,
    actor: User,
    department: Department,
    delegate: Person,
    most: Decimal,
    starts_on: date,
    last_on: date,
    source: str,
) -> Delegation:
    """Propose who decides for the head, `last_on` included. Nothing changes until the Team approves it."""
    policies.can_propose_delegation(actor, department.pk).or_raise()
    refuse_past(starts_on, today=clock.today())
    dated.refuse_unsourced(source)
    if not 0 <= (last_on - starts_on).days < Delegation.LONGEST_DAYS:
        message = _("A delegation ends on its first day or later, within a year.")
        raise Unprocessable("delegation.period", message, fields={"last_on": [message]})
    if not 0 < most < Decimal(10**13):
        message = _("Delegate an amount over HK$0.00.")
        raise Unprocessable("amount.min", message, fields={"most": [message]})
    if delegate.pk == actor.person_id or not facts.belongs(delegate.pk, department.pk, starts_on):
        message = _("Delegate to somebody else of the department, who belongs to it on the first day.")
        raise Unprocessable("delegation.delegate", message, fields={"delegate": [message]})
    ends_on = last_on + timedelta(days=1)
    same = Delegation.objects.approved().filter(department=department, starts_on__lt=ends_on, ends_on__gt=starts_on)
    if same.exists():
        raise Conflict("policy.overlap", _("Somebody else decides for the head on some of these days."))
    delegation = Delegation.objects.create(
        department=department,
        delegate=delegate,
        most=most,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        proposed_by=actor.person,
    )
    ledger.record("delegation.proposed", actor=actor, subject=delegation, facts=_told(delegation))
    return delegation


@transaction.atomic
def approve_delegation(*, actor: User, delegation_id: int) -> Delegation:
    """Put a delegation in force for its days."""
    delegation = dated.locked(Delegation.objects.all(), actor=actor, number=delegation_id)
    policies.can_approve_delegation(actor, delegation).or_raise()
    dated.approve(delegation, actor=actor, rows=Delegation.objects.filter(department=delegation.department_id))
    ledger.record("delegation.approved", actor=actor, subject=delegation, facts=_told(delegation))
    return delegation


@transaction.atomic
def end_delegation(*, actor: User, delegation_id: int, reason: str) -> Delegation:
    """End it at once, or take the proposal back. What the delegate decided stands."""
    delegation = dated.locked(Delegation.objects.all(), actor=actor, number=delegation_id)
    policies.can_end_delegation(actor, delegation).or_raise()
    if is_blank(reason):
        message = _("Say why the delegation ends.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    delegation.status = Status.WITHDRAWN
    delegation.withdrawn_by, delegation.withdrawn_reason = actor.person, reason
    delegation.save(update_fields=["status", "withdrawn_by", "withdrawn_reason"])
    ledger.record("delegation.ended", actor=actor, subject=delegation, facts={"reason": reason})
    return delegation


def _told(delegation: Delegation) -> dict[str, ledger.Fact]:
    return {
        "department": delegation.department.safe_code,
        "delegate": delegation.delegate.ledger_ref,
        "most": str(delegation.most),
        "starts_on": delegation.starts_on.isoformat(),
        "ends_on": delegation.ends_on.isoformat() if delegation.ends_on else "",
        "source": delegation.source,
    }
