"""What everybody sees alike, kept until something changes that it is worked out from: never stale, never timed.

Every statement that changes a register sets a stamp in its own transaction (migration 0002), so whoever sees the
change sees the stamp. The key holds all stamps of the areas a figure comes from, and the moment being read. While the
cache is away all is worked out anew.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
import hashlib
from typing import TypeVar, cast

from django.core.cache import cache
from django.db import connection, transaction
from django.utils.translation import get_language

from core import as_at

T = TypeVar("T")
SECONDS = 24 * 3600
FORM = 4  # raise when what is kept changes its form or a rule changes a figure: what was kept before is not read
ENOUGH = 1_000  # stamps are counted in a millisecond
REGISTER, MONEY = "register", "money"
NOTHING = object()

_looked: ContextVar[dict[str, str] | None] = ContextVar("looked", default=None)

_anew: ContextVar[bool] = ContextVar("anew", default=False)


def kept(what: str, work: Callable[[], T], *, areas: Sequence[str] = (REGISTER,), spoken: bool = False) -> T:
    """The answer of `work` for this state of the areas it comes from, from the cache where it is there.

    `spoken`: it holds words of the reader's language.
    """
    if _anew.get():
        return work()
    looked, moment = _looked.get(), as_at.current()
    seen = states() if looked is None else looked
    told = [FORM, *(seen.get(area, "") for area in areas), as_at.day(), moment.before if moment else None]
    name = [*told, get_language()] if spoken else told
    key = f"{what}:" + hashlib.sha256(repr(name).encode()).hexdigest()
    found = cache.get(key, NOTHING)
    if found is NOTHING:
        found = work()
        cache.set(key, found, SECONDS)
    return cast("T", found)


@contextmanager
def one_look() -> Iterator[None]:
    """Ask once for the state of the registers: what is kept inside is of that state, or of a later one."""
    token = _looked.set(states())
    try:
        yield
    finally:
        _looked.reset(token)


@contextmanager
def anew() -> Iterator[None]:
    """Work everything out from base rows, whatever is kept."""
    token = _anew.set(True)
    try:
        yield
    finally:
        _anew.reset(token)


def states() -> dict[str, str]:
    """For each area a text that no two of its states share: the stamps that are seen, by their number and their keys.

    A transaction that is undone takes its keys with it; they are never given again.
    """
    with connection.cursor() as cursor:
        cursor.execute(STATES)
        return dict(cursor.fetchall())


@transaction.atomic
def fold(*, at_least: int = ENOUGH) -> int:
    """Put the stamps seen now together, one for each area; fewer than `at_least` stay. Returns how many there were.

    What was kept before is worked out once more: no state of the stamps ever comes back.
    """
    with connection.cursor() as cursor:
        cursor.execute(FOLD, [at_least])
        return int(cursor.fetchone()[0])


STATES = """
SELECT area, concat_ws('.', (SELECT oid FROM pg_database WHERE datname = current_database()),
    sum(times), count(*), max(id), sum(id), sum(id::numeric * id))
FROM public.dashboards_change GROUP BY area
"""
FOLD = """
WITH gone AS (
    DELETE FROM public.dashboards_change WHERE (SELECT count(*) FROM public.dashboards_change) >= %s
    RETURNING area, times
),
folded AS (INSERT INTO public.dashboards_change (area, times) SELECT area, sum(times) FROM gone GROUP BY area)
SELECT count(*) FROM gone
"""
