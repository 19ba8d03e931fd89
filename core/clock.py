"""The one clock. Rules never ask it: services do, and pass `now` or `today` on.

Order between facts is decided by the database, never by a process: see `database_now`. The
demonstration alone may tell its story at other instants (DESIGN 9); `story_at` refuses anywhere else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone
from psycopg.pq import TransactionStatus

HONG_KONG = ZoneInfo("Asia/Hong_Kong")

_story: ContextVar[datetime | None] = ContextVar("story", default=None)


def now() -> datetime:
    """This instant, aware, by this process."""
    return _story.get() or timezone.now()


def today() -> date:
    """The day it is in Hong Kong."""
    return hong_kong_day(now())


def hong_kong_day(instant: datetime) -> date:
    """The Hong Kong calendar day an instant falls on (15:59:59.999999 UTC is still that day, 16:00 is the next)."""
    return instant.astimezone(HONG_KONG).date()


def end_of_day(day: date) -> datetime:
    """The first instant after a Hong Kong day: what is known "at the end of" it was recorded before this."""
    return datetime.fromordinal(day.toordinal() + 1).replace(tzinfo=HONG_KONG).astimezone(UTC)


def database_now() -> datetime:
    """The database's own clock at this statement, not at the start of the transaction (TRUST T8)."""
    told = story()
    if told is not None:
        return told
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def story() -> datetime | None:
    """The instant a demonstration tells of, for statements that read the database's clock themselves."""
    return _story.get()


def is_story() -> bool:
    """Whether a demonstration is telling its story, so that instants come from it."""
    return _story.get() is not None


@contextmanager
def story_at(instant: datetime) -> Iterator[None]:
    """Let everything inside happen at `instant`. Only a database that carries the demonstration mark allows it."""
    from core.models import Installation  # the mark lives in the database, which settings do not know yet

    if not Installation.objects.filter(is_demonstration=True).exists():
        raise RuntimeError("Only a demonstration database may tell a story at another instant.")
    before = _story.get()
    token = _story.set(instant)
    _tell_database(instant)
    try:
        yield
    finally:
        _story.reset(token)
        if connection.connection.info.transaction_status is not TransactionStatus.INERROR:
            _tell_database(before)


def _tell_database(instant: datetime | None) -> None:
    """Row history carries the story's instant too (`core_recorded_now`); until commit inside a transaction."""
    told = instant.isoformat() if instant else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('govai.story_at', %s, %s)", [told, connection.in_atomic_block])
