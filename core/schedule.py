"""Celery beat's database scheduler, kept equal to the settings.

django-celery-beat leaves rows of schedules that were taken out of the settings in the database, where
they keep firing; this one removes them at start.
"""

from typing import Any

from django.conf import settings
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler

KEPT_BY_CELERY = "celery.backend_cleanup"


class SyncedDatabaseScheduler(DatabaseScheduler):
    def setup_schedule(self, *args: Any, **kwargs: Any) -> None:
        known = [*settings.CELERY_BEAT_SCHEDULE, KEPT_BY_CELERY]
        PeriodicTask.objects.exclude(name__in=known).delete()
        super().setup_schedule(*args, **kwargs)
