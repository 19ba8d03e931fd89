"""Rows of TRUST 4.6, each by a server that misbehaves, through a whole run: a code, no reading, others unhurt."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
import gzip
import json
import time

from django.utils import timezone
import pytest

from kpis.collector import client
from kpis.models import CollectionRun, Reading
from kpis.services import runs
from kpis.services.runs import LONGEST_WAIT, run_source
from tests.factories.kpis import KpiFactory, RunFactory, SourceFactory
from tests.kpis.conftest import FakeDepartment, running, send
from tests.kpis.tls import self_signed_server

GOOD = {"period": "2026-01", "value": "10"}


@pytest.fixture
def kpi(world):
    return KpiFactory()


@pytest.fixture
def neighbour(settings, world, department):
    """A source of another host that behaves; it must be collected whatever the first one does."""
    fake = FakeDepartment()
    settings.COLLECTOR_LOOPBACK_PORTS = [department.port, fake.port]
    other = KpiFactory()
    fake.sends(GOOD | {"kpi": other.reference})
    with running(fake):
        yield RunFactory(source=SourceFactory(port=fake.port, kpis=[other]))


@pytest.fixture
def run(department, kpi):
    return RunFactory(source=SourceFactory(port=department.port, kpis=[kpi]))


@pytest.fixture(autouse=True)
def short_deadline(monkeypatch):
    """The drip of CO-04 in two seconds instead of 25: the rule is that its total holds, whatever it is."""
    patient = client.fetch_json
    hasty = lambda url, allowed: patient(url, allowed, deadline_seconds=2)  # noqa: E731 - same shape as `fetch_json`
    monkeypatch.setattr(runs.run_source, "__kwdefaults__", {"fetch": hasty})


def readings(kpi, *rows, **more):
    return json.dumps({"readings": [GOOD | {"kpi": kpi.reference} | row for row in rows or ({},)]} | more).encode()


def drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    for _byte in range(40):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def endless(handler):
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for _piece in range(1_000):
        handler.wfile.write(b"10000\r\n" + b" " * 65_536 + b"\r\n")


def bomb(handler):
    send(handler, gzip.compress(bytes(64 * 1024 * 1024), 9), Content_Encoding="gzip")


POISONED = {
    "CO-01 a page to log in": (lambda kpi: lambda h: send(h, b"<html>", Content_Type="text/html"), "content.type"),
    "CO-02 a redirect inside": (
        lambda kpi: lambda h: send(h, b"", status=302, Location="http://127.0.0.1:6379/"),
        "redirect",
    ),
    "CO-04 a drip": (lambda kpi: drip, "timeout"),
    "CO-05 endless": (lambda kpi: endless, "size"),
    "CO-06 a gzip bomb": (lambda kpi: bomb, "size"),
    "CO-07 a comma in a number": (
        lambda kpi: lambda h: send(h, readings(kpi, {"value": "1,234"})),
        "value.type",
    ),
    "CO-08 a column renamed": (
        lambda kpi: lambda h: send(h, readings(kpi).replace(b'"value"', b'"amount"')),
        "schema",
    ),
    "CO-11 a KPI of somebody else": (
        lambda kpi: lambda h: send(h, readings(kpi, {"kpi": "KPI-0000"})),
        "scope",
    ),
    "CO-12 one moment, two values": (
        lambda kpi: lambda h: send(h, readings(kpi, {}, {"value": "11"})),
        "conflict",
    ),
}


@pytest.mark.parametrize("row", POISONED)
def test_a_poisoned_source_leaves_a_code_and_no_reading_and_the_next_source_is_read(
    row, run, kpi, neighbour, department
):
    answer, code = POISONED[row]
    department.answer = answer(kpi)
    began = time.monotonic()

    state = run_source(run_id=run.pk)

    run.refresh_from_db()
    assert (state in {"rejected", "failed"}, run.reason) == (True, code)
    assert time.monotonic() - began < 10
    assert not Reading.objects.exists()
    assert run_source(run_id=neighbour.pk) == "done"
    assert Reading.objects.count() == 1


def test_a_certificate_nobody_trusts_ends_the_run(settings, tmp_path, world, kpi):
    """CO-13."""
    with self_signed_server(tmp_path) as port:
        settings.COLLECTOR_LOOPBACK_PORTS = [port]
        source = SourceFactory(url=f"https://127.0.0.1:{port}/x.json", hosts=[f"127.0.0.1:{port}"], kpis=[kpi])
        run = RunFactory(source=source)

        assert run_source(run_id=run.pk) == "rejected"

    run.refresh_from_db()
    assert run.reason == "tls"


@pytest.mark.parametrize(
    ("header", "waits"),
    [
        ("120", timedelta(seconds=120)),
        ("999999999", LONGEST_WAIT),
        ("5", runs.RETRY_AFTER),
        (format_datetime(datetime(2098, 1, 1, tzinfo=UTC), usegmt=True), LONGEST_WAIT),
        ("soon", runs.RETRY_AFTER),
    ],
)
def test_a_source_may_ask_to_be_called_later_but_for_six_hours_at_most(run, department, header, waits):
    """CO-14."""
    department.answer = lambda handler: send(handler, b"{}", status=429, Retry_After=header)
    before = timezone.now()

    assert run_source(run_id=run.pk) == "failed"

    run.refresh_from_db()
    assert run.reason == ("http.status" if header == "soon" else "retry")
    assert waits <= run.lease_until - before < waits + timedelta(seconds=10)
    assert not CollectionRun.objects.open_to_take(before + waits - timedelta(seconds=1)).exists()
    assert CollectionRun.objects.open_to_take(before + waits + timedelta(seconds=10)).exists()
