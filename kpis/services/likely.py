"""Each series' likely range and its standstill, learnt once a day from what was verified since (`rules.likely`)."""

from datetime import date
from decimal import Decimal

from django.db.models import F, Q

from core import clock
from kpis.models import LatestValue, Reading
from kpis.rules import likely

AT_ONCE = 500
QUANTUM = Decimal("0.000001")


def learn_likely() -> int:
    """Learn anew where something was verified since the last time. Returns how many series; safe to run twice."""
    changed = LatestValue.objects.filter(Q(learnt_at__isnull=True) | Q(learnt_at__lt=F("recorded_at")))
    learnt = 0
    while rows := list(changed.order_by("pk")[:AT_ONCE]):
        now = clock.database_now()
        for row in rows:
            known = _verified(row)
            values = [value for _start, value in known]
            bounds, same = likely.likely(values), likely.unmoved(values)
            row.likely_lowest, row.likely_highest = _stored(bounds.lowest), _stored(bounds.highest)
            row.same_since = known[-same][0] if same else None
            row.learnt_at = now
        LatestValue.objects.bulk_update(rows, ["likely_lowest", "likely_highest", "same_since", "learnt_at"])
        learnt += len(rows)
    return learnt


def _verified(row: LatestValue) -> list[tuple[date, Decimal]]:
    """The last verified values with their periods, oldest first: enough for both questions.

    All of them where the last ones are the same: what they did before they stood still may lie far back.
    """
    standing = Reading.objects.verified().filter(series=row.series_id, cell=row.cell, value__isnull=False)
    newest = standing.order_by("-period_start", "-revision").distinct("period_start")
    rows = newest.values_list("period_start", "value")
    found = list(rows[: 2 * likely.LOOKED_AT])
    if len({value for _start, value in found[: likely.LOOKED_AT + 1]}) == 1:
        found = list(rows)
    return [(start, value) for start, value in reversed(found) if value is not None]


def _stored(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(QUANTUM)
