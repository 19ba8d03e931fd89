"""The header rows of TRUST 4.9 that need more than one request, or a real front server."""

from collections.abc import Iterator
import os
from pathlib import Path
import socket
import subprocess
import sys
import time

from django.test import Client
import pytest

from tests.factories.accounts import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
LOGIN = "/accounts/login/"


def test_hd02_invented_forwarding_addresses_do_not_help_guessing(bad_world):
    client = bad_world.client("anonymous")

    answers = [
        client.post(LOGIN, {"login": "head", "password": "wrong"}, headers={"X-Forwarded-For": f"10.0.0.{n}"})
        for n in range(6)
    ]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]


def test_hd03_a_forwarded_scheme_from_outside_changes_nothing(bad_world, settings):
    settings.SECURE_SSL_REDIRECT = True
    client = bad_world.client("anonymous")

    answer = client.get(LOGIN, headers={"X-Forwarded-Proto": "https"})

    assert answer.status_code == 301
    assert answer["Location"].startswith("https://testserver/")


@pytest.mark.parametrize("path", [LOGIN, "/api/v1/requests/"])
def test_hd04_a_foreign_origin_is_refused(bad_world, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bad_world.scene.world["applicant"], backend="accounts.backends.DatedRolesBackend")
    client.get("/accounts/password/")
    token = client.cookies["csrftoken"].value
    headers = {"Origin": "https://evil.example", "X-CSRFToken": token}

    answer = client.post(path, "{}", content_type="application/json", headers=headers)

    assert answer.status_code == 403


def test_hd06_a_session_is_over_after_log_out(bad_world):
    client = bad_world.client("anonymous")
    client.post(LOGIN, {"login": "applicant", "password": PASSWORD})
    kept = client.cookies["sessionid"].value
    assert client.get("/api/v1/me/").status_code == 200
    client.post("/accounts/logout/")

    client.cookies["sessionid"] = kept

    assert client.get("/api/v1/me/").status_code == 401
    assert client.get("/accounts/password/").status_code == 302


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The real front server on a loopback port; only parsing is asked of it, so it needs no tables."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    log = (tmp_path_factory.mktemp("front") / "log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "govai_tracker.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "2"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "govai_tracker.settings.test"},
        stdout=log,
        stderr=log,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the front server did not come up")


def _status(port: int, request: bytes) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        line = connection.makefile("rb").readline()
    return int(line.split()[1])


def _plain(port: int, *lines: bytes) -> int:
    head = [b"GET /healthz HTTP/1.1", b"Host: localhost", b"Connection: close", *lines]
    return _status(port, b"\r\n".join(head) + b"\r\n\r\n")


def test_hd09_two_ways_to_say_how_long_a_body_is(front):
    head = [b"POST /healthz HTTP/1.1", b"Host: localhost", b"Content-Length: 5", b"Transfer-Encoding: chunked"]

    assert _status(front, b"\r\n".join(head) + b"\r\n\r\n0\r\n\r\n") == 400
    assert _plain(front) == 200


def test_hd10_one_header_of_a_hundred_kilobytes(front):
    assert _plain(front, b"X-Long: " + b"x" * 100_000) == 431
    assert _plain(front) == 200
