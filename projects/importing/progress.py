"""How far a long import is. Kept in the cache, because the rows of an import become visible all at once."""

from dataclasses import dataclass
import time

from django.core.cache import cache

KEPT_SECONDS = 3600
EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows done, of a total that is known once the file was read."""

    done: int
    total: int


def of(batch_id: int) -> Progress | None:
    found = cache.get(_key(batch_id))
    return Progress(*found) if found else None


class Told:
    """Called with the rows done; tells at most twice a second."""

    def __init__(self, batch_id: int, *, total: int) -> None:
        self._key = _key(batch_id)
        self._total = total
        self._next = 0.0

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EVERY_SECONDS
            cache.set(self._key, (done, max(self._total, done)), KEPT_SECONDS)


def forget(batch_id: int) -> None:
    cache.delete(_key(batch_id))


def _key(batch_id: int) -> str:
    return f"import-progress:{batch_id}"
