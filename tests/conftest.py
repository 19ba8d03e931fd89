"""What every test has: the database, the personas, and the guard that keeps it on this machine."""

from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.utils import translation
import pytest
from pytest_django import DjangoDbBlocker

pytest_plugins = [
    "tests.plugins.database",
    "tests.plugins.prove",
    "tests.plugins.personas",
    "tests.plugins.real",
    "tests.plugins.network",
    "tests.plugins.language",
    "tests.plugins.live",
]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No test meets the login limits, the language or anything else kept by the test before it in its process."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)


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
