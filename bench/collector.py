"""Memory of a worker that collects from 200 sources, beside the same worker after the first (issue 5)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import json
from pathlib import Path
import subprocess
import threading
import time
from urllib.parse import parse_qs, urlsplit

from accounts.models import Person
from bench.measure import Figure
from bench.reporting import FIRST_DAY, Reporter, reporter
from bench.serve import resident_kb, working
from kpis.models import CollectionRun, Reading, Source
from kpis.tasks import collect_due
from projects.models import Project

DAYS = 500  # that each source reports
MOST = 1.2  # times the memory after the first source
PATIENCE = 600


class Department(BaseHTTPRequestHandler):
    """Answers with 500 days of whichever KPI is asked for."""

    def do_GET(self) -> None:
        (kpi,) = parse_qs(urlsplit(self.path).query)["kpi"]
        days = ((FIRST_DAY + timedelta(days=day)).isoformat() for day in range(DAYS))
        body = json.dumps({"readings": [{"kpi": kpi, "period": day, "value": "100"} for day in days]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """The bench prints figures alone."""


def remembered() -> Figure:
    """The most memory the worker's child ever held, after one source and after 200 of one KPI each."""
    people = tuple(Person.objects.order_by("pk")[:2])
    measured = reporter("KPI-C", Project.objects.order_by("pk")[0], owner=people[0])
    before = Reading.objects.count()
    with _department() as port, working({"COLLECTOR_LOOPBACK_PORTS": str(port)}) as worker:
        for kpi in measured.kpis:
            Reporter([kpi]).source(
                "pull",
                people=people,
                reference=f"SRC-{kpi.reference}",
                url=f"http://127.0.0.1:{port}/readings.json?kpi={kpi.reference}",
                hosts=[f"127.0.0.1:{port}"],
                networks=["127.0.0.0/8"],
                items_path="readings",
                kpi_path="kpi",
                period_path="period",
                value_path="value",
                columns=["kpi", "period", "value"],
                interval_minutes=24 * 60,
            )
        sources = Source.objects.filter(reference__startswith="SRC-KPI-C")
        Source.objects.exclude(pk=sources[0].pk).update(status="paused")
        _collected(1)
        first = _child_mb(worker)
        sources.update(status="approved")
        began = time.monotonic()
        _collected(len(measured.kpis))
        seconds, last = time.monotonic() - began, _child_mb(worker)
    stored = Reading.objects.count() - before
    note = f"{DAYS} readings of each, in {seconds:.0f} s"
    holds = stored == len(measured.kpis) * DAYS
    return Figure(
        "worker collecting from 200 sources", len(measured.kpis), first, last, MOST, note=note, holds=holds, unit="MB"
    )


def _collected(wanted: int) -> None:
    """Rings as beat does, until so many sources were collected."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        collect_due()
        if CollectionRun.objects.filter(source__reference__startswith="SRC-KPI-C", state="done").count() >= wanted:
            return
        time.sleep(1)
    raise RuntimeError("The worker did not collect in time.")


@contextmanager
def _department() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Department)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def _child_mb(worker: subprocess.Popen[bytes]) -> float:
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    return max(resident_kb(pid) for pid in children) / 1024
