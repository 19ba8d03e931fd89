"""Celery shells around the services that the schedule calls."""

from celery import shared_task

from core import clock
from funding import services


@shared_task
def close_due_rounds() -> int:
    return services.close_due_rounds(now=clock.now())
