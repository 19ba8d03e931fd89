"""TRUST I12: each kept number of the dashboards equals its recomputation from base rows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from core import clock
from dashboards import changes, keeping, selectors, threats
from kpis.selectors.states import astray


def check() -> Iterator[str]:
    """A sentence for each figure that is kept otherwise than it is worked out now, both read from one snapshot.

    Inside a transaction it is that of each statement."""
    with transaction.atomic(), connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        kept = figures()
        with keeping.anew():
            found = figures()
        yield from (f"I12: {one.reference} is kept as {one}, and is {read}." for one, read in astray())
    for name, figure in found.items():
        if kept[name] != figure:
            yield f"I12: {name} of the overview is kept as {kept[name]!r:.200}, and is {figure!r:.200}."


def figures() -> dict[str, Any]:
    """What the overview shows to everybody alike, by name."""
    everyone, since = User(username="everyone", is_active=False), clock.today() - timedelta(days=30)
    shown = selectors.overview(everyone)
    return {
        "departments": shown.departments,
        "standing": shown.standing,
        "pipeline": shown.pipeline,
        "curve": shown.curve,
        "forecast": shown.outlook,
        "last go-live": shown.last_go_live_on,
        "targets": shown.targets,
        "money": shown.money,
        "changes": changes.changes(since),
        "threats": threats.threats(everyone, shown.outlook),
    }
