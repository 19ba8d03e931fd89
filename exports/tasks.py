"""Celery shells around the services."""

from celery import shared_task

from exports import services


@shared_task(ignore_result=True)
def make(job_id: int) -> bool:
    return services.make(job_id)


@shared_task
def take_up() -> int:
    """Files that nobody was told to make, because the broker was away or a worker died. Each is a task of its own."""
    waiting = services.take_up()
    for job_id in waiting:
        make.delay(job_id)
    return len(waiting)


@shared_task
def sweep() -> int:
    return services.sweep()
