"""The newest verified value of many KPIs at once, from the table that is kept up with the verdicts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

# Spelled out: the keys as one value, and rows as they come, since lists ask for hundreds.
NEWEST = """
SELECT series.kpi_id, latest.period_start, latest.value, latest.same_since
FROM kpis_kpi kpi
JOIN kpis_series series ON series.kpi_id = kpi.id AND series.definition_id = kpi.definition_id
JOIN kpis_latestvalue latest ON latest.series_id = series.id AND latest.cell = ''
WHERE kpi.id = ANY(%s)
"""


class Latest(NamedTuple):
    """The newest verified value of a KPI's running series; no value where a ratio had nothing to count."""

    period_start: date
    value: Decimal | None
    same_since: date | None


def latest_values(kpi_ids: Iterable[int]) -> dict[int, Latest]:
    """By KPI; those without a verified reading are not in it. The caller says which KPIs may be seen."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [list(kpi_ids)])
        return {kpi_id: Latest(*told) for kpi_id, *told in cursor}
