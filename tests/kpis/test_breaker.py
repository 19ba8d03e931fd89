"""A host that does not answer is left alone but for a probe; one that answers is called as before (TRUST F15)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone
import pytest

from kpis.collector.client import Failed
from kpis.models import CollectionRun, Host
from kpis.rules.breaker import OPENS_AFTER, PROBE_EVERY, may_call
from kpis.services.runs import run_source, take
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, RunFactory, SourceFactory

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def away(url, allowed):
    raise Failed("unreachable")


@pytest.fixture
def source(world, department):
    kpi = KpiFactory(project=MeasuredProjectFactory(department=world.a))
    department.sends({"kpi": kpi.reference, "period": "2026-01", "value": "10"})
    return SourceFactory(department=world.a, port=department.port, kpis=[kpi])


@pytest.mark.parametrize(
    ("failures", "ago", "expected"),
    [
        (0, timedelta(0), True),
        (9, timedelta(0), True),
        (10, timedelta(minutes=14, seconds=59), False),
        (10, timedelta(minutes=15), True),
        (500, timedelta(0), False),
        (500, None, True),
    ],
)
def test_after_ten_failures_a_host_is_called_once_in_fifteen_minutes(failures, ago, expected):
    assert may_call(failures, None if ago is None else NOW - ago, now=NOW) is expected


def fail(source, times):
    for _run in range(times):
        run_source(run_id=RunFactory(source=source).pk, fetch=away)


def called_long_ago(source):
    Host.objects.filter(place=source.place).update(last_called_at=timezone.now() - PROBE_EVERY)


def test_ten_failures_leave_a_host_alone_and_the_run_says_why(source):
    fail(source, OPENS_AFTER)
    asked = []

    run = RunFactory(source=source)
    state = run_source(run_id=run.pk, fetch=lambda url, allowed: asked.append(url))

    run.refresh_from_db()
    assert (state, run.reason, run.attempts, asked) == ("planned", "host.away", 0, [])
    assert Host.objects.get().is_open


def test_another_host_is_collected_meanwhile(source):
    fail(source, OPENS_AFTER)
    other = SourceFactory(url="http://127.0.0.1:9/readings.json", hosts=["127.0.0.1:9"])

    assert take(run_id=RunFactory(source=other).pk) is not None


def test_one_probe_that_is_answered_closes_the_breaker(source):
    fail(source, OPENS_AFTER)
    called_long_ago(source)
    probe, waiting = RunFactory(source=source), RunFactory(source=source)

    assert run_source(run_id=probe.pk) == "done"
    assert run_source(run_id=waiting.pk) == "done"

    assert Host.objects.get().failures == 0


def test_a_probe_that_fails_leaves_it_open_for_fifteen_minutes_more(source):
    fail(source, OPENS_AFTER)
    called_long_ago(source)
    fail(source, 1)

    assert run_source(run_id=RunFactory(source=source).pk) == "planned"
    assert Host.objects.get().failures == OPENS_AFTER + 1


def test_a_refused_answer_is_an_answer(source, department):
    fail(source, OPENS_AFTER - 1)
    department.sends({"kpi": "KPI-0000", "period": "2026-01", "value": "10"})

    assert run_source(run_id=RunFactory(source=source).pk) == "rejected"

    assert Host.objects.get().failures == 0


def test_only_the_newest_window_of_a_source_waits(source):
    """When the host is back, nothing comes in a burst."""
    fail(source, OPENS_AFTER)
    older, newer = RunFactory(source=source), RunFactory(source=source)

    assert [run_source(run_id=run.pk) for run in (older, newer)] == ["dead", "planned"]
    assert CollectionRun.objects.get(pk=older.pk).reason == "host.away"


def test_the_page_of_the_source_says_so_in_both_languages(source, client, applicant):
    fail(source, OPENS_AFTER)
    client.force_login(applicant)
    address = reverse("kpis:source-detail", args=[source.reference])

    assert "did not answer ten times in a row" in client.get(address).content.decode()
    assert "暫停查詢" in client.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()


def test_two_workers_at_once_make_one_probe(committed_db, settings):
    source = SourceFactory(port=9)
    Host.objects.create(place=source.place, failures=OPENS_AFTER)
    runs = [RunFactory(source=source).pk for _run in range(8)]

    def attempt(run_id):
        try:
            return take(run_id=run_id) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(attempt, runs)) == [False] * 7 + [True]
