"""Celery shells around the services that the schedule calls."""

import logging

from celery import shared_task

from core import clock
from funding import invariants, services

logger = logging.getLogger(__name__)


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


@shared_task
def check_invariants() -> int:
    """How many are broken; each is an error in the log of the worker."""
    findings = invariants.check()
    for finding in findings:
        logger.error("invariant broken: %s", finding)
    return len(findings)
