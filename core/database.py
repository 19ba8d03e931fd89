"""Pieces of migrations: what the database itself refuses, whoever asks."""

from typing import Any

from django.conf import settings
from django.db import migrations


def append_only(table: str) -> list[migrations.operations.base.Operation]:
    """Operations after which rows of `table` can be inserted and read, never changed or removed.

    A trigger stops everybody, and the app's role loses the right as well.
    """

    def revoke(apps: Any, schema_editor: Any) -> None:
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        schema_editor.execute(f"REVOKE UPDATE, DELETE ON {schema_editor.quote_name(table)} FROM {role}")

    trigger = (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION core_append_only();"
    )
    undo = f"DROP TRIGGER {table}_append_only ON {table};"
    return [migrations.RunPython(revoke, migrations.RunPython.noop), migrations.RunSQL(trigger, undo)]
