"""Effects after commit, durable: a row in the act's own transaction, delivered at least once (TRUST C8).

A handler and the mark "delivered" share one transaction, so an effect in the database happens once;
an effect outside (mail, file) must be idempotent by the message's key.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
import logging
import sys
from typing import Any

from celery.exceptions import CeleryError
from django.db import transaction
from kombu.exceptions import KombuError

from core import clock
from core.models import OutboxMessage

Handler = Callable[[dict[str, Any]], None]

MOST_ATTEMPTS = 8
FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(hours=1)  # between two tries at a server that is away
RING_AGAIN = timedelta(seconds=60)  # TRUST F6 gives a flushed broker 120 s, the sweeper comes every 15 s
BATCH = 5_000

logger = logging.getLogger(__name__)
_handlers: dict[str, Handler] = {}
_outside: set[str] = set()


class Away(OSError):
    """A server outside that the effect needs does not answer: the message waits for it and is never given up."""


def handler(topic: str, *, leaves_the_house: bool = False) -> Callable[[Handler], Handler]:
    """Register the one function that carries out messages of `topic`.

    Effects that leave this installation may wait long for somebody else's server; /readyz does not count them.
    """

    def register(function: Handler) -> Handler:
        if topic in _handlers:
            raise RuntimeError(f"Two handlers for outbox topic {topic}.")
        _handlers[topic] = function
        if leaves_the_house:
            _outside.add(topic)
        return function

    return register


def add(topic: str, *, key: str, **payload: Any) -> None:
    """Ask for an effect once this transaction commits. The same topic and key again changes nothing.

    A story that a demonstration tells leaves its effects to the sweeper: nobody waits for them.
    """
    message, created = OutboxMessage.objects.get_or_create(
        topic=topic, key=key, defaults={"payload": payload, "due_at": clock.now()}
    )
    if created and not clock.is_story():
        transaction.on_commit(lambda: _ring(message.pk))


def deliver(message_id: int) -> bool:
    """Carry out one message unless it is done or another worker has it. Returns whether its effect happened now.

    A handler's failure goes on to the caller, after the message was put back for a later try.
    """
    done = False
    try:
        with transaction.atomic():
            message = OutboxMessage.objects.select_for_update(skip_locked=True).filter(pk=message_id).first()
            done = message is None or bool(message.delivered_at or message.parked_at)
            if message is None or done:
                return False
            _handlers[message.topic](message.payload)
            message.delivered_at = clock.now()
            message.attempts += 1
            message.save(update_fields=["delivered_at", "attempts"])
        done = True
    finally:
        if not done:
            _put_back(message_id, sys.exception())
    return True


def sweep() -> int:
    """Ring again for everything due that no fast path has delivered. Returns how many.

    Each message is a task of its own, so that one that fails holds up no other. What was rung is left alone for
    `RING_AGAIN`: repeats behind a long queue would make it longer still.
    """
    ids = _to_ring(now=clock.now())
    for message_id in ids:
        _ring(message_id)
    return len(ids)


@transaction.atomic
def _to_ring(*, now: datetime) -> list[int]:
    waiting = OutboxMessage.objects.filter(delivered_at__isnull=True, parked_at__isnull=True, due_at__lte=now)
    locked = waiting.order_by("due_at", "pk").select_for_update(skip_locked=True)
    ids = list(locked.values_list("pk", flat=True)[:BATCH])
    OutboxMessage.objects.filter(pk__in=ids).update(due_at=now + RING_AGAIN)
    return ids


def oldest_waiting_seconds() -> float:
    """Age of the oldest message that this installation can deliver by itself, for /readyz; 0 when there is none."""
    waiting = OutboxMessage.objects.filter(delivered_at__isnull=True, parked_at__isnull=True)
    first = waiting.exclude(topic__in=_outside).order_by("created_at").values_list("created_at", flat=True).first()
    return max(0.0, (clock.now() - first).total_seconds()) if first else 0.0


@transaction.atomic
def _put_back(message_id: int, error: BaseException | None) -> None:
    message = OutboxMessage.objects.select_for_update().get(pk=message_id)
    message.attempts += 1
    message.last_error = f"{type(error).__name__}: {error}"[:300]
    message.due_at = clock.now() + min(FIRST_DELAY * 2 ** min(message.attempts - 1, MOST_ATTEMPTS), LONGEST_DELAY)
    if message.attempts >= MOST_ATTEMPTS and not isinstance(error, Away):
        message.parked_at = clock.now()
    message.save(update_fields=["attempts", "last_error", "due_at", "parked_at"])
    logger.warning("outbox message failed", extra={"topic": message.topic, "attempts": message.attempts})


def _ring(message_id: int) -> None:
    """The fast path. A broker that is away is no failure: the sweeper comes by every few seconds."""
    from core.tasks import deliver_message  # the task module imports this one

    try:
        deliver_message.delay(message_id)
    except (KombuError, CeleryError, OSError):
        logger.info("broker away; the sweeper will deliver", extra={"message_id": message_id})
