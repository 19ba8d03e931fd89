"""Periods locked and opened again by the Team; what comes about a locked period moves no figure."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger
from core.errors import InvalidInput
from kpis import policies
from kpis.models import Kpi, PeriodLock, Series
from kpis.rules import periods
from kpis.rules.locks import last_word

# Who stores readings shares it before the locks of series, a lock of periods takes it alone: so no reading is on its
# way past a lock that is being set, and nobody waits in a circle.
GATE = 0x6B70_6973
SHARED = "SELECT pg_advisory_xact_lock_shared(%s)"
ALONE = "SELECT pg_advisory_xact_lock(%s)"
# The newest about all KPIs, and the newest about each; spelled out, as every push asks it of hundreds.
LAST_WORDS = """
SELECT DISTINCT ON (said.kpi_id) said.id, said.kpi_id, said.until FROM kpis_periodlock said
WHERE said.kpi_id IS NULL OR said.kpi_id IN (SELECT kpi_id FROM kpis_series WHERE id = ANY(%s))
ORDER BY said.kpi_id, said.id DESC
"""


class Said(NamedTuple):
    """One lock, or one opening."""

    pk: int
    kpi_id: int | None
    until: date | None


@transaction.atomic
def lock_periods(*, actor: User, until: date | None, reason: str, kpi_id: int | None = None) -> PeriodLock:
    """Lock the periods that end by a day, of one KPI or of all; None opens all of them."""
    policies.can_lock_periods(actor).or_raise()
    kpi = Kpi.objects.visible_to(actor).get(pk=kpi_id) if kpi_id else None
    if until is not None and until >= clock.today():
        sentence = _("Only periods that are over are locked: name a day before today.")
        raise InvalidInput("date.range", sentence, fields={"until": [sentence]})
    _pass(ALONE)
    lock = PeriodLock.objects.create(
        kpi=kpi, until=until, reason=reason, said_by=actor.person, said_at=clock.database_now()
    )
    facts: dict[str, ledger.Fact] = {"until": until.isoformat() if until else "", "reason": reason}
    ledger.record("kpi.periods_locked", actor=actor, subject=kpi or lock, facts=facts)
    return lock


def open_from(series: Series) -> date:
    """The first day of the first period that is not locked; it stands until commit once `lock_series` was called."""
    return open_from_of([series.pk]).get(series.pk, date.min)


def open_from_of(series: Collection[int]) -> dict[int, date]:
    """The same for many series; those of which nothing is locked are not in the answer."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_WORDS, [list(series)])
        locks = [Said(*row) for row in cursor]
    if not locks:
        return {}
    return {
        one.pk: periods.start_of(until + timedelta(days=1), one.kpi.frequency, one.kpi.year_kind)
        for one in Series.objects.filter(pk__in=series).select_related("kpi")
        if (until := last_word(one.kpi_id, locks)) is not None
    }


def share_gate() -> None:
    _pass(SHARED)


def _pass(gate: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(gate, [GATE])
