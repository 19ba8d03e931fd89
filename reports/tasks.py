"""The Celery shell around packs. The rows decide; a task that is lost or comes twice changes nothing."""

from celery import shared_task

from core import clock
from reports import services


@shared_task
def send_packs() -> int:
    return services.send_packs(now=clock.now())
