"""What row history says about a change beside who and when: the request, the task or command, and the reason.

pghistory keeps one context a request; everything changed inside shares it. An act that gives its own
reason opens a context of its own, so that a reason never spreads to what happened before or after it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
import uuid

from celery import Task
from django.db import connection
from django.utils.translation import gettext_lazy as _
import pghistory
from pghistory import runtime

from core.errors import Unprocessable

NOT_TOLD = {"runserver", "shell", "dbshell", "test"}  # a command that is a place to work, not an act


@contextmanager
def told(**facts: Any) -> Iterator[None]:
    """Everything changed inside carries these facts, beside those told around it."""
    around = getattr(runtime._tracker, "value", None)
    if around is None:
        with pghistory.context(**facts):
            yield
        _forget()
        return
    runtime._tracker.value = runtime.Context(id=uuid.uuid4(), metadata=around.metadata | facts)
    try:
        yield
    finally:
        runtime._tracker.value = around


def because(reason: str, **facts: Any) -> Any:
    """Everything changed inside carries this reason (FEATURES P2). A sensitive change without one is refused."""
    if not reason.strip():
        raise Unprocessable("reason.required", _("Say why: this change needs a reason."), fields={"reason": []})
    return told(reason=reason.strip(), **facts)


@contextmanager
def told_by_command(name: str) -> Iterator[None]:
    """Everything a command of `manage.py` changes names it, unless the command only is a place to work."""
    if name in NOT_TOLD:
        yield
    else:
        with told(command=name):
            yield


def _forget() -> None:
    """Inside a transaction the database would go on using the context that has ended; say that it has."""
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_id', '', true)")


class ToldTask(Task):
    """A Celery task whose changes name it."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with told(task=self.name):
            return super().__call__(*args, **kwargs)
