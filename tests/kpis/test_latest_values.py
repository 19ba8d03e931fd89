"""The latest value of each series and cell: kept up by the database, and what recomputing from all verdicts gives."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
import random

from django.db import IntegrityError, connection, connections, transaction
import pytest

from kpis.models import LatestValue, Reading, ReadingVerdict, Series, Verdict
from kpis.rules.intake import Intake, Moment, State
from kpis.rules.values import Measured
from kpis.services.intake import insert
from tests.factories.kpis import KpiFactory, RunFactory

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
STEPS = 150


@pytest.fixture
def series(world):
    return [Series.objects.get(kpi=KpiFactory()) for _ in range(2)]


def recomputed():
    """Of the readings whose last verdict is `verified`, the newest of each series and cell."""
    newest = {}
    for reading in Reading.objects.verified().order_by("period_start", "revision"):
        newest[reading.series_id, reading.cell] = (reading.period_start, reading.revision, reading.value)
    return newest


def kept():
    columns = ("series", "cell", "period_start", "revision", "value")
    return {(series, cell): tuple(rest) for series, cell, *rest in LatestValue.objects.values_list(*columns)}


def say(reading, verdict, at):
    ReadingVerdict.objects.create(
        series_id=reading.series_id,
        period_start=reading.period_start,
        cell=reading.cell,
        revision=reading.revision,
        verdict=verdict,
        rule="test",
        recorded_at=at,
    )


def test_the_latest_value_is_what_all_verdicts_together_say(series):
    """Seed 20261130. New periods, corrections, verdicts and verdicts taken back, in any order."""
    chance, run = random.Random(20261130), RunFactory()
    revisions: dict[Moment, int] = {}
    seen = set()
    for step in range(STEPS):
        at = NOW + timedelta(minutes=step)
        if step % 3 == 0:
            moments = {
                Moment(chance.choice(series).pk, date(2025, chance.randint(1, 9), 1), chance.choice(["", "a\tb\\c"]))
                for _ in range(chance.randint(1, 4))
            }
            for moment in moments:
                revisions[moment] = revisions.get(moment, 0) + 1
            rows = [
                Intake(moment, revisions[moment], Measured(Decimal(step)), chance.choice(list(State)), "test")
                for moment in sorted(moments)
            ]
            insert(rows, now=at, run_id=run.pk)
        else:
            say(chance.choice(list(Reading.objects.all())), chance.choice(Verdict.values), at)

        assert kept() == recomputed()
        seen |= kept().keys()

    assert len(seen) == 4  # both series with both cells, the odd name as it was given


def test_nothing_is_stored_that_speaks_of_nothing(series):
    run = RunFactory()
    reading = Intake(Moment(series[0].pk, date(2025, 1, 1)), 1, Measured(Decimal(1)), State.SUBMITTED, "test")
    insert([reading], now=NOW, run_id=run.pk)

    for row, of_run in (
        (reading._replace(moment=Moment(10**9, date(2025, 1, 1))), run.pk),
        (reading._replace(moment=Moment(series[1].pk, date(2025, 1, 1))), 10**9),
    ):
        with pytest.raises(IntegrityError, match="belongs to"), transaction.atomic():
            insert([row], now=NOW, run_id=of_run)
    with pytest.raises(IntegrityError, match="speaks of a reading"), transaction.atomic():
        say(Reading(series=series[0], period_start=date(2025, 1, 1), revision=2), Verdict.VERIFIED, NOW)
    for table, key in (("kpis_series", series[0].pk), ("kpis_collectionrun", run.pk)):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [key])
    assert Reading.objects.count() == ReadingVerdict.objects.count() == 1


def read_so_far():
    """Rows of readings and verdicts that this connection has read, by whatever way, as far as it knows now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"
            " WHERE relname LIKE 'kpis_reading%'"
        )
        return int(cursor.fetchone()[0])


def test_what_a_batch_reads_does_not_grow_with_what_is_stored(committed_db):
    """The plans of a connection are made while the tables are known to be empty, as after the first night."""
    series, run, taken = Series.objects.get(kpi=KpiFactory()), RunFactory(), []
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE kpis_reading, kpis_readingverdict, kpis_latestvalue")
    connections["owner"].close()
    for batch in range(4):
        days = [date(2025, 1, 1) + timedelta(days=5 * batch + day) for day in range(5)]
        moments = [Moment(series.pk, day, str(cell)) for day in days for cell in range(200)]
        rows = [Intake(moment, 1, Measured(Decimal(1)), State.VERIFIED, "test") for moment in moments]
        with transaction.atomic():
            before = read_so_far()
            insert(rows, now=NOW, run_id=run.pk)
            taken.append(read_so_far() - before)

    assert taken[-1] <= taken[0] + 10
