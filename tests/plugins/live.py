"""The application on a loopback port, answering in the test's own thread, so that it shares the test's transaction."""

from collections.abc import Iterator
import subprocess
from tempfile import TemporaryFile
import time
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
import pytest

SECONDS = 60
GLANCE = 0.05


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def here() -> Iterator[WSGIServer]:
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        server.timeout = 30
        yield server
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def run(here: WSGIServer, command: list[str], **said: Any) -> subprocess.CompletedProcess[str]:
    """A program that calls this server, served until it ends. What it prints goes to files, which never fill up."""
    here.timeout = GLANCE
    until = time.monotonic() + SECONDS
    with TemporaryFile("w+") as told, TemporaryFile("w+") as complaint:
        with subprocess.Popen(command, stdout=told, stderr=complaint, **said) as program:
            while program.poll() is None:
                here.handle_request()
                if time.monotonic() > until:
                    program.kill()
        told.seek(0)
        complaint.seek(0)
        return subprocess.CompletedProcess(command, program.returncode, told.read(), complaint.read())
