"""Ten million readings: the latest values of a thousand KPIs, and the months of one (SPEED)."""

from collections.abc import Iterator
from datetime import date, timedelta
import time

from django.db import connection, connections

from accounts.models import Person
from bench import database
from bench.measure import Figure, medians
from bench.reporting import FIRST_DAY, definition
from kpis import selectors
from kpis.models import Kpi, KpiTarget, Reading, Series
from kpis.services import keep_states
from projects.models import Project

DAILY, DAYS = 10_000, 1_000  # KPIs, and the days of each
LAST_DAY = FIRST_DAY + timedelta(days=DAYS - 1)
ASKED, ROUNDS = 1_000, 40
LATEST_GOAL, MONTHS_GOAL = 2.5, 1.0
TABLES = ("kpis_reading", "kpis_readingverdict")
EACH = """
FROM generate_series(%(first)s::date, %(last)s::date, %(step)s::interval) day, unnest(%(series)s::bigint[]) series
"""
READINGS = f"""
INSERT INTO kpis_reading (series_id, period_start, value, person_id, recorded_at)
SELECT series, day, 1000 + series %% 100 + extract(doy FROM day)::int %% 7, %(person)s, now() {EACH}
"""
VERDICTS = f"""
INSERT INTO kpis_readingverdict (series_id, period_start, cell, revision, verdict, rule, note, recorded_at)
SELECT series, day, '', 1, 'verified', 'source.within_limits', '', now() {EACH}
"""
LATEST = """
INSERT INTO kpis_latestvalue (series_id, cell, period_start, revision, value, recorded_at)
SELECT series_id, cell, period_start, revision, value, recorded_at FROM kpis_reading WHERE period_start = %s
"""
KEPT = "SELECT series_id, period_start, value FROM kpis_latestvalue WHERE series_id = ANY(%s)"
MONTHS = """
SELECT date_trunc('month', period_start), sum(value) FROM kpis_reading WHERE series_id = %s GROUP BY 1 ORDER BY 1
"""


def figures(seconds: float) -> Iterator[Figure]:
    """Both rows over the same readings."""
    began = time.monotonic()
    daily, monthly = _fill()
    print(f"{DAILY * DAYS:,} readings made in {time.monotonic() - began:.0f} s", flush=True)
    began = time.monotonic()
    judged = keep_states()
    print(f"{judged:,} series judged in {time.monotonic() - began:.0f} s", flush=True)
    yield latest(daily[:ASKED], seconds)
    yield months(monthly, Series.objects.get(kpi=daily[0]).pk, seconds)


def latest(kpis: list[Kpi], seconds: float) -> Figure:
    """The latest values that a list of a thousand KPIs shows, beside a bare look into the table that is kept up."""
    keys = [kpi.pk for kpi in kpis]
    series = list(Series.objects.filter(kpi__in=kpis).values_list("pk", flat=True))

    def ours() -> int:
        return len(selectors.latest_values(keys))

    floor, taken = medians(lambda: _rows(KEPT, series), ours, rounds=ROUNDS, seconds=seconds)
    return Figure("latest value of 1,000 KPIs", DAILY * DAYS, floor, taken, LATEST_GOAL, holds=ours() == ASKED)


def months(kpi: Kpi, daily: int, seconds: float) -> Figure:
    """The chart's series of a monthly KPI, beside the months of a daily one added up by the index."""
    series = Series.objects.get(kpi=kpi)

    def ours() -> int:
        return len(Reading.objects.standing().filter(series=series, cell=""))

    floor, taken = medians(lambda: _rows(MONTHS, daily), ours, rounds=ROUNDS, seconds=seconds)
    holds = ours() == _rows(MONTHS, daily)
    return Figure("monthly series of one KPI", DAILY * DAYS, floor, taken, MONTHS_GOAL, holds=holds)


def _rows(statement: str, asked: int | list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked])
        return len(cursor.fetchall())


def _fill() -> tuple[list[Kpi], Kpi]:
    """Daily KPIs and a monthly one with all their readings; the owner lifts the triggers that judge each statement."""
    project, person = Project.objects.order_by("pk")[0], Person.objects.order_by("pk")[0]
    daily = _kpis("KPI-D", DAILY, "daily", project, person)
    (monthly,) = _kpis("KPI-M", 1, "monthly", project, person)
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for kpis, step in ((daily, "1 day"), ([monthly], "1 month")):
            series = list(Series.objects.filter(kpi__in=kpis).values_list("pk", flat=True))
            given = {"first": FIRST_DAY, "last": LAST_DAY, "step": step, "series": series, "person": person.pk}
            for statement in (READINGS, VERDICTS):
                cursor.execute(statement, given)
        cursor.execute(LATEST, [LAST_DAY])
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    connections["owner"].close()
    due_on = date(FIRST_DAY.year + 4, 12, 31)
    KpiTarget.objects.bulk_create(KpiTarget(kpi=kpi, value=1_070, due_on=due_on, set_by=person) for kpi in daily)
    database.settle()
    return daily, monthly


def _kpis(prefix: str, many: int, frequency: str, project: Project, owner: Person) -> list[Kpi]:
    measured = definition()
    kpis = Kpi.objects.bulk_create(
        (
            Kpi(
                reference=f"{prefix}{number}",
                project=project,
                definition=measured,
                frequency=frequency,
                starts_on=FIRST_DAY,
                owner=owner,
            )
            for number in range(many)
        ),
        batch_size=2_000,
    )
    Series.objects.bulk_create(
        (Series(kpi=kpi, definition=measured, started_on=FIRST_DAY) for kpi in kpis), batch_size=2_000
    )
    return kpis
