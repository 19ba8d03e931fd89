"""Readings into the database: sorted by the rules, stored by COPY with their verdicts.

The database looks at each statement as a whole: every verdict speaks of a reading, and the latest values move on
(migration 0015).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from kpis.rules.intake import Arrival, Intake, Moment, Sorted, Stored, sort
from kpis.rules.values import Bounds, Measured
from kpis.services.locks import open_from_of, share_gate

READINGS = """
COPY kpis_reading (series_id, period_start, cell, revision, value, numerator, denominator,
                   source_run_id, person_id, reason, recorded_at) FROM STDIN
"""
VERDICTS = """
COPY kpis_readingverdict (series_id, period_start, cell, revision, verdict, person_id, rule, note, recorded_at)
FROM STDIN
"""
# Spelled out, with the ids as one value: a push names hundreds, and each as a value of its own is most of the work.
LOCK = "SELECT id FROM kpis_series WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
KNOWN = """
SELECT series_id, cell, value, likely_lowest, likely_highest FROM kpis_latestvalue WHERE series_id = ANY(%s)
"""
NEWEST = """
SELECT DISTINCT ON (series_id, period_start, cell)
    series_id, period_start, cell, revision, value, numerator, denominator
FROM kpis_reading WHERE {within} ORDER BY series_id, period_start, cell, revision DESC
"""
WITHIN = "series_id = ANY(%s) AND period_start BETWEEN %s AND %s"
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})  # of COPY's text format
NOTHING = r"\N"


def lock_series(ids: Iterable[int]) -> None:
    """Revisions are given out under the lock of their series; always in the same order, so that nobody deadlocks."""
    share_gate()
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [list(set(ids))])


def newest_revisions(moments: Iterable[Moment]) -> dict[Moment, Stored]:
    """The newest revision stored for each moment, whatever its state. Call it under the series' locks."""
    asked: dict[int, tuple[date, date]] = {}
    for series, start, _cell in moments:
        first, last = asked.get(series, (start, start))
        asked[series] = (min(first, start), max(last, start))
    together: dict[tuple[date, date], list[int]] = {}  # series mostly come with the same periods: one condition for all
    for series, period in asked.items():
        together.setdefault(period, []).append(series)
    if not together:
        return {}
    within = " OR ".join([WITHIN] * len(together))
    bounds = [part for (first, last), ids in together.items() for part in (ids, first, last)]
    with connection.cursor() as cursor:
        cursor.execute(NEWEST.format(within=within), bounds)
        return {
            Moment(series, start, cell): Stored(revision, Measured(*parts))
            for series, start, cell, revision, *parts in cursor
        }


class Known(NamedTuple):
    """Of a series and cell: the last verified value, and the range its history makes likely."""

    value: Decimal | None
    likely: Bounds


def _known(series: Iterable[int]) -> dict[tuple[int, str], Known]:
    """From the table that is kept up with the verdicts."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [list(series)])
        return {(series_id, cell): Known(value, Bounds(*likely)) for series_id, cell, value, *likely in cursor}


def store_run(arrivals: Sequence[Arrival], *, limits: Mapping[int, Bounds], run_id: int, now: datetime) -> Sorted:
    """Store what a source sent; repeats change nothing. Returns what became of it."""
    result = weigh(arrivals, limits=limits)
    insert(result.rows, now=now, run_id=run_id)
    return result


def weigh(arrivals: Sequence[Arrival], *, limits: Mapping[int, Bounds]) -> Sorted:
    """What would become of readings that arrive, under the locks of their series; nothing is stored yet."""
    series = {arrival.moment.series for arrival in arrivals}
    lock_series(series)
    known = _known(series)
    return sort(
        arrivals,
        stored=newest_revisions(arrival.moment for arrival in arrivals),
        limits=limits,
        last={key: one.value for key, one in known.items()},
        open_from=open_from_of(series),
        likely={key: one.likely for key, one in known.items()},
    )


def insert(
    rows: Sequence[Intake], *, now: datetime, run_id: int | None = None, person_id: int | None = None, reason: str = ""
) -> None:
    """Insert readings of one hand, a run's or a person's, with their verdicts. The caller holds the series' locks."""
    if not rows:
        return
    at = now.isoformat()
    run, person = _whole(run_id), _whole(person_id)
    hand = f"{run}\t{person}\t{reason.translate(ESCAPES)}\t{at}\n"
    _copy(READINGS, [f"{_identity(row)}\t{_parts(row.measured)}\t{hand}" for row in rows])
    said = {row.rule: f"{NOTHING if row.rule else person}\t{row.rule}\t\t{at}\n" for row in rows}
    _copy(VERDICTS, [f"{_identity(row)}\t{row.state.value}\t{said[row.rule]}" for row in rows])


def _copy(statement: str, lines: Iterable[str]) -> None:
    """COPY is no statement that Django knows, so its errors are told in Django's words here."""
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write("".join(lines))


def _identity(row: Intake) -> str:
    moment = row.moment
    return f"{moment.series}\t{moment.period_start}\t{moment.cell.translate(ESCAPES)}\t{row.revision}"


def _parts(measured: Measured) -> str:
    return "\t".join([NOTHING if part is None else str(part) for part in measured])


def _whole(number: int | None) -> str:
    return NOTHING if number is None else str(number)
