"""A database of the bench's own beside the configured one, made by the owner's role."""

import os
from urllib.parse import urlsplit, urlunsplit

from django.core.management import call_command
from django.db import connections

NAME = "govai_bench"


def make_new() -> None:
    """An empty migrated database; an earlier one of the bench is dropped."""
    let_go()
    connections["owner"].settings_dict["NAME"] = "postgres"
    connections["default"].settings_dict["NAME"] = NAME
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {NAME}")
    connections["owner"].close()
    connections["owner"].settings_dict["NAME"] = NAME
    call_command("migrate", verbosity=0)
    let_go()


def let_go() -> None:
    connections.close_all()
    connections["default"].close_pool()


def settle() -> None:
    """Statistics and visibility as after a night's autovacuum; only the owner of the tables may do it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connections["owner"].close()


def environment(name: str) -> dict[str, str]:
    """What a server process is told, so that it uses the database `name`."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return {**os.environ, "DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
