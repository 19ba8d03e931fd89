"""Ours and the floors behind the same web server: gunicorn with two workers each, asked over one kept connection."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
import http.client
from pathlib import Path
import socket
import subprocess
import sys
import time

from bench import database

ROOT = Path(__file__).resolve().parent.parent
SHAPE = ["-k", "gthread", "-w", "2", "--threads", "4", "--preload", "--no-control-socket", "--log-level", "warning"]


@dataclass(frozen=True, slots=True)
class Server:
    """One web server under measurement."""

    port: int
    pid: int

    def reader(self, session: str) -> "Reader":
        return Reader(self.port, session)

    def resident_kb(self) -> int:
        """The largest resident memory of its workers, in kB."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return max(resident_kb(pid) for pid in children)


@dataclass(frozen=True, slots=True)
class Servers:
    ours: Server
    bare: Server


class Reader:
    """A signed-in person's browser: one kept connection, one session."""

    def __init__(self, port: int, session: str) -> None:
        self.headers = {"Cookie": f"sessionid={session}", "Host": f"127.0.0.1:{port}"}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, address: str) -> bytes:
        """The whole body of a page that answers 200."""
        response = self.open(address)
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{address} answered {response.status}.")
        return body

    def open(self, address: str) -> http.client.HTTPResponse:
        try:
            self.connection.request("GET", address, headers=self.headers)
            return self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.connection.close()  # the server lets go of a connection that was idle for two seconds
            self.connection.request("GET", address, headers=self.headers)
            return self.connection.getresponse()


@contextmanager
def serving(name: str) -> Iterator[Servers]:
    """Both servers on the database `name`, ended on leaving."""
    with _server(name, "govai_tracker.settings") as ours, _server(name, "bench.bare") as bare:
        yield Servers(ours, bare)


@contextmanager
def _server(name: str, settings: str) -> Iterator[Server]:
    port = _free_port()
    child = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "govai_tracker.wsgi", *SHAPE, "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env={**database.environment(name), "DJANGO_SETTINGS_MODULE": settings},
    )
    try:
        _wait(port, child)
        yield Server(port, child.pid)
    finally:
        child.terminate()
        child.wait(20)


@contextmanager
def working(told: Mapping[str, str], *, children: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    """The product's own worker on the bench's database; the children do the work."""
    options = ["-c", str(children), "-l", "ERROR", "--without-gossip", "--without-mingle"]
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-q", "-A", "govai_tracker", "worker", *options],
        cwd=ROOT,
        env={**database.environment(database.NAME), **told},
    )
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(20)


def _wait(port: int, child: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and child.poll() is None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as asked, suppress(OSError):
            asked.request("GET", "/healthz")
            asked.getresponse().read()
            return
        time.sleep(0.1)
    raise RuntimeError("The web server of the bench does not start.")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def resident_kb(pid: str) -> int:
    """The most memory a process ever held, in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
