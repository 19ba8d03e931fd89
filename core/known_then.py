"""Views with the registers' own table names that show rows as they were known before an instant.

Each app says in `AppConfig.known_then` how its models are known: "history" takes the latest event of row
history, a column name takes the rows whose instant (or ledger position) lies before. The views live in the
schema `known_then`; `core.as_at` puts it first in the search path of one transaction.
"""

import hashlib
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

SCHEMA = "known_then"
BEFORE = "current_setting('govai.known_before')::timestamptz"
POSITION = "current_setting('govai.known_position')::bigint"


def definitions() -> dict[str, str]:
    """Every view by its table name."""
    found = {}
    for config in apps.get_app_configs():
        for name, known_by in getattr(config, "known_then", {}).items():
            model = config.get_model(name)
            found[model._meta.db_table] = _by_history(model) if known_by == "history" else _by_column(model, known_by)
    return found


def _by_history(model: type[Model]) -> str:
    """The latest event of each row before the instant; columns that history leaves out come from the row of today."""
    table, events = model._meta.db_table, model.pgh_event_model._meta  # type: ignore[attr-defined] # by pghistory.track
    kept = {field.column for field in events.concrete_fields}
    columns = ", ".join(
        f'{"e" if field.column in kept else "c"}."{field.column}"' for field in model._meta.concrete_fields
    )
    return (
        f'SELECT {columns} FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM public."{events.db_table}"'  # noqa: S608 - our own names
        f" WHERE pgh_created_at < {BEFORE} ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC) e"
        f' JOIN public."{table}" c ON c.id = e.pgh_obj_id'
    )


def _by_column(model: type[Model], column: str) -> str:
    bound = f'"{column}" <= {POSITION}' if column == "position" else f'"{column}" < {BEFORE}'
    return f'SELECT * FROM public."{model._meta.db_table}" WHERE {bound}'  # noqa: S608 - our own names


def drop(alias: str) -> None:
    """Before a migration: a view would hold on to the columns it shows."""
    with connections[alias].cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def rebuild(alias: str) -> bool:
    """After migrations: make the views anew when they differ. Nothing is made over a schema left half-way."""
    wanted = definitions()
    digest = hashlib.sha256(repr(sorted(wanted.items())).encode()).hexdigest()
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace(%s), 'pg_namespace')", [SCHEMA])
        if cursor.fetchone()[0] == digest:
            return False
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        role = connection.ops.quote_name(settings.DATABASES["default"]["USER"])
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {role}")
        for table, select in wanted.items():
            cursor.execute(f'CREATE VIEW {SCHEMA}."{table}" AS {select}')
        cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {role}")
        cursor.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{digest}'")
    return True


def before_migrations(*, using: str, plan: Any = (), **kwargs: Any) -> None:
    if plan:
        drop(using)


def after_migrations(*, using: str, **kwargs: Any) -> None:
    rebuild(using)
