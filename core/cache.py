"""A cache that is only ever a help: while Redis is away every look-up is a miss (TRUST F7)."""

from collections.abc import Callable
import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import ConnectionPool, Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class KeptClients(RedisCacheClient):
    """Keeps its client for each pool: to make one for every look-up takes longer than the look-up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: dict[ConnectionPool, Redis] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        pool = self._get_connection_pool(write)  # type: ignore[attr-defined] # the stubs lack it
        if pool not in self._kept:
            self._kept[pool] = super().get_client(key, write=write)
        return self._kept[pool]

    def incr(self, key: Any, delta: int) -> int:
        """Without Django's look whether the key is there, which another process may answer for in between."""
        return int(self.get_client(key, write=True).incrby(key, delta))


class ForgivingRedisCache(RedisCache):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._class = KeptClients

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(_or(super().add, True, *args, **kwargs))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _or(super().get, default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        _or(super().set, None, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(_or(super().touch, False, *args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(_or(super().delete, False, *args, **kwargs))

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return int(_or(super().incr, 0, *args, **kwargs))

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return dict(_or(super().get_many, {}, keys, version))

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return bool(_or(super().has_key, False, *args, **kwargs))


def _or(call: Callable[..., Any], instead: Any, *args: Any, **kwargs: Any) -> Any:
    try:
        return call(*args, **kwargs)
    except (RedisError, OSError):
        logger.warning("cache away")
        return instead
