"""Drafts of typed readings: kept for the person who types, reported with `type_reading` (FEATURES E8)."""

from decimal import Decimal

from django.db import transaction

from accounts.models import User
from core import clock
from kpis import policies
from kpis.models import Kpi, ReadingDraft
from kpis.services.definitions import current_series
from kpis.services.readings import cell_of


@transaction.atomic
def save_draft(
    *,
    actor: User,
    kpi_id: int,
    period: str = "",
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    reason: str = "",
    cell: str = "",
) -> ReadingDraft | None:
    """Keep what this person has typed so far, in place of what was kept before; a draft of nothing is none.

    Whether it can be reported is judged when it is.
    """
    kpi = Kpi.objects.select_related("project", "definition").get(pk=kpi_id)
    policies.can_type_reading(actor, kpi).or_raise()
    own = ReadingDraft.objects.filter(kpi=kpi, person=actor.person_id)
    typed = {"period": period, "value": value, "numerator": numerator, "denominator": denominator, "reason": reason}
    if not any(part not in ("", None) for part in (*typed.values(), cell)):
        own.delete()
        return None
    group = cell_of(current_series(kpi), cell)
    kept = typed | {"cell": group, "saved_at": clock.database_now()}
    return ReadingDraft.objects.update_or_create(kpi=kpi, person=actor.person, defaults=kept)[0]
