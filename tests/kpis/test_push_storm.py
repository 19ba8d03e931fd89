"""A storm of pushes at a real server whose workers are killed: each is there once (issue 5; TRUST G14, I8, KP-07)."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
import json
import os
from pathlib import Path
from queue import Empty, LifoQueue
import random
import signal
import sys
import threading
import time
from typing import Any

from django.db.models import Count, Max
import pytest

from core import ledger
from kpis.models import CollectionRun, LatestValue, PushReceipt, Reading
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, PushKeyFactory, SourceFactory
from tests.faults.conftest import Bench, until
from tests.kpis.pushing import address_of, body_of, signed
from tests.plugins.personas import make_world

SENDERS = 8
LEVEL = 100_000  # far from 0, so that no value is a jump from the one before
SOURCES = 25
WORKERS = 3
SHAPE = ("-k", "gthread", "--threads", "4", "--preload", "--no-control-socket", "--log-level", "warning")
KILLS = 3
COPIES = 50  # of one push, sent at once
FIRST_DAY = date(2000, 1, 1)
AGAIN = frozenset({409, 429, 500, 502, 503, 504})


@dataclass
class Storm:
    """Sends pushes until each is acknowledged, as the example of the docs does, and counts what it met."""

    port: int
    receipts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    met: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    kept: LifoQueue[HTTPConnection] = field(default_factory=LifoQueue)  # that answered and may answer again

    def deliver(self, address: str, push_id: str, body: bytes) -> int:
        """The first status that is an acknowledgement; the same id is sent again until one comes."""
        for _attempt in range(100):
            try:
                status, answer = self._send(address, body, signed(body, push_id=push_id))
            except (HTTPException, OSError):
                self._count("unanswered")
                time.sleep(0.05)
                continue
            if status in AGAIN:
                self._count(f"told {status}")
                time.sleep(0.1)
                continue
            assert status in {200, 201}, (status, answer)
            with self.lock:
                self.receipts.setdefault(push_id, []).append(answer)
                self.met["acknowledged"] += 1
            return status
        raise AssertionError(f"{push_id} was never acknowledged")

    def _send(self, address: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Over a connection kept from before, as long as it works."""
        try:
            connection = self.kept.get_nowait()
        except Empty:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(
                "POST", address, body, headers | {"Content-Type": "application/json", "Host": "localhost"}
            )
            answer = connection.getresponse()
            told = answer.status, json.loads(answer.read())
        except BaseException:
            connection.close()
            raise
        self.kept.put(connection)
        return told

    def let_go(self) -> None:
        """Close what was kept."""
        while not self.kept.empty():
            self.kept.get_nowait().close()

    def _count(self, what: str) -> None:
        with self.lock:
            self.met[what] += 1


@pytest.fixture
def bench(committed_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setenv("PUSH_LIMIT", "1000000/m")
    with ExitStack() as stack:
        yield KeepingConnections(tmp_path, stack)


class KeepingConnections(Bench):
    """Opening one to PostgreSQL for each push, as tests do, would take longer than the push."""

    def environment(self) -> dict[str, str]:
        return super().environment() | {"DJANGO_SETTINGS_MODULE": "tests.kpis.storm_settings"}


def workers_of(master: int) -> set[int]:
    return {int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()}


def kill_one(master: int) -> None:
    """SIGKILL to a worker that is busy with pushes; it is gone, and the server starts another."""
    before = workers_of(master)
    victim = random.choice(sorted(before))
    os.kill(victim, signal.SIGKILL)
    until(lambda: victim not in workers_of(master) and workers_of(master) - before, what="another worker is there")


@pytest.mark.prove("push")
@pytest.mark.timeout(14_400)  # at full size on a busy machine; each push is a ledger entry of its own
def test_a_storm_of_pushes_with_kills_doubles_and_loses_nothing(bench, proof):
    """10% of the pushes are sent again later, 5% twice at one moment; three times a worker is killed."""
    random.seed(proof.seed)
    wanted = proof.size(gate=60, full=100_000)
    department = make_world().a
    measured = [_measured(department) for _ in range(SOURCES)]
    port = bench.free_port()
    master = bench.start(
        [sys.executable, "-m", "gunicorn", "govai_tracker.wsgi", *SHAPE, "-w", str(WORKERS), "-b", f"127.0.0.1:{port}"]
    )
    storm = Storm(port)
    bench.stack.callback(storm.let_go)
    until(lambda: _answers(storm, address_of("SRC-0")), what="the server answers")
    until(lambda: len(workers_of(master.pid)) == WORKERS, what="the workers")

    assert Counter(_at_once(storm, *_push(measured, 0), copies=COPIES)) == {201: 1, 200: COPIES - 1}  # KP-07
    order, pushes = _plan(measured, wanted)
    began = time.monotonic()
    with ThreadPoolExecutor(SENDERS) as senders:
        for number, share in enumerate(_shares(order, KILLS + 1)):
            sent = [senders.submit(work) for work in _works(storm, share, pushes)]
            if number < KILLS:
                _half_done(sent)
                kill_one(master.pid)
            for one in sent:
                one.result(timeout=600)
    seconds = time.monotonic() - began

    made = len(pushes) + 1
    assert PushReceipt.objects.count() == CollectionRun.objects.count() == made == len(storm.receipts)
    assert Reading.objects.count() == made  # none lost, none twice: each push held a moment of its own
    assert Reading.objects.aggregate(Max("revision"))["revision__max"] == 1
    each = Reading.objects.values("source_run").annotate(held=Count("*")).values_list("held", flat=True)
    assert (len(each), set(each)) == (made, {1})  # I8
    assert all(len({json.dumps(one, sort_keys=True) for one in told}) == 1 for told in storm.receipts.values())
    assert all(told[0]["accepted"] == 1 for told in storm.receipts.values())
    newest = Reading.objects.order_by("series", "-period_start").distinct("series")
    assert set(LatestValue.objects.values_list("series", "value")) == set(newest.values_list("series", "value"))
    assert ledger.verify(ledger.stored_chain()) == ledger.head()
    proof.figure("sendings", len(order) + COPIES)
    proof.figure("distinct", made)
    proof.figure("kills", KILLS)
    proof.figure("unanswered", storm.met["unanswered"])
    proof.figure("lost", made - PushReceipt.objects.count())
    proof.figure("doubled", Reading.objects.count() - made)
    proof.figure("seconds", round(seconds))
    proof.figure("per second", round(len(order) / seconds))


Push = tuple[str, str, bytes]


def _measured(department: Any) -> tuple[str, str]:
    """A source with one live key and one daily KPI; its address and the KPI's reference."""
    kpi = KpiFactory(project=MeasuredProjectFactory(department=department), frequency="daily", starts_on=FIRST_DAY)
    source = PushKeyFactory(source=SourceFactory(push=True, department=department, kpis=[kpi])).source
    return address_of(source), kpi.reference


def _push(measured: list[tuple[str, str]], number: int) -> Push:
    """The push with this number: one reading of one day that no other push reports."""
    address, kpi = measured[number % SOURCES]
    day = FIRST_DAY + timedelta(days=number // SOURCES)
    return address, f"push-{number}", body_of({"kpi": kpi, "period": day.isoformat(), "value": str(LEVEL + number)})


def _plan(measured: list[tuple[str, str]], wanted: int) -> tuple[list[tuple[int, bool]], dict[int, Push]]:
    """`wanted` sendings as (push, whether it goes twice at one moment): a tenth repeats an earlier one."""
    repeats = wanted // 10
    pushes = {number: _push(measured, number) for number in range(1, wanted - repeats + 1)}
    twice = set(random.sample(sorted(pushes), wanted // 20))
    order = [(number, number in twice) for number in pushes]
    for number in random.sample(sorted(pushes), repeats):
        order.insert(random.randrange(number, len(order) + 1), (number, False))
    return order, pushes


def _works(storm: Storm, share: list[tuple[int, bool]], pushes: dict[int, Push]) -> Iterator[Callable[[], object]]:
    for number, is_twice in share:
        if is_twice:
            yield lambda push=pushes[number]: _at_once(storm, *push, copies=2)
        else:
            yield lambda push=pushes[number]: storm.deliver(*push)


def _at_once(storm: Storm, address: str, push_id: str, body: bytes, *, copies: int) -> list[int]:
    """One push from several senders at the same moment; what each was told."""
    start = threading.Barrier(copies)

    def send() -> int:
        start.wait(60)
        return storm.deliver(address, push_id, body)

    with ThreadPoolExecutor(copies) as pool:
        return [done.result(timeout=120) for done in [pool.submit(send) for _ in range(copies)]]


def _shares(order: list[tuple[int, bool]], count: int) -> list[list[tuple[int, bool]]]:
    size = -(-len(order) // count)
    return [order[start : start + size] for start in range(0, len(order), size)]


def _half_done(sent: list[Future[object]]) -> None:
    until(sent[len(sent) // 2].done, what="half is sent", seconds=7200)


def _answers(storm: Storm, address: str) -> bool:
    try:
        return storm._send(address, b"{}", {})[0] == 401
    except OSError:
        return False
