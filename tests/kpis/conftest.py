"""A department server that can misbehave, on a loopback port the collector is allowed to call."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import json
import threading
from typing import Any

import pytest


class FakeDepartment:
    """Answers every request with `answer(handler)`; counts the requests."""

    def __init__(self) -> None:
        self.requests = 0
        self.answer: Callable[[BaseHTTPRequestHandler], None] = lambda handler: send_json(handler, {"readings": []})
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                fake.requests += 1
                fake.answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *args: Any) -> None:
                """The collector hangs up on bad servers; that is what is tested."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}/readings.json"

    def sends(self, *rows: dict[str, Any]) -> None:
        self.answer = lambda handler: send_json(handler, {"readings": list(rows)})


def send_json(handler: BaseHTTPRequestHandler, document: Any) -> None:
    send(handler, json.dumps(document).encode())


def send(handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    sent = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in sent.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def running(fake: FakeDepartment) -> Iterator[FakeDepartment]:
    thread = threading.Thread(target=fake.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield fake
    fake.server.shutdown()
    fake.server.server_close()
    thread.join(timeout=5)


@pytest.fixture
def department(settings) -> Iterator[FakeDepartment]:
    fake = FakeDepartment()
    settings.COLLECTOR_LOOPBACK_PORTS = [fake.port]
    with running(fake):
        yield fake


@pytest.fixture
def forbidden(settings) -> Iterator[FakeDepartment]:
    """A listener that nothing may reach: its port is not among the allowed ones."""
    fake = FakeDepartment()
    with running(fake):
        yield fake
        assert fake.requests == 0
