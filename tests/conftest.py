"""The database of the suite, the personas, and the guard that keeps every test on this machine."""

from collections.abc import Iterator

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
import pytest
from pytest_django import DjangoDbBlocker

pytest_plugins = [
    "tests.plugins.prove",
    "tests.plugins.personas",
    "tests.plugins.real",
    "tests.plugins.network",
    "tests.plugins.language",
]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Make the test database as the owner's role; the tests themselves run as the app's role, as in production."""
    owner = connections["owner"]
    with django_db_blocker.unblock():
        name = owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
        connection.settings_dict["NAME"] = name
        yield
        _send_away(connection)
        _send_away(owner)
        owner.creation.destroy_test_db("govai_tracker", verbosity=0)


def _send_away(alias: BaseDatabaseWrapper) -> None:
    """End what a killed process or an ended thread left connected under this role; our own connection last."""
    with alias.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
    alias.close()


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database where commits are real and other connections see them; emptied afterwards by its owner."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        _empty()


def _empty() -> None:
    """Truncate as the owner, who may lift the append-only triggers; content types and groups stay."""
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        )
        tables = [name for (name,) in cursor.fetchall() if name not in kept]
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
            " AND (tgtype & 32) <> 0"  # statement triggers on TRUNCATE
        )
        guards = cursor.fetchall()
        for table, guard in guards:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
        cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in tables) + " RESTART IDENTITY CASCADE")
        for table, guard in guards:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {guard}")
    connections["owner"].close()
