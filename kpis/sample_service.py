"""A department's reporting service in small, for the demonstration and the tests. Standard library only.

`GET /readings.json` answers monthly readings of the KPIs named by `?kpi=KPI-0001:value&kpi=KPI-0002:ratio`,
from January 2024 to last month. The same month of the same KPI has the same value on every call.
"""

from collections.abc import Iterator
from datetime import date
import hashlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import json
from urllib.parse import parse_qsl, urlsplit

FIRST_MONTH = (2024, 1)
GO_LIVE = (2025, 10)  # from here on the figures improve


def document(query: str, *, today: date) -> dict[str, object]:
    """Every reading asked for, as the service sends it."""
    wanted = [text.partition(":") for name, text in parse_qsl(query) if name == "kpi"]
    readings = [row for code, _, kind in wanted for row in _readings(code, kind or "value", today)]
    return {"service": "sample department service", "readings": readings}


def serve(port: int) -> ThreadingHTTPServer:
    """A server on the loopback; the caller runs and closes it."""
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


class Handler(BaseHTTPRequestHandler):
    server_version = "SampleDepartment/1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path != "/readings.json":
            self.send_error(404)
            return
        body = json.dumps(document(parts.query, today=date.today())).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the collector keeps its own account of every call."""


def _readings(code: str, kind: str, today: date) -> Iterator[dict[str, str]]:
    for step, month in enumerate(_months(today)):
        year, number = month
        noise = _noise(code, month)
        after = max(0, (year - GO_LIVE[0]) * 12 + number - GO_LIVE[1] + 1)
        row = {"kpi": code, "period": f"{year}-{number:02d}"}
        if kind == "ratio":
            cases = 400 + 4 * step + noise % 60
            share = max(30, 120 - 6 * after) + noise % 12  # per thousand
            yield row | {"numerator": str(cases * share // 1000), "denominator": str(cases)}
        else:
            yield row | {"value": str(900 + 5 * step + 60 * after + noise % 90)}


def _months(today: date) -> Iterator[tuple[int, int]]:
    """From the first month to the last one that is over."""
    year, month = FIRST_MONTH
    while (year, month) < (today.year, today.month):
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _noise(code: str, month: tuple[int, int]) -> int:
    """The same small number for the same KPI and month, everywhere and always."""
    return int.from_bytes(hashlib.sha256(f"{code} {month}".encode()).digest()[:2], "big")
