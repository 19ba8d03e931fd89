"""Celery shells: accounts close when their last day is over, ended grants go, auditors get their daily checkpoint."""

from celery import shared_task

from accounts import grants
from accounts.services import close_accounts_due, mail_checkpoint


@shared_task
def end_what_is_over() -> int:
    return close_accounts_due() + grants.tidy()


@shared_task
def mail_daily_checkpoint() -> int:
    return mail_checkpoint()
