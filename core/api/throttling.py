"""How many requests an account may make in a minute; whoever makes more is told when to come again (429)."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from core import clock

WINDOW = 60  # seconds


class PerAccount(BaseThrottle):
    """Fixed windows in the cache. While the cache is away nobody is counted and nobody is refused (TRUST F7)."""

    def __init__(self) -> None:
        self._left = 0

    def allow_request(self, request: Request, view: Any) -> bool:
        user = request.user
        if not user.is_authenticated:
            return True
        second = int(clock.now().timestamp())
        self._left = WINDOW - second % WINDOW
        key = f"api-requests:{user.pk}:{second // WINDOW}"
        return _counted(key) <= settings.API_REQUESTS_A_MINUTE

    def wait(self) -> float:
        return float(self._left)


def _counted(key: str) -> int:
    """How many they are with this one, in one question to the cache; only the first of a window needs a second."""
    try:
        made = int(cache.incr(key))
    except ValueError:  # a cache that counts on only where something was put before
        return 1 if cache.add(key, 1, 2 * WINDOW) else int(cache.incr(key))
    if made == 1:
        cache.touch(key, 2 * WINDOW)
    return made
