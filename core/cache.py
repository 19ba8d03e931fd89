"""A cache that is only ever a help: while Redis is away every look-up is a miss (TRUST F7)."""

from collections.abc import Callable
import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
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
