"""Celery shells around the outbox and the ledger's checkpoints."""

from celery import shared_task

from core import checkpoints, health, outbox


@shared_task(ignore_result=True)
def deliver_message(message_id: int) -> bool:
    return outbox.deliver(message_id)


@shared_task
def sweep_outbox() -> int:
    health.beat_heard()
    return outbox.sweep()


@shared_task
def write_checkpoint() -> int:
    return checkpoints.write().number
