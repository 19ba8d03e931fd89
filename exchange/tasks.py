"""Celery shells around the services."""

from celery import shared_task

from exchange import services


@shared_task
def tell_webhooks() -> int:
    return services.tell()
