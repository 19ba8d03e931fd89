"""Celery shells around the services that the schedule calls."""

from celery import shared_task

from projects import services


@shared_task
def refresh_standings() -> int:
    """Days pass on which a rule starts or reaches older claims; summaries follow. How many procedures changed."""
    return services.refresh_standings()
