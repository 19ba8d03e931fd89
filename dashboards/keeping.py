"""What everybody sees alike, kept until something changes that it is worked out from: never stale, never timed.

The key holds the newest row of every register it comes from (`forecast.reading.version`) and the moment being read.
While an earlier transaction has not committed nothing is kept, and while the cache is away all is worked out anew.
"""

from collections.abc import Callable
import hashlib
from typing import TypeVar, cast

from django.core.cache import cache

from core import as_at
from dashboards.forecast.reading import version

T = TypeVar("T")
SECONDS = 24 * 3600
FORM = 1  # raise when what is kept changes its form or a rule changes a figure: what was kept before is not read
NOTHING = object()


def kept(what: str, work: Callable[[], T]) -> T:
    """The answer of `work` for this state of the registers, from the cache where it is there."""
    known, moment = version(), as_at.current()
    if known is None:
        return work()
    name = f"{FORM}:{known}:{as_at.day()}:{moment.before.isoformat() if moment else ''}"
    key = f"{what}:" + hashlib.sha256(name.encode()).hexdigest()
    found = cache.get(key, NOTHING)
    if found is NOTHING:
        found = work()
        cache.set(key, found, SECONDS)
    return cast("T", found)
