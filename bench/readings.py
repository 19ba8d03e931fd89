"""Readings: a signed push of 1,000 beside the barest view that stores as many by COPY (SPEED)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
import http.client
from itertools import count
import json
import secrets
import time
from typing import Any

from django.utils import timezone

from accounts.models import Department, Person
from bench import database
from bench.measure import Figure, medians
from bench.serve import Server, Servers
from core import sealing
from kpis.models import Definition, Kpi, PushKey, Reading, Series, Source, SourceKpi
from kpis.rules import signing
from kpis.rules.signing import Sending
from projects.models import Project

MEASURES, DAYS = 200, 5  # of one push: its source's KPIs, and how many days of each
PUSHED = MEASURES * DAYS
SLOWEST = 1 / 0.4  # SPEED names rates: at least 0.4x COPY over HTTP
FIRST_DAY = date(2024, 1, 1)
LEVEL = 100_000
BARE = """
CREATE TABLE bench_reading (
    series_id bigint, period_start date, cell varchar(120), revision smallint, value numeric(24, 6),
    PRIMARY KEY (series_id, period_start, cell, revision)
);
GRANT INSERT ON bench_reading TO PUBLIC;
"""


def pushed(servers: Servers, seconds: float) -> Figure:
    """Both get the same readings in bodies of one size; every push holds periods that nobody sent before."""
    source, secret = _source()
    numbers, before = count(), Reading.objects.count()

    def bare() -> None:
        _post(servers.bare, "/readings/", _body(next(numbers)), {}, status=200)

    def ours() -> None:
        body = _body(next(numbers))
        headers = _signed(body, secret)
        _post(servers.ours, f"/api/v1/sources/{source.reference}/push/", body, headers, status=201)

    floor, taken = medians(bare, ours, rounds=40, seconds=seconds)
    stored, sent = Reading.objects.count() - before, PushKey.objects.get(source=source).source.runs.count()
    note = (
        f"{PUSHED / taken * 1_000:,.0f} readings/s, {floor / taken:.2f}x the bare view's {PUSHED / floor * 1_000:,.0f}"
    )
    return Figure("push of 1,000 readings", PUSHED, floor, taken, SLOWEST, note=note, holds=stored == sent * PUSHED)


def make_bare() -> None:
    """The floor's own table: the columns of a reading and their key, and nothing to hold them against."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(BARE)
    connections["owner"].close()
    database.settle()


def _source() -> tuple[Source, bytes]:
    """An approved push source with one key and daily KPIs of one project."""
    project, (person, other), now = Project.objects.first(), Person.objects.order_by("pk")[:2], timezone.now()
    assert project  # the programme was built before
    source = Source.objects.create(
        reference="SRC-BENCH",
        department=Department.objects.get(pk=project.department_id),
        name="Case system",
        kind=Source.Kind.PUSH,
        status="approved",
        proposed_by=person,
        approved_by=other,
        approved_at=now,
    )
    definition = Definition.objects.create(
        key="bench", name_en="Volume", name_zh_hant="處理量", unit_en="cases", unit_zh_hant="宗", direction="up",
        formula="value", aggregation="sum",
    )  # fmt: skip
    for number in range(MEASURES):
        kpi = Kpi.objects.create(
            reference=f"KPI-B{number}",
            project=project,
            definition=definition,
            frequency="daily",
            starts_on=FIRST_DAY,
            owner=person,
        )
        Series.objects.create(kpi=kpi, definition=definition, started_on=FIRST_DAY)
        SourceKpi.objects.create(source=source, kpi=kpi, code=kpi.reference)
    secret = secrets.token_bytes(signing.SECRET_BYTES)
    sealed = sealing.seal(signing.secret_text(secret))
    PushKey.objects.create(source=source, number=1, slot=1, sealed=sealed, made_by=person, made_at=now)
    return source, secret


def _body(number: int) -> bytes:
    return json.dumps({"readings": list(_readings(number))}).encode()


def _readings(number: int) -> Iterator[Mapping[str, str]]:
    for day in range(number * DAYS, (number + 1) * DAYS):
        period = (FIRST_DAY + timedelta(days=day)).isoformat()
        for measure in range(MEASURES):
            yield {"kpi": f"KPI-B{measure}", "period": period, "value": str(LEVEL + day)}


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
