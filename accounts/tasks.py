"""Celery shells: accounts close when their person's last day is over, ended grants are tidied away."""

from celery import shared_task

from accounts import grants
from accounts.services import close_accounts_due


@shared_task
def end_what_is_over() -> int:
    return close_accounts_due() + grants.tidy()
