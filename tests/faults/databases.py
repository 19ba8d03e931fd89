"""A PostgreSQL of a test's own, to be stopped in the middle of work: a copy of the one the test has filled."""

from collections.abc import Iterator
from contextlib import contextmanager
import os
from pathlib import Path
import pwd
import shutil
import subprocess
import tempfile
from typing import Any

from django.db import connections

PROGRAMS = Path(os.environ.get("PG_BIN_DIR", "/usr/bin"))
KEEPS_WHAT_IT_ANSWERED = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")


class OwnDatabase:
    """Roles, data and passwords as in the server of this test; on a socket in its folder, and on its own disk files."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self._run("pg_basebackup", "-D", self.data, "-d", _superuser(), "-c", "fast", "--no-sync")
        self.start()

    @property
    def address(self) -> str:
        """As DATABASE_URL names it for the app's role, without the database."""
        role = connections["default"].settings_dict["USER"]
        return f"postgresql://{role}@{str(self.folder).replace('/', '%2F')}"

    def start(self) -> None:
        options = " ".join(f"-c {word}" for word in ("listen_addresses=", f"unix_socket_directories={self.folder}"))
        durable = " ".join(f"-c {word}" for word in KEEPS_WHAT_IT_ANSWERED)
        log = self.folder / "log"
        self._run("pg_ctl", "start", "-w", "-D", self.data, "-l", log, "-o", f"{options} {durable}")

    def stop_at_once(self) -> None:
        """As a power cut would: no checkpoint, no goodbye; the next start recovers from the log."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", self.data)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(PROGRAMS / program), *map(str, arguments)]
        done = subprocess.run(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=90, **_account()
        )
        assert done.returncode == 0, done.stderr.decode()


@contextmanager
def own_database() -> Iterator[OwnDatabase]:
    folder = Path(tempfile.mkdtemp(prefix="govai-fault-", dir="/tmp"))  # the path of a socket has some 100 characters
    if account := os.environ.get("SERVERS_ACCOUNT"):
        shutil.chown(folder, account)
    database = OwnDatabase(folder)
    try:
        yield database
    finally:
        database.stop_at_once()
        shutil.rmtree(folder)


def _account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; who runs it then is told by what started the test's own servers."""
    name = os.environ.get("SERVERS_ACCOUNT")
    if not name:
        return {}
    them = pwd.getpwnam(name)
    return {"user": them.pw_uid, "group": them.pw_gid, "extra_groups": []}


def _superuser() -> str:
    return os.environ["DATABASE_SUPERUSER_URL"].replace("postgres://", "postgresql://")
