"""The test database: made by the migrations once, then copied for every process of the run.

Tests run as the app's role, as in production; the owner's role makes the database. With `--reuse-db` the copy
is of what an earlier run made, as long as no migration changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
import hashlib
import os
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
import pytest
from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = "test_govai_tracker_template"
LOCK = 7_260_001  # of PostgreSQL's advisory locks: one process makes or copies at a time


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    keep = request.config.getoption("reuse_db") and not request.config.getoption("create_db")
    with django_db_blocker.unblock():
        _make(connections["owner"], like=_migrations() if keep else f"{_migrations()} {_run()}")
        yield
        _send_away(connection)
        _send_away(connections["owner"])
        connections["owner"].creation.destroy_test_db("govai_tracker", verbosity=0)
        if not keep:
            with _alone(connections["owner"]) as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")


def _make(owner: BaseDatabaseWrapper, *, like: str) -> None:
    """This process's database: a copy of the template that is `like` this one, or the first, made by migrations."""
    name = owner.creation._get_test_db_name()
    with _alone(owner) as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') = %s FROM pg_database WHERE datname = %s", [like, TEMPLATE]
        )
        if cursor.fetchone() == (True,):
            _copy(cursor, TEMPLATE, name)
        else:
            owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            owner.close()
            _copy(cursor, name, TEMPLATE)
            cursor.execute(f"COMMENT ON DATABASE {TEMPLATE} IS '{like}'")
    for alias in (connection, owner):
        alias.close()
        alias.settings_dict["NAME"] = name


@contextmanager
def _alone(owner: BaseDatabaseWrapper) -> Iterator[Any]:
    with owner._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield cursor  # the lock goes with the connection


def _copy(cursor: Any, source: str, name: str) -> None:
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def _migrations() -> str:
    """Digest of every migration, and of the roles, permissions and views of the past that are set up after them."""
    files = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("accounts/roles*.py"), *ROOT.glob("*/apps.py")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()


def _run() -> str:
    """What all processes of one run share."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())


def _send_away(alias: BaseDatabaseWrapper) -> None:
    """End what a killed process or an ended thread left connected under this role; our own connection last."""
    with alias.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
    alias.close()
