"""What funding policies and voting rules share on their way: locked, approved by a second person, or withdrawn."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger, policy
from core.errors import InvalidInput, NotVisible, Unprocessable
from core.models import DatedPolicy
from core.text import is_blank
from funding import policies
from funding.models import Delegation, FundingPolicy, MoneyPolicy, RequiredPapers, ReviewRule, ServiceTimes, VotingRule

Row = TypeVar("Row", FundingPolicy, VotingRule, MoneyPolicy, ServiceTimes, RequiredPapers, ReviewRule, Delegation)
Limits = tuple[int, int]


def locked(rows: "QuerySet[Row]", *, actor: User, number: int) -> Row:
    found: Row | None = rows.visible_to(actor).select_for_update(of=("self",)).filter(pk=number).first()  # type: ignore[attr-defined] # of both querysets
    if found is None:
        raise NotVisible("policy.unknown", _("There is no such policy."))
    return found


def approve(row: Row, *, actor: User, rows: "QuerySet[Row]") -> None:
    """Put a locked proposal in force from its first day, ending the open one of `rows` before it there."""
    policies.can_approve_policy(actor, row).or_raise()
    policy.approve(row, rows=rows, approver_id=actor.person_id, today=clock.today(), now=clock.now())


def withdraw(row: Row, *, actor: User, reason: str, action: str) -> None:
    """Take a locked proposal back, or turn it down. It stays on record with who did so and why."""
    policies.can_withdraw_policy(actor, row).or_raise()
    if is_blank(reason):
        message = _("Say why the proposal is withdrawn.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    row.status = DatedPolicy.Status.WITHDRAWN
    row.withdrawn_by = actor.person
    row.withdrawn_reason = reason
    row.save(update_fields=["status", "withdrawn_by", "withdrawn_reason"])
    ledger.record(action, actor=actor, subject=row, facts={"reason": reason})


def refuse_unsourced(source: str) -> None:
    if is_blank(source):
        message = _("Say where the rule is written.")
        raise InvalidInput("blank", message, fields={"source": [message]})


def refuse_outside(values: Mapping[str, int], limits: Mapping[str, Limits]) -> None:
    for name, value in values.items():
        least, most = limits[name]
        if not least <= value <= most:
            message = _("A whole number from %(least)s to %(most)s is wanted.") % {"least": least, "most": most}
            raise Unprocessable("number.range", message, fields={name: [message]})


def refuse_unknown(name: str, value: str, offered: Collection[str]) -> None:
    if value not in offered:
        message = _("Choose one of the entries offered.")
        raise InvalidInput("choice.invalid", message, fields={name: [message]})
