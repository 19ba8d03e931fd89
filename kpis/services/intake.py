"""Readings into the database: sorted by the rules, inserted by one statement, the latest value kept up with them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Q

from kpis.models import LatestValue, Reading, Series
from kpis.rules.intake import Arrival, Intake, Moment, Sorted, Stored, sort
from kpis.rules.values import Bounds, Measured
from kpis.services.locks import open_from_of, share_gate

# Rows, their verdicts and the latest values in one statement: a reading is never without its verdict. A
# verified row moves the latest value on unless a newer period or revision stands there already.
STORE = """
WITH incoming AS (
    SELECT * FROM unnest(
        %(series)s::bigint[], %(period)s::date[], %(cell)s::varchar[], %(revision)s::smallint[], %(value)s::numeric[],
        %(numerator)s::numeric[], %(denominator)s::numeric[], %(verdict)s::varchar[], %(rule)s::varchar[]
    ) AS row (series_id, period_start, cell, revision, value, numerator, denominator, verdict, rule)
), stored AS (
    INSERT INTO kpis_reading (series_id, period_start, cell, revision, value, numerator, denominator,
                              source_run_id, person_id, reason, recorded_at)
    SELECT series_id, period_start, cell, revision, value, numerator, denominator,
           %(run)s, %(person)s, %(reason)s, %(now)s
    FROM incoming
    RETURNING series_id
), judged AS (
    INSERT INTO kpis_readingverdict (series_id, period_start, cell, revision, verdict, person_id, rule, note,
                                     recorded_at)
    SELECT series_id, period_start, cell, revision, verdict,
           CASE WHEN rule = '' THEN %(person)s::bigint END, rule, '', %(now)s
    FROM incoming
    RETURNING series_id
), newest AS (
    SELECT DISTINCT ON (series_id, cell) series_id, cell, period_start, revision, value
    FROM incoming
    WHERE verdict = 'verified'
    ORDER BY series_id, cell, period_start DESC, revision DESC
), latest AS (
    INSERT INTO kpis_latestvalue AS known (series_id, cell, period_start, revision, value, recorded_at)
    SELECT series_id, cell, period_start, revision, value, %(now)s FROM newest
    ON CONFLICT (series_id, cell) DO UPDATE
    SET period_start = EXCLUDED.period_start, revision = EXCLUDED.revision,
        value = EXCLUDED.value, recorded_at = EXCLUDED.recorded_at
    WHERE (known.period_start, known.revision) < (EXCLUDED.period_start, EXCLUDED.revision)
    RETURNING series_id
)
SELECT (SELECT count(*) FROM stored), (SELECT count(*) FROM judged)
"""


def lock_series(ids: Iterable[int]) -> None:
    """Revisions are given out under the lock of their series; always in the same order, so that nobody deadlocks."""
    share_gate()
    list(Series.objects.select_for_update(of=("self",)).filter(pk__in=set(ids)).order_by("pk").values_list("pk"))


def newest_revisions(moments: Iterable[Moment]) -> dict[Moment, Stored]:
    """The newest revision stored for each moment, whatever its state. Call it under the series' locks."""
    wanted: dict[int, list[Moment]] = {}
    for moment in moments:
        wanted.setdefault(moment.series, []).append(moment)
    if not wanted:
        return {}
    within = Q()
    for series, asked in wanted.items():
        starts = [moment.period_start for moment in asked]
        within |= Q(series=series, period_start__range=(min(starts), max(starts)))
    identity = ("series_id", "period_start", "cell")
    rows = Reading.objects.filter(within).order_by(*identity, "-revision").distinct(*identity)
    columns = ("series_id", "period_start", "cell", "revision", "value", "numerator", "denominator")
    return {
        Moment(series, start, cell): Stored(revision, Measured(*parts))
        for series, start, cell, revision, *parts in rows.values_list(*columns)
    }


def _known(moments: Iterable[Moment]) -> list[LatestValue]:
    """The last verified value and the likely range of each series and cell, from the table kept up with them."""
    return list(LatestValue.objects.filter(series__in={moment.series for moment in moments}))


def store_run(arrivals: Sequence[Arrival], *, limits: Mapping[int, Bounds], run_id: int, now: datetime) -> Sorted:
    """Store what a source sent; repeats change nothing. Returns what became of it."""
    result = weigh(arrivals, limits=limits)
    insert(result.rows, now=now, run_id=run_id)
    return result


def weigh(arrivals: Sequence[Arrival], *, limits: Mapping[int, Bounds]) -> Sorted:
    """What would become of readings that arrive, under the locks of their series; nothing is stored yet."""
    lock_series(arrival.moment.series for arrival in arrivals)
    moments = [arrival.moment for arrival in arrivals]
    known = {(row.series_id, row.cell): row for row in _known(moments)}
    return sort(
        arrivals,
        stored=newest_revisions(moments),
        limits=limits,
        last={key: row.value for key, row in known.items()},
        open_from=open_from_of({moment.series for moment in moments}),
        likely={key: Bounds(row.likely_lowest, row.likely_highest) for key, row in known.items()},
    )


def insert(
    rows: Sequence[Intake], *, now: datetime, run_id: int | None = None, person_id: int | None = None, reason: str = ""
) -> None:
    """Insert readings of one hand, a run's or a person's, with their verdicts. The caller holds the series' locks."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            STORE,
            {
                "series": [row.moment.series for row in rows],
                "period": [row.moment.period_start for row in rows],
                "cell": [row.moment.cell for row in rows],
                "revision": [row.revision for row in rows],
                "value": [row.measured.value for row in rows],
                "numerator": [row.measured.numerator for row in rows],
                "denominator": [row.measured.denominator for row in rows],
                "verdict": [row.state.value for row in rows],
                "rule": [row.rule for row in rows],
                "run": run_id,
                "person": person_id,
                "reason": reason,
                "now": now,
            },
        )
