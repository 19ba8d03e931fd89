"""Collection runs: one effect whatever is retried, repeated or killed (TRUST C9, F1, F2, F12)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
import json

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
import pytest

from core import clock, ledger
from core.models import LedgerEntry
from kpis import services
from kpis.collector.client import Failed
from kpis.models import CollectionRun, LatestValue, Reading, ReadingVerdict, Series
from kpis.services import runs
from kpis.services.runs import LEASE, run_source, take
from tests.factories.kpis import DefinitionFactory, KpiFactory, RunFactory, SourceFactory

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)


def row(kpi, period, value):
    return {"kpi": kpi.reference, "period": period, "value": value}


def expire(run):
    CollectionRun.objects.filter(pk=run.pk).update(lease_until=clock.now() - timedelta(seconds=1))


@pytest.fixture
def kpi(world):
    return KpiFactory()


@pytest.fixture
def run(department, kpi):
    department.sends(row(kpi, "2026-01", "10"), row(kpi, "2026-02", "12.5"))
    return RunFactory(source=SourceFactory(port=department.port, kpis=[kpi]))


def test_a_run_stores_each_reading_once_and_keeps_the_latest_value(run, kpi):
    assert run_source(run_id=run.pk) == "done"

    run.refresh_from_db()
    assert (run.accepted, run.duplicate, run.attempts) == (2, 0, 1)
    assert [r.value for r in Reading.objects.standing()] == [Decimal(10), Decimal("12.5")]
    latest = LatestValue.objects.get(series__kpi=kpi)
    assert (latest.period_start, latest.value) == (date(2026, 2, 1), Decimal("12.5"))
    assert set(ReadingVerdict.objects.values_list("verdict", "rule")) == {("verified", "source.within_limits")}


def test_a_run_is_one_ledger_entry_with_count_and_digest(run):
    run_source(run_id=run.pk)

    entry = LedgerEntry.objects.get(action="collection.run")
    facts = json.loads(bytes(entry.payload))["facts"]
    run.refresh_from_db()
    assert (facts["accepted"], facts["digest"]) == (2, run.digest)
    assert ledger.verify(ledger.stored_chain()) == ledger.head()


def test_the_same_task_five_times_is_one_collection(run, department):
    states = [run_source(run_id=run.pk) for _ in range(5)]

    assert states == ["done"] * 5
    assert department.requests == 1
    assert Reading.objects.count() == 2


def test_the_next_window_finds_only_duplicates_and_leaves_no_ledger_entry(run):
    run_source(run_id=run.pk)
    later = RunFactory(source=run.source, window_start=run.window_start + timedelta(days=1))

    run_source(run_id=later.pk)

    later.refresh_from_db()
    assert (later.state, later.accepted, later.duplicate) == ("done", 0, 2)
    assert Reading.objects.count() == 2
    assert LedgerEntry.objects.filter(action="collection.run").count() == 1


def test_another_value_for_a_stored_month_waits_for_a_second_person(run, kpi, department):
    run_source(run_id=run.pk)
    department.sends(row(kpi, "2026-02", "99"))
    later = RunFactory(source=run.source, window_start=run.window_start + timedelta(days=1))

    run_source(run_id=later.pk)

    correction = Reading.objects.with_state().get(revision=2)
    assert (correction.value, correction.state) == (Decimal(99), "submitted")
    assert LatestValue.objects.get().value == Decimal("12.5")
    assert [r.value for r in Reading.objects.standing()] == [Decimal(10), Decimal("12.5")]


def test_a_value_outside_the_sources_limits_is_kept_for_a_person(run, kpi):
    run.source.links.update(highest=Decimal(11))

    run_source(run_id=run.pk)

    run.refresh_from_db()
    assert (run.accepted, run.quarantined) == (2, 1)
    assert [r.value for r in Reading.objects.standing()] == [Decimal(10)]
    assert LatestValue.objects.get().value == Decimal(10)


def test_a_run_left_by_a_killed_worker_is_taken_over_after_the_lease(run, department):
    """F1: killed before it stored anything."""
    assert take(run_id=run.pk)
    assert run_source(run_id=run.pk) == "running"
    expire(run)

    assert run_source(run_id=run.pk) == "done"

    run.refresh_from_db()
    assert run.attempts == 2
    assert Reading.objects.count() == 2


def test_a_worker_that_lost_its_lease_stores_nothing(run):
    late = take(run_id=run.pk)
    expire(run)
    run_source(run_id=run.pk)

    state = runs.finish(lease=late, arrivals=[], limits={}, digest="late")

    run.refresh_from_db()
    assert (state, run.accepted) == ("done", 2)
    assert run.digest != "late"


def test_a_run_left_three_times_is_dead_and_not_taken_again(run, department):
    """F4: perhaps it is this run that kills its workers."""
    for _ in range(3):
        assert take(run_id=run.pk)
        expire(run)

    assert run_source(run_id=run.pk) == "dead"

    run.refresh_from_db()
    assert (run.reason, run.attempts, department.requests) == ("killed", 3, 0)


def test_a_source_that_is_away_is_tried_three_times_then_given_up(run):
    def away(url, allowed):
        raise Failed("unreachable")

    states = []
    for _ in range(3):
        states.append(run_source(run_id=run.pk, fetch=away))
        expire(run)

    assert states == ["failed", "failed", "dead"]
    run.refresh_from_db()
    assert (run.reason, Reading.objects.count()) == ("unreachable", 0)


def test_a_failed_run_waits_before_it_is_tried_again(run):
    def away(url, allowed):
        raise Failed("unreachable")

    run_source(run_id=run.pk, fetch=away)

    assert run_source(run_id=run.pk) == "failed"
    assert not Reading.objects.exists()


def test_planning_twice_makes_each_window_once(run):
    for _ in range(3):
        services.plan_due(now=NOW)
    services.plan_due(now=NOW + timedelta(minutes=29))
    services.plan_due(now=NOW + timedelta(minutes=30))

    windows = CollectionRun.objects.exclude(pk=run.pk).values_list("window_start", flat=True)
    assert sorted(windows) == [NOW.replace(minute=0), NOW.replace(hour=5, minute=0)]


def test_after_a_gap_only_the_newest_window_is_planned(run):
    services.plan_due(now=NOW)
    services.plan_due(now=NOW + timedelta(hours=5))

    assert CollectionRun.objects.exclude(pk=run.pk).count() == 2


def test_sources_that_are_not_approved_are_not_planned(world, kpi):
    SourceFactory(status="proposed", approved_by=None, kpis=[kpi])
    SourceFactory(status="paused")

    services.plan_due(now=NOW)

    assert not CollectionRun.objects.exists()


def test_a_lost_message_is_rung_again_after_a_lease_and_not_before(run):
    now = clock.now()

    assert services.to_ring(now=now) == [run.pk]
    assert services.to_ring(now=now + LEASE / 2) == []
    assert services.to_ring(now=now + LEASE) == [run.pk]


def test_a_changed_definition_collects_into_its_new_series(run, kpi, world):
    run_source(run_id=run.pk)
    newer = DefinitionFactory(key=kpi.definition.key, version=2)
    series = Series.objects.create(kpi=kpi, definition=newer, started_on=date(2026, 1, 1))
    type(kpi).objects.filter(pk=kpi.pk).update(definition=newer)
    later = RunFactory(source=run.source, window_start=run.window_start + timedelta(days=1))

    run_source(run_id=later.pk)

    assert Reading.objects.filter(series=series).count() == 2
    assert Reading.objects.count() == 4


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"kpi": "KPI-0000", "period": "2026-01", "value": "1"}], "scope"),
        ([{"kpi": "K", "period": "2026-01", "value": "1,234"}], "value.type"),
        ([{"kpi": "K", "period": "2026-01", "wert": "1"}], "schema"),
        (
            [{"kpi": "K", "period": "2026-01", "value": "1"}, {"kpi": "K", "period": "2026-01", "value": "2"}],
            "conflict",
        ),
        ([{"kpi": "K", "period": "2026-01", "value": "-1"}], "value.range"),
        ([{"kpi": "K", "period": "2199-01", "value": "1"}], "observed.future"),
        ([{"kpi": "K", "period": "2023-12", "value": "1"}], "observed.before_start"),
    ],
)
def test_a_document_with_one_fault_stores_nothing(run, kpi, department, rows, reason):
    good = row(kpi, "2026-03", "5")
    department.sends(good, *[item | {"kpi": kpi.reference} if item["kpi"] == "K" else item for item in rows])

    assert run_source(run_id=run.pk) == "rejected"

    run.refresh_from_db()
    assert (run.reason, run.accepted) == (reason, 0)
    assert not Reading.objects.exists()
    assert not LedgerEntry.objects.filter(action="collection.run").exists()


def test_readings_cannot_be_changed_by_the_apps_role(run):
    run_source(run_id=run.pk)

    for statement in (
        "UPDATE kpis_reading SET value = 0",
        "DELETE FROM kpis_reading",
        "UPDATE kpis_readingverdict SET verdict = 'returned'",
        "SELECT 1 FROM kpis_reading_2026_01",
    ):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Reading.objects.count() == 2


def test_readings_lie_in_the_partition_of_their_month(run):
    run_source(run_id=run.pk)

    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM kpis_reading ORDER BY period_start")
        assert [name for (name,) in cursor.fetchall()] == ["kpis_reading_2026_01", "kpis_reading_2026_02"]


@pytest.mark.django_db(transaction=False)
def test_no_reading_costs_a_query_of_its_own(run, kpi, department):
    """Readings and verdicts go in by COPY, whose two statements Django does not count."""
    counted = []
    for months in (range(1, 2), range(2, 4), range(4, 12)):  # the first meets its host
        department.sends(*(row(kpi, f"2025-{month:02d}", "10") for month in months))
        again = RunFactory(source=run.source)
        with CaptureQueriesContext(connection) as captured:
            run_source(run_id=again.pk)
        counted.append(len(captured))

    assert Reading.objects.count() == 11
    assert counted[1] == counted[2] <= 30


def test_two_workers_at_once_make_one_collection(committed_db, department, settings):
    from tests.plugins.personas import make_world

    make_world()
    kpi = KpiFactory()
    department.sends(row(kpi, "2026-01", "10"))
    run = RunFactory(source=SourceFactory(port=department.port, kpis=[kpi]))

    def work(_):
        try:
            return run_source(run_id=run.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        states = list(workers.map(work, range(2)))

    assert "done" in states
    assert department.requests == 1
    assert Reading.objects.count() == 1
