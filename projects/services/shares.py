"""Departments' shares of a target, by quarter (FEATURES B8)."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from core import ledger
from core.errors import InvalidInput, NotVisible, Unprocessable
from core.text import is_blank
from projects import policies
from projects.models import Target, TargetShare
from projects.rules.quarters import is_quarter_end

MOST = 10_000

Shares = Mapping[tuple[int, date], int]


@transaction.atomic
def set_shares(*, actor: User, target_id: int, shares: Shares, source: str) -> list[TargetShare]:
    """Say how many procedures each department is to have in use by the end of each quarter.

    `shares` is (department key, last day of a quarter) -> number; 0 takes a share back. What is not named
    stays. They need not add up to the target: the page says what the sum lacks.
    """
    policies.can_set_shares(actor).or_raise()
    target = Target.objects.select_for_update(of=("self",)).filter(pk=target_id).first()
    if target is None:
        raise NotVisible("target.none", _("There is no such target."))
    if is_blank(source):
        message = _("Say where the shares are written.")
        raise InvalidInput("blank", message, fields={"source": [message]})
    departments = Department.objects.visible_to(actor).in_bulk({key for key, _day in shares})
    stored = {(row.department_id, row.due_on): row for row in target.shares.all()}
    told: list[ledger.Fact] = []
    for (department_id, due_on), value in sorted(shares.items()):
        _refuse_odd(target, departments.get(department_id), due_on, value)
        row = stored.get((department_id, due_on))
        if value == (row.value if row else 0):
            continue
        row = row or TargetShare(target=target, department_id=department_id, due_on=due_on)
        row.value, row.source, row.set_by = value, source, actor.person
        row.save()
        told.append([departments[department_id].safe_code, due_on.isoformat(), value])
    if told:
        ledger.record("target.shares_set", actor=actor, subject=target, facts={"shares": told, "source": source})
    return list(target.shares.select_related("department"))


def _refuse_odd(target: Target, department: Department | None, due_on: date, value: int) -> None:
    if department is None:
        unknown = _("Choose one of the entries offered.")
        raise InvalidInput("choice.invalid", unknown, fields={"department": [unknown]})
    if not is_quarter_end(due_on) or due_on > target.due_on:
        odd = _("A share is due on the last day of a quarter, not after the target's own day.")
        raise Unprocessable("date.quarter", odd, fields={"due_on": [odd]})
    if not 0 <= value <= MOST:
        message = _("A whole number from %(least)s to %(most)s is wanted.") % {"least": 0, "most": MOST}
        raise Unprocessable("number.range", message, fields={"value": [message]})
