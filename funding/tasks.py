"""Celery shells around the services that the schedule calls."""

from celery import shared_task

from core import clock
from funding import services


@shared_task
def close_due_rounds() -> int:
    return services.close_due_rounds(now=clock.now())


@shared_task
def bring_back_deferred() -> int:
    return services.bring_back_due(now=clock.now())


@shared_task
def send_reminders() -> int:
    return services.send_reminders()


@shared_task
def tell_of_conditions() -> int:
    return services.tell_of_conditions()


@shared_task
def tell_chairs_of_late_answers() -> int:
    return services.tell_chairs_of_late_answers()
