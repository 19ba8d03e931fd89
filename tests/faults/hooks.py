"""Where a process dies: asked for by a header or by a file, so that each test says exactly when."""

import os
from pathlib import Path
import signal

from celery.signals import task_postrun

from core import outbox
from core.models import SecurityRefusal

TOPIC = "fault_effect"
HEADER = "X-Die-Before-Answering"
KILL_FILE = os.environ.get("FAULT_KILL_FILE", "")


@outbox.handler(TOPIC)
def _effect(payload):
    """An effect that would show if it happened twice: one row more each time."""
    SecurityRefusal.objects.create(actor="fault", rule=payload["name"])


@task_postrun.connect
def _die_before_acknowledging(**kwargs):
    """The task's transaction is committed; the broker has not been told."""
    if KILL_FILE and Path(KILL_FILE).exists():
        Path(KILL_FILE).unlink()
        os.killpg(0, signal.SIGKILL)


class DieBeforeAnswering:
    """Outermost of all: the view's transaction is committed, the answer has not left."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.headers.get(HEADER):
            os.kill(os.getpid(), signal.SIGKILL)
        return response
