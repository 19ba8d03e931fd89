"""The smallest group of a measure that is shown, said anew by the Team."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger
from core.errors import NotVisible, Unprocessable
from kpis import policies
from kpis.models import Definition, SmallestGroup
from kpis.models.smallest_groups import MOST


@transaction.atomic
def set_smallest_group(*, actor: User, key: str, smallest: int, reason: str) -> SmallestGroup:
    """From now on groups of fewer people or cases are hidden, whichever version of the measure they were counted by."""
    policies.can_edit_library(actor).or_raise()
    if not Definition.objects.visible_to(actor).filter(key=key).exists():
        raise NotVisible("not_found", _("There is no such record."))
    if not 1 <= smallest <= MOST:
        message = _("A number from 1, which hides no group, to 1,000.")
        raise Unprocessable("group.range", message, fields={"smallest": [message]})
    said = SmallestGroup.objects.create(
        key=key, smallest=smallest, reason=reason, said_by=actor.person, said_at=clock.database_now()
    )
    facts: dict[str, ledger.Fact] = {"measure": key, "smallest": smallest, "reason": reason}
    ledger.record("definition.smallest_group_set", actor=actor, subject=said, facts=facts)
    return said
