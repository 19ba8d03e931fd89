"""Readings by push, pull and file, each beside the barest program that stores as many by COPY (SPEED)."""

from collections.abc import Iterator, Mapping
import csv
import http.client
from io import BytesIO, StringIO
import json
import secrets
import time
from typing import Any

from django.db import connections
from django.utils import timezone

from accounts.models import Person
from bench import database, world
from bench.measure import Figure, medians
from bench.reporting import REPORTED, Reporter, copied, reporter
from bench.serve import Server, Servers
from bench.world import Readers
from core import sealing
from kpis import services
from kpis.models import CollectionRun, PushKey, Reading
from kpis.rules import signing
from kpis.rules.signing import Sending
from projects.models import Project

SLOWEST = 1 / 0.4  # SPEED names rates: at least 0.4x COPY over HTTP
ROUNDS = 40
BARE = """
CREATE TABLE bench_reading (
    kpi varchar(32), period_start date, cell varchar(120), revision smallint, value numeric(24, 6),
    PRIMARY KEY (kpi, period_start, cell, revision)
);
GRANT INSERT ON bench_reading TO PUBLIC;
"""
HOST = "kpi.example.gov.hk:443"


def figures(readers: Readers, servers: Servers, seconds: float) -> Iterator[Figure]:
    """Push, pull and file of 1,000 readings."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(BARE)
    connections["owner"].close()
    database.settle()
    project = Project.objects.exclude(department__code="B0").order_by("pk")[0]
    people = tuple(Person.objects.order_by("pk")[:2])
    sender, asked = (reporter(prefix, project, owner=people[0]) for prefix in ("KPI-P", "KPI-G"))
    yield pushed(sender, people, servers, seconds)
    yield pulled(asked, people, seconds)
    yield filed(reporter("KPI-F", project, owner=readers.lead.person), readers, project, seconds)


def pushed(sender: Reporter, people: tuple[Person, Person], servers: Servers, seconds: float) -> Figure:
    """Both get readings in bodies of one size over HTTP; every push holds periods that nobody sent before."""
    source, bare = sender.source("push", people=people), Reporter(sender.kpis)
    secret = secrets.token_bytes(signing.SECRET_BYTES)
    sealed = sealing.seal(signing.secret_text(secret))
    PushKey.objects.create(source=source, number=1, slot=1, sealed=sealed, made_by=people[0], made_at=timezone.now())

    def ours() -> None:
        body = _body(sender)
        headers = _signed(body, secret)
        _post(servers.ours, f"/api/v1/sources/{source.reference}/push/", body, headers, status=201)

    def floor() -> None:
        _post(servers.bare, "/readings/", _body(bare), {}, status=200)

    return _figure("push of 1,000 readings", floor, ours, seconds=seconds, goal=SLOWEST, times=source.runs.count)


def pulled(asked: Reporter, people: tuple[Person, Person], seconds: float) -> Figure:
    """A run of the collector, from its lease to its end, whose call is answered at once."""
    source = asked.source(
        "pull",
        people=people,
        url=f"https://{HOST.removesuffix(':443')}/readings.json",
        hosts=[HOST],
        networks=["203.0.113.0/24"],
        items_path="readings",
        kpi_path="kpi",
        period_path="period",
        value_path="value",
        columns=["kpi", "period", "value"],
        interval_minutes=60,
    )
    bare = Reporter(asked.kpis)

    def ours() -> None:
        now = timezone.now()
        run = CollectionRun.objects.create(source=source, window_start=now, planned_at=now)
        body = _body(asked)
        state = services.run_source(run_id=run.pk, fetch=lambda url, allowed: body)
        if state != "done":
            run.refresh_from_db()
            raise RuntimeError(f"The run ended as {state}: {run.reason} {run.detail}.")

    def floor() -> None:
        copied(json.loads(_body(bare))["readings"])

    return _figure("pull of 1,000 readings", floor, ours, seconds=seconds, goal=None, times=source.runs.count)


def filed(typed: Reporter, readers: Readers, project: Project, seconds: float) -> Figure:
    """A file of a thousand rows offered and reported by one person and verified by a second."""
    writer, second = (world.reader(f"bench_{name}", project.department) for name in ("reporter", "verifier"))
    bare = Reporter(typed.kpis)
    files = []

    def ours() -> None:
        batch = services.offer_readings(
            actor=writer, file=BytesIO(_csv(typed)), file_name="readings.csv", encoding="utf-8"
        )
        services.report_readings(actor=writer, file_id=batch.pk)
        services.verify_file(actor=second, file_id=batch.pk)
        files.append(batch.pk)

    def floor() -> None:
        copied(list(csv.DictReader(StringIO(_csv(bare).decode()))))

    return _figure("file of 1,000 readings", floor, ours, seconds=seconds, goal=None, times=lambda: len(files))


def _figure(row: str, floor: Any, ours: Any, *, seconds: float, goal: float | None, times: Any) -> Figure:
    """Both in turn; it holds if as many readings are stored as were sent."""
    before = Reading.objects.count()
    slow, taken = medians(floor, ours, rounds=ROUNDS, seconds=seconds)
    stored = Reading.objects.count() - before
    rate = REPORTED / taken * 1_000
    note = f"{rate:,.0f} readings/s, {slow / taken:.2f}x the bare program's {REPORTED / slow * 1_000:,.0f}"
    return Figure(row, REPORTED, slow, taken, goal, note=note, holds=stored == times() * REPORTED)


def _body(sender: Reporter) -> bytes:
    return json.dumps({"readings": sender.readings()}).encode()


def _csv(typed: Reporter) -> bytes:
    text = StringIO()
    table = csv.DictWriter(text, ["kpi", "period", "value", "numerator", "denominator"], restval="")
    table.writeheader()
    table.writerows(typed.readings())
    return text.getvalue().encode()


def _signed(body: bytes, secret: bytes) -> dict[str, str]:
    push_id, timestamp = secrets.token_hex(8), str(int(time.time()))
    made = signing.signature(secret, Sending(push_id, timestamp, (), body))
    return {"webhook-id": push_id, "webhook-timestamp": timestamp, "webhook-signature": f"v1,{made}"}


def _post(server: Server, address: str, body: bytes, headers: Mapping[str, Any], *, status: int) -> None:
    """Over a new connection each, as a department's system would come."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    sent = {"Host": f"127.0.0.1:{server.port}", "Content-Type": "application/json", **headers}
    connection.request("POST", address, body, sent)
    response = connection.getresponse()
    told = response.read()
    connection.close()
    if response.status != status:
        raise RuntimeError(f"{address} answered {response.status}: {told[:300]!r}")
