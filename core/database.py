"""Pieces of migrations: what the database itself refuses, whoever asks."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import migrations
from django.db.migrations.operations.base import Operation


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


class AtOnce(Operation):
    """Additive operations applied against one state before and one after, so that models are drawn up once.

    Django draws every related model anew after each operation; with row history on each model that was most
    of the time of a first start. Holds for operations that do not build on one another.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: "Sequence[Operation]") -> None:
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.operations], {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(str(operation.describe()) for operation in self.operations)
