"""Celery shells around collection. The rows decide; a task that is lost or comes twice changes nothing."""

import logging

from celery import shared_task
from celery.exceptions import CeleryError
from kombu.exceptions import KombuError

from core import clock
from kpis import services

logger = logging.getLogger(__name__)


@shared_task
def collect_due() -> int:
    """Plan the windows that are due and ring for every run that waits. Returns how many were rung."""
    now = clock.now()
    services.plan_due(now=now)
    waiting = services.to_ring(now=now)
    for run_id in waiting:
        try:
            run_collection.delay(run_id)
        except (KombuError, CeleryError, OSError):
            logger.info("broker away; the next beat rings again", extra={"run": run_id})
    return len(waiting)


@shared_task
def learn_likely() -> int:
    return services.learn_likely()


@shared_task(ignore_result=True)
def keep_states() -> int:
    return services.keep_states()


@shared_task
def plan_partitions() -> int:
    return services.plan_partitions(today=clock.today())


@shared_task
def watch_breaches() -> int:
    return services.watch_breaches()


@shared_task
def watch_stale() -> int:
    return services.watch_stale()


@shared_task
def remind_owners() -> int:
    return services.remind_owners()


@shared_task(ignore_result=True, soft_time_limit=40, time_limit=45)
def run_collection(run_id: int) -> str:
    return services.run_source(run_id=run_id)
