"""Planned money: moved between years and categories within a decision, and explained where spending differs."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, Unprocessable
from core.money import hkd
from funding import money_facts, policies
from funding.models import BudgetLine, CostCategory, Decision, VarianceNote
from funding.rules.spending import ZERO
from funding.services import locks, proposals
from funding.services.money import judge_amount

Place = tuple[int, str]
FIRST_YEAR, LAST_YEAR = 2020, 2098


@transaction.atomic
def move_budget(
    *, actor: User, decision_id: int, source: Place, target: Place, amount: Decimal, reason: str
) -> BudgetLine:
    """Move planned money from one (financial year, category) to another. The sum stays that of the decision."""
    decision = locks.decision_row(decision_id)
    policies.can_plan(actor, decision).or_raise()
    judge_amount(amount)
    proposals.refuse_unexplained(reason)
    for name, (year, category) in (("source", source), ("target", target)):
        if category not in CostCategory.values or not FIRST_YEAR <= year <= LAST_YEAR:
            message = _("There is no such budget line.")
            raise InvalidInput("choice.invalid", message, fields={name: [message]})
    if source == target:
        message = _("Choose another line than the one it comes from.")
        raise Unprocessable("budget.same", message, fields={"target": [message], "category": [message]})
    _lay(decision)
    left = money_facts.budget(decision).get(source, ZERO)
    if amount > left:
        words = _("Only %(left)s is planned there.") % {"left": hkd(left)}
        raise Conflict("budget.too_much", words, fields={"amount": [words]})
    _write(decision, source, -amount, actor=actor, reason=reason)
    added = _write(decision, target, amount, actor=actor, reason=reason)
    facts: dict[str, ledger.Fact] = {
        "decision": decision.pk,
        "from": f"{source[0]} {source[1]}",
        "to": f"{target[0]} {target[1]}",
        "amount": str(amount),
        "reason": reason,
    }
    ledger.record("money.budget_moved", actor=actor, subject=decision.request, facts=facts)
    return added


@transaction.atomic
def explain_variance(*, actor: User, decision_id: int, financial_year: int, category: str, text: str) -> VarianceNote:
    """Say why spending of one year and category differs from its plan, about the figures as they stand now."""
    decision = locks.decision_row(decision_id)
    policies.can_plan(actor, decision).or_raise()
    proposals.refuse_unexplained(text, "text")
    if category not in CostCategory.values:
        raise InvalidInput("choice.invalid", _("There is no such category."), fields={"category": []})
    spent = decision.expenditures.filter(envelope__financial_year=financial_year, category=category)
    note = VarianceNote.objects.create(
        decision=decision,
        financial_year=financial_year,
        category=category,
        planned=money_facts.budget(decision).get((financial_year, category), ZERO),
        spent=money_facts.total(spent),
        text=text,
        written_by=actor.person,
        written_at=clock.now(),
    )
    facts: dict[str, ledger.Fact] = {
        "decision": decision.pk,
        "financial_year": financial_year,
        "category": category,
        "planned": str(note.planned),
        "spent": str(note.spent),
        "text": text,
    }
    ledger.record("money.explained", actor=actor, subject=decision.request, facts=facts)
    return note


def _lay(decision: Decision) -> None:
    """Write the opening lines before the first move."""
    if decision.budget_lines.exists():
        return
    BudgetLine.objects.bulk_create(
        BudgetLine(
            decision=decision,
            financial_year=line.financial_year,
            category=line.category,
            amount=line.amount,
            written_at=clock.now(),
        )
        for line in money_facts.opening_budget(decision)
    )


def _write(decision: Decision, place: Place, amount: Decimal, **said: Any) -> BudgetLine:
    return BudgetLine.objects.create(
        decision=decision,
        financial_year=place[0],
        category=place[1],
        amount=amount,
        reason=said["reason"],
        written_by=said["actor"].person,
        written_at=clock.now(),
    )
