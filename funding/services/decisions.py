"""Decisions of a Head of Department, and the publication that makes any decision take effect (DESIGN 4)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import checkpoints, clock, ledger
from core.errors import InvalidInput, Unprocessable
from core.text import is_blank
from funding import policies
from funding.models import Decision, FundingRequest, Outcome
from funding.rules import lifecycle
from funding.services import links, locks, routing
from funding.services.conditions import set_tasks
from funding.services.finance_committee import open_item
from funding.services.recording import Entry, move, record


@transaction.atomic
def decide_in_department(
    *,
    actor: User,
    request_id: int,
    approve: bool,
    reason: str = "",
    amount: Decimal | None = None,
    conditions: Sequence[str] = (),
) -> Decision:
    """The Head of Department, or a delegate in the head's name, decides the smallest requests.

    `amount` may be less than asked, with the reason.

    Refused for heads who are involved in the request: where all are, the working group decides it.
    """
    request = locks.request_row(request_id, seen_by=actor)
    delegation = policies.can_decide_in_department(actor, request).or_raise()
    version = request.versions.get(number=request.submitted_version)
    granted = _granted(version.own_amount, approve=approve, reason=reason, amount=amount)
    at = clock.database_now()
    decision = Decision.objects.create(
        request=request,
        request_version=version,
        tier=request.tier,
        outcome=Outcome.APPROVED if approve else Outcome.REJECTED,
        amount=granted,
        conditions=[text.strip() for text in conditions if not is_blank(text)] if approve else [],
        assessed_amount=request.assessed_amount,
        decided_by=actor.person,
        delegation=delegation,
        decided_at=at,
        reason=reason,
    )
    move(request, "decide_in_department", actor=actor, note=reason)
    record(actor, Entry("decision.made", request, facts_of(decision)))
    return decision


@transaction.atomic
def publish_decision(
    *, actor: User, round_id: int, reason: str = "", conditions_due_on: date | None = None
) -> Decision:
    """Publish what a round decided. Only from now on does it take effect and may money be committed.

    `reason` is needed for a motion that was lost and for less than was asked; it goes with the decision.
    """
    request_id = locks.request_of_round(round_id)
    links.hold_request(request_id)
    request = locks.request_row(request_id)
    round_ = locks.round_row(round_id)
    round_.request = request
    policies.can_publish(actor, round_).or_raise()
    round_.status = lifecycle.target(lifecycle.ROUND, "publish", round_.status)
    round_.published_at = clock.now()
    round_.save(update_fields=["status", "published_at"])
    _give_reason(round_.decision, reason)
    return _publish(request, round_.decision, actor=actor, due_on=conditions_due_on)


@transaction.atomic
def publish_department_decision(*, actor: User, request_id: int, conditions_due_on: date | None = None) -> Decision:
    """Publish what a Head of Department decided."""
    links.hold_request(request_id)
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_publish(actor, request).or_raise()
    decision = request.decisions.get(published_at__isnull=True)
    return _publish(request, decision, actor=actor, due_on=conditions_due_on)


def _publish(request: FundingRequest, decision: Decision, *, actor: User, due_on: date | None) -> Decision:
    """The outcome becomes that of the request, and counts in its group; the ledger gets a checkpoint outside."""
    decision.published_by = actor.person
    decision.published_at = clock.now()
    decision.save(update_fields=["published_by", "published_at", "reason"])
    if decision.outcome == Outcome.APPROVED:
        set_tasks(decision, actor=actor, due_on=due_on)
    elif decision.outcome == Outcome.RECOMMENDED:
        open_item(decision)
    request.outcome = decision.outcome
    move(request, "publish", actor=actor, columns=("outcome",))
    rerouted = routing.settle_others(request, actor=actor)
    record(actor, Entry("decision.published", request, facts_of(decision)), *rerouted)
    checkpoints.request(key=f"decision:{decision.pk}")
    return decision


def _granted(asked: Decimal, *, approve: bool, reason: str, amount: Decimal | None) -> Decimal:
    if not approve:
        if is_blank(reason):
            message = _("Give the reason for the rejection.")
            raise InvalidInput("reason.required", message, fields={"reason": [message]})
        return Decimal("0.00")
    granted = asked if amount is None else amount
    if not 0 < granted <= asked:
        message = _("Approve more than nothing and at most the amount asked.")
        raise Unprocessable("decision.amount", message, fields={"amount": [message]})
    if granted < asked and is_blank(reason):
        message = _("Give the reason for less than was asked.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    return granted


def _give_reason(decision: Decision, reason: str) -> None:
    """A lost motion and an amount less than asked are published with their reason."""
    if (decision.is_refusal or decision.is_in_part) and is_blank(reason):
        message = _("Give the reason for the rejection, or for less than was asked. It is published with the decision.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    decision.reason = reason


def facts_of(decision: Decision) -> dict[str, ledger.Fact]:
    """What the ledger keeps of a decision, whoever took it."""
    on_behalf: dict[str, ledger.Fact] = {}
    if decision.delegation is not None:
        on_behalf = {"delegation": decision.delegation.ledger_ref}
    return {
        "decision": decision.pk,
        "version": decision.request_version.number,
        "outcome": str(decision.outcome),
        "amount": str(decision.amount),
        "tier": str(decision.tier),
        "assessed_amount": str(decision.assessed_amount),
        "conditions": list(decision.conditions),
        "reason": decision.reason,
        **on_behalf,
    }
