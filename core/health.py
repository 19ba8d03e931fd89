"""Whether each part this installation needs is there, for /readyz (DESIGN 9)."""

from collections.abc import Callable
from datetime import timedelta
import logging

from celery import current_app
from django.db import Error as DatabaseFailure
from django.db import connection
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from core import clock, outbox
from core.models import Heartbeat

SCHEDULE = "schedule"
LATEST_BEAT = timedelta(seconds=60)  # beat calls the sweeper every 15 seconds
OLDEST_MESSAGE = 120.0  # seconds an effect may wait before somebody should look
PING_SECONDS = 1.0
CONNECT_SECONDS = 1

logger = logging.getLogger(__name__)


def beat_heard() -> None:
    """A worker carried out a task that beat asked for: both are alive."""
    Heartbeat.objects.update_or_create(name=SCHEDULE, defaults={"heard_at": clock.now()})


def parts() -> dict[str, bool]:
    """Each part by name, and whether it works now."""
    checks: dict[str, Callable[[], bool]] = {
        "database": _database,
        "redis": _redis,
        "worker": _worker,
        "schedule": _schedule,
        "outbox": _outbox,
    }
    return {name: _works(name, check) for name, check in checks.items()}


def _works(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseFailure, RedisError, KombuError, OSError) as error:
        logger.warning("not ready: %s (%s)", name, type(error).__name__)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _redis() -> bool:
    with current_app.connection_for_read() as broker:
        broker.ensure_connection(max_retries=1, timeout=CONNECT_SECONDS)
    return True


def _worker() -> bool:
    return bool(current_app.control.ping(timeout=PING_SECONDS, limit=1))


def _schedule() -> bool:
    return Heartbeat.objects.filter(name=SCHEDULE, heard_at__gt=clock.now() - LATEST_BEAT).exists()


def _outbox() -> bool:
    return outbox.oldest_waiting_seconds() < OLDEST_MESSAGE
