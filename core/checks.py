"""What `manage.py check` and `check --deploy` refuse beyond Django's own list (DESIGN 5, 9, 10)."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from core import sealing, signing

OWNS_OR_CHANGES = """
SELECT c.relname,
       pg_has_role(current_user, c.relowner, 'USAGE'),
       has_table_privilege(current_user, c.oid, 'UPDATE, DELETE, TRUNCATE')
  FROM pg_class c
 WHERE c.oid = to_regclass('core_ledgerentry')
"""

Apps = Sequence[AppConfig] | None


@register(Tags.database)
def only_postgresql(app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """SQLite loses money: its sums are floating point (STACK 2)."""
    return [
        Error(f"The database “{alias}” is not PostgreSQL.", hint="Set DATABASE_URL to postgresql://…", id="govai.E001")
        for alias, database in settings.DATABASES.items()
        if database["ENGINE"] != "django.db.backends.postgresql"
    ]


@register(Tags.security, deploy=True)
def no_loopback_for_the_collector(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """The setting exists for the demonstration's sample service and for tests alone."""
    if not settings.COLLECTOR_LOOPBACK_PORTS:
        return []
    hint = "Remove it: with it a department's address could lead the collector to this machine."
    return [Error("COLLECTOR_LOOPBACK_PORTS is set.", hint=hint, id="govai.E002")]


@register(Tags.security)
def seal_keys_are_keys(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A text that is no key would fail at the first secret; the process does not start with it."""
    if all(sealing.is_key(text) for text in settings.SEAL_KEYS):
        return []
    hint = "Each is 32 random bytes in URL-safe Base64; cryptography's Fernet.generate_key() makes one."
    return [Error("SEAL_KEYS holds a text that is not a Fernet key.", hint=hint, id="govai.E005")]


@register(Tags.security)
def report_keys_are_keys(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A text that is no key would fail when the next report is issued or checked."""
    try:
        signing.public_keys()
    except ValueError:
        hint = "Each is 32 bytes in Base64: a raw Ed25519 private or public key."
        return [Error("REPORT_SIGNING_KEYS or REPORT_PUBLIC_KEYS holds no key.", hint=hint, id="govai.E006")]
    return []


@register(Tags.security, deploy=True)
def two_roles(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """The app's role is never the one that owns the tables."""
    owner = settings.DATABASES.get("owner")
    if owner is None or owner["USER"] != settings.DATABASES["default"]["USER"]:
        return []
    hint = "Give DATABASE_URL a role of its own that owns nothing; only migrations run as the owner."
    return [Error("The app and the owner of its tables are one database role.", hint=hint, id="govai.E003")]


@register(Tags.database, deploy=True)
def ledger_is_append_only(
    app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Asked of the database itself, by `check --deploy --database default`."""
    if "default" not in (databases or ()):
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(OWNS_OR_CHANGES)
        found = cursor.fetchone()
    if found is None or not (found[1] or found[2]):
        return []
    hint = "Connect as a role that may only INSERT and SELECT there; run migrate as DATABASE_OWNER_URL."
    return [Error("The app's database role may change or own the ledger.", hint=hint, id="govai.E004")]
