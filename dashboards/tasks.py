"""Celery shells of the dashboards."""

from celery import shared_task

from dashboards import keeping


@shared_task
def fold_changes() -> int:
    return keeping.fold()
