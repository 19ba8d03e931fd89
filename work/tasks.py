"""Celery shells around the services that the schedule calls."""

from celery import shared_task

from work import services


@shared_task
def listen() -> int:
    return services.listen()


@shared_task
def tell_of_changes() -> int:
    return services.tell_of_changes()


@shared_task
def tell_of_due() -> int:
    return services.tell_of_due()


@shared_task
def send_digests() -> int:
    return services.send_digests()


@shared_task
def remind_of_tasks() -> int:
    return services.remind_of_tasks()
