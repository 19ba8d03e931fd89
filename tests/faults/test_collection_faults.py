"""F1, F3, F4, F5, F6, F12, F14, F16: collection while workers, brokers, schedules and departments' servers fail.

The times are the product's own: a lease of 30 seconds, a schedule that rings every 15, a deadline of 25.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
import os
from pathlib import Path
import signal
import sys
from threading import Event
import time

import pytest

from core.models import LedgerEntry
from kpis.collector.client import MOST_BYTES
from kpis.models import CollectionRun, Reading, Source
from tests.factories.kpis import KpiFactory, RunFactory, SourceFactory
from tests.faults.conftest import until
from tests.kpis.conftest import FakeDepartment, running, send, send_json

pytestmark = pytest.mark.prove("faults", gate=False)

FREED = 30.0  # seconds after which a run has ended, whatever the other side does
OTHERS = 99
WINDOWS = 200
QUEUED = 1_000
FIRST_DAY = date(2023, 1, 1)
RING = "from kpis.tasks import collect_due\nprint(collect_due())"
PLAN = f"""
from datetime import UTC, datetime, timedelta
from kpis import services
first = datetime(2026, 1, 1, tzinfo=UTC)
for hour in range({WINDOWS}):
    services.plan_due(now=first + timedelta(hours=hour))
"""


@pytest.fixture
def hosts(bench) -> Iterator[Callable[[], FakeDepartment]]:
    """Makes departments' servers that the processes of this test may call."""
    with ExitStack() as stack:

        def host() -> FakeDepartment:
            fake = stack.enter_context(running(FakeDepartment()))
            bench.ports.append(fake.port)
            return fake

        yield host


def source_of(fake):
    """An approved source with one KPI, which it reports rightly until told otherwise."""
    kpi = KpiFactory()
    source = SourceFactory(port=fake.port, kpis=[kpi], kpi_path="", columns=["period", "value"])
    fake.answer = reports
    return source


def reports(handler):
    send_json(handler, {"readings": [{"period": "2026-01", "value": "10"}]})


def ended(*sources, state="done"):
    return CollectionRun.objects.filter(source__in=sources, state=state).count() >= len(sources)


def ended_of(source):
    return CollectionRun.objects.filter(source=source, state="done").count()


def readings_of(source):
    return Reading.objects.filter(series__kpi__source_link__source=source).count()


def children(worker):
    return [int(pid) for pid in Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()]


def test_f1_a_worker_killed_before_it_writes_is_followed_by_one_that_does(bench, hosts, proof):
    fake = hosts()
    source = source_of(fake)
    killed = Event()

    def kill(handler):
        if killed.is_set():
            reports(handler)
        else:
            killed.set()
            os.killpg(worker.pid, signal.SIGKILL)

    fake.answer = kill
    worker = bench.worker()
    bench.beat()
    until(killed.is_set, what="the worker has asked the source")
    since = time.monotonic()
    until(lambda: worker.poll() is not None, what="the worker is killed")
    assert not readings_of(source)
    bench.worker()

    until(lambda: ended(source), what="the run is taken again", seconds=60)

    proof.figure("seconds_to_recover", round(time.monotonic() - since, 1))
    assert readings_of(source) == 1
    assert CollectionRun.objects.get(source=source).attempts == 2


def test_f3_a_worker_killed_between_two_pages_leaves_no_gap_and_reads_none_twice(bench, hosts, proof):
    fake = hosts()
    source = source_of(fake)
    Source.objects.filter(pk=source.pk).update(paging="number", page_key="page")
    killed, asked = Event(), []

    def answer(handler):
        page = int(handler.path.rpartition("=")[2])
        asked.append(page)
        if page == 4 and not killed.is_set():
            killed.set()
            os.killpg(worker.pid, signal.SIGKILL)
        else:
            rows = [{"period": f"2026-{page:02d}", "value": "10"}] if page <= 6 else []
            send_json(handler, {"readings": rows})

    fake.answer = answer
    worker = bench.worker()
    bench.beat()
    until(killed.is_set, what="the worker has asked for the fourth page")
    since = time.monotonic()
    until(lambda: worker.poll() is not None, what="the worker is killed")
    assert not readings_of(source)
    bench.worker()

    until(lambda: ended(source), what="the run is taken again", seconds=60)

    proof.figure("seconds_to_recover", round(time.monotonic() - since, 1))
    assert asked == [1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7]
    assert readings_of(source) == 6
    assert CollectionRun.objects.get(source=source).attempts == 2


def test_f4_a_run_that_kills_its_workers_is_given_up_after_three_attempts(bench, hosts, proof):
    poison, healthy = hosts(), hosts()
    killer, other = source_of(poison), source_of(healthy)
    kills = []

    def kill(handler):
        for child in children(worker):
            os.kill(child, signal.SIGKILL)
            kills.append(child)

    poison.answer = kill
    worker = bench.worker()
    bench.beat()
    until(lambda: ended(other), what="the other source is collected", seconds=60)

    until(lambda: ended(killer, state="dead"), what="the run is given up", seconds=240)

    proof.figure("kills", len(kills))
    assert len(kills) == poison.requests == 3
    assert worker.poll() is None
    run = CollectionRun.objects.get(source=killer)
    assert (run.attempts, run.reason, readings_of(killer)) == (3, "killed", 0)
    assert readings_of(other) == 1


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("gap", [2, 30])
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_f5_a_broker_that_restarts_finds_its_worker_back(bench, hosts, proof, how, gap, busy):
    fake, held = hosts(), Event()
    first = source_of(fake)
    asked = Event()

    def wait(handler):
        asked.set()
        held.wait(20)
        reports(handler)

    fake.answer = wait if busy else reports
    bench.worker()
    bench.beat()
    until(asked.is_set if busy else lambda: ended(first), what="the worker works")
    bench.stop_broker(how)
    assert bench.broker_process.poll() is not None
    time.sleep(gap)  # the fault is that long
    held.set()
    late = hosts_again(fake)

    bench.start_broker()
    since = time.monotonic()
    until(lambda: ended(late), what="a new run is carried out", seconds=30)

    proof.figure("seconds_to_recover", round(time.monotonic() - since, 1))
    until(lambda: ended(first), what="the first run is carried out too", seconds=60)
    assert (readings_of(first), readings_of(late)) == (1, 1)


def hosts_again(fake):
    """Another source of a host that is known already."""
    answer = fake.answer
    source = source_of(fake)
    fake.answer = answer
    return source


def test_f6_a_flushed_broker_with_a_thousand_runs_queued_collects_each_once(bench, hosts, proof):
    """Every call is answered with a day of its own, so that a run carried out twice would leave a reading more."""
    fake = hosts()
    kpi = KpiFactory(frequency="daily", starts_on=FIRST_DAY)
    source = SourceFactory(port=fake.port, kpis=[kpi], kpi_path="", columns=["period", "value"])
    Source.objects.filter(pk=source.pk).update(interval_minutes=7 * 24 * 60)
    RunFactory.create_batch(QUEUED - 1, source=source)  # the present week's run is planned by the ringing

    def next_day(handler):
        day = FIRST_DAY + timedelta(days=fake.requests)
        send_json(handler, {"readings": [{"period": day.isoformat(), "value": "10"}]})

    fake.answer = next_day
    assert bench.run(RING) == str(QUEUED)
    assert bench.broker.llen("celery") == QUEUED
    bench.broker.flushall()
    assert bench.broker.llen("celery") == 0
    assert not Reading.objects.exists()
    since = time.monotonic()
    bench.worker(children=2)
    bench.beat()  # rings every 15 seconds for what nobody took within a lease

    until(lambda: ended_of(source) >= QUEUED, what="every run is carried out", seconds=600)

    proof.figure("runs", QUEUED)
    proof.figure("seconds_to_recover", round(time.monotonic() - since, 1))
    assert CollectionRun.objects.filter(source=source, state="done", attempts=1, accepted=1).count() == QUEUED
    assert readings_of(source) == fake.requests == QUEUED
    assert LedgerEntry.objects.filter(action="collection.run").count() == QUEUED


def test_f12_three_planners_make_each_of_200_windows_once(bench, hosts):
    source = source_of(hosts())
    script = f"import django; django.setup()\n{PLAN}"

    planners = [bench.start([sys.executable, "-c", script]) for _planner in range(3)]
    until(lambda: all(planner.poll() == 0 for planner in planners), what="all three have planned")

    runs = Counter(CollectionRun.objects.values_list("source", "window_start"))
    assert set(runs.values()) == {1}
    assert len(runs) == WINDOWS
    assert CollectionRun.objects.filter(source=source, window_start=datetime(2026, 1, 1, tzinfo=UTC)).count() == 1


def test_f12_three_beats_collect_a_window_once(bench, hosts):
    fake = hosts()
    source = source_of(fake)
    for _beat in range(3):
        bench.beat()
    bench.worker(children=2)
    until(lambda: ended(source), what="the window is collected")
    rung = Event()

    rung.wait(35)  # two rounds of every schedule

    windows = CollectionRun.objects.filter(source=source).values_list("window_start", flat=True)
    assert len(windows) == len(set(windows)) == fake.requests
    assert readings_of(source) == 1


def silent(handler):
    Event().wait(60)


def drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    for _second in range(60):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(1)


def stops(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"readings": [')
    handler.wfile.flush()
    Event().wait(60)


def half_closes(handler):
    handler.connection.shutdown(1)
    Event().wait(60)


@pytest.mark.parametrize("mode", [silent, drip, stops, half_closes])
def test_f14_a_server_that_hangs_frees_its_slot_and_holds_up_nobody(bench, hosts, proof, mode):
    bad, good = hosts(), hosts()
    hanging = source_of(bad)
    asked = []

    def hang(handler):
        asked.append(time.monotonic())
        mode(handler)

    bad.answer = hang
    others = [source_of(good) for _other in range(OTHERS)]
    bench.worker(children=2)
    bench.beat()
    until(lambda: asked, what="the hanging source is asked")

    until(lambda: ended(*others), what="the other 99 are collected", seconds=FREED)
    freed_others = time.monotonic() - asked[0]
    failed = CollectionRun.objects.filter(source=hanging, state="failed")
    until(failed.exists, what="the hanging run has ended", seconds=FREED)

    proof.figure("seconds_until_freed", round(time.monotonic() - asked[0], 1))
    proof.figure("seconds_until_others", round(freed_others, 1))
    assert time.monotonic() - asked[0] <= FREED
    assert failed.get().reason in {"timeout", "broken_off"}
    assert not readings_of(hanging)


def test_f16_a_document_ten_thousand_times_the_usual_is_cut_early(bench, hosts, proof):
    fake, huge = hosts(), hosts()
    usual = source_of(fake)
    row = b'{"period":"2026-01","value":"10"},'
    sent = []

    def pour(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        handler.wfile.write(b'{"readings":[')
        for _thousand in range(10_000):
            sent.append(handler.wfile.write(row * 1_000))

    fake.answer = lambda handler: send(handler, b'{"readings":[' + (row * 10)[:-1] + b"]}")
    worker = bench.worker()
    until(lambda: children(worker), what="the worker has its child")
    bench.beat()
    until(lambda: ended(usual), what="ten times the usual is read")
    before = memory(children(worker)[0])
    flood = source_of(huge)
    huge.answer = pour

    until(lambda: ended(flood, state="rejected"), what="the flood is refused", seconds=60)

    grown = memory(children(worker)[0]) - before
    proof.figure("megabytes_sent", round(sum(sent) / 2**20, 1))
    proof.figure("megabytes_grown", round(grown, 1))
    assert CollectionRun.objects.filter(source=flood, reason="size").exists()
    assert sum(sent) <= MOST_BYTES + 6 * 2**20  # what lies in the buffers of two sockets is not read
    assert grown <= 50
    assert (readings_of(usual), readings_of(flood)) == (1, 0)


def memory(pid):
    """The most memory a process ever held, in megabytes."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
