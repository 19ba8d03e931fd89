"""Webhooks against a server that really listens, on loopback: its checks are docs/receive_webhooks.py, not our code."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import importlib.util
import json
import os
from pathlib import Path
import socket
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from core import clock, ledger, outbox
from core.models import LedgerEntry, OutboxMessage
from exchange import services
from kpis.collector.client import Failed
from tests.factories.projects import ProjectFactory

FILE = Path(__file__).resolve().parents[2] / "docs" / "receive_webhooks.py"


@pytest.fixture(scope="module")
def example():
    spec = importlib.util.spec_from_file_location("receive_webhooks", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Listener:
    """Answers with the statuses it was given, the last of them for good; keeps what came."""

    def __init__(self) -> None:
        self.statuses = [204]
        self.came: list[tuple[dict[str, str], bytes]] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
                status = listener.statuses.pop(0) if len(listener.statuses) > 1 else listener.statuses[0]
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def listener(settings):
    made = Listener()
    settings.COLLECTOR_LOOPBACK_PORTS = [made.server.server_port]
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def live(world, listener, applicant, administrator):
    return proposed(applicant, administrator, listener.server.server_port)


def proposed(applicant, administrator, port):
    sent = {"url": f"http://127.0.0.1:{port}/told", "networks": ["127.0.0.0/8"], "events": ["project.gate_passed"]}
    webhook, secret = services.propose(actor=applicant, name="Hooks", **sent)
    return services.approve(actor=administrator, webhook_id=webhook.pk), secret


@pytest.fixture
def api(client, applicant):
    client.force_login(applicant)

    def call(method, webhook, verb, body=None, **headers):
        address = f"/api/v1/webhooks/{webhook.reference}/{verb}/"
        return client.generic(method, address, json.dumps(body or {}), content_type="application/json", headers=headers)

    return call


def passed(applicant):
    project = ProjectFactory()
    ledger.record("project.gate_passed", actor=applicant, subject=project, facts={})
    services.tell()
    return project, OutboxMessage.objects.get(topic="webhook.deliver")


def given_up(message):
    for _attempt in range(outbox.MOST_ATTEMPTS):
        with pytest.raises(Failed, match=r"http\.status"):
            outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.parked_at is not None


def test_what_arrives_is_genuine_by_code_that_is_not_ours(live, listener, example, applicant):
    _webhook, secret = live
    project, message = passed(applicant)

    assert outbox.deliver(message.pk)

    [(headers, body)] = listener.came
    now = time.time()
    assert json.loads(body)["subject"] == project.reference
    assert (headers["x-govai-event"], headers["content-type"]) == ("project.gate_passed", "application/json")
    assert example.is_genuine(secret, headers, body, now)
    assert not example.is_genuine(secret + "x", headers, body, now)
    assert not example.is_genuine(secret, headers, body + b" ", now)
    assert not example.is_genuine(secret, headers, body, now + 301)
    assert not example.is_genuine(secret, headers | {"x-govai-delivery": "other"}, body, now)


def test_after_a_500_the_same_message_comes_again_signed_anew(live, listener, example, applicant):
    listener.statuses = [500, 204]
    _webhook, secret = live
    _project, message = passed(applicant)

    with pytest.raises(Failed):
        outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.attempts, message.delivered_at) == (1, None)
    assert message.due_at > clock.now()
    assert outbox.deliver(message.pk)

    assert not outbox.deliver(message.pk)
    (first, body), (again, same) = listener.came
    assert (first["x-govai-delivery"], body) == (again["x-govai-delivery"], same)
    assert example.is_genuine(secret, again, same, time.time())


def test_a_dead_letter_is_listed_and_sent_again_over_the_api(live, listener, api, applicant):
    listener.statuses = [500]
    webhook, _secret = live
    project, message = passed(applicant)
    given_up(message)

    [told] = api("GET", webhook, "messages").json()["results"]
    again = api("POST", webhook, "send-again", {"message": told["number"]})
    listener.statuses = [204]
    assert outbox.deliver(message.pk)

    assert (told["subject"], told["attempts"]) == (project.reference, outbox.MOST_ATTEMPTS)
    assert told["given_up_at"] and "500" in told["last_error"] and told["delivered_at"] is None
    assert (again.status_code, again.json()["attempts"], again.json()["given_up_at"]) == (202, 0, None)
    assert api("GET", webhook, "messages").json()["results"][0]["delivered_at"]
    assert len(listener.came) == outbox.MOST_ATTEMPTS + 1
    assert api("POST", webhook, "send-again", {"message": told["number"]}).status_code == 404
    assert api("GET", webhook, "messages/").status_code == 404


def test_a_renewed_secret_signs_and_the_old_one_no_more(live, listener, example, api, applicant):
    webhook, old = live
    _project, message = passed(applicant)

    answer = api("POST", webhook, "renew-secret")
    outbox.deliver(message.pk)

    [(headers, body)] = listener.came
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert example.is_genuine(answer.json()["secret"], headers, body, time.time())
    assert not example.is_genuine(old, headers, body, time.time())
    assert LedgerEntry.objects.filter(action="webhook.secret_renewed", subject=webhook.reference).count() == 1


def test_a_secret_is_not_renewed_by_others_nor_under_a_key_that_would_keep_it(live, api, client, administrator):
    webhook, _secret = live
    sealed = webhook.sealed

    kept = api("POST", webhook, "renew-secret", **{"Idempotency-Key": "a"})
    client.force_login(administrator)
    other = api("POST", webhook, "renew-secret")

    webhook.refresh_from_db()
    assert (kept.status_code, kept.json()["code"]) == (400, "idempotency.unsupported")
    assert (other.status_code, other.json()["code"]) == (403, "duty.webhook_owner")
    assert webhook.sealed == sealed


def test_the_example_receives_as_the_guide_runs_it(world, settings, free_port, applicant, administrator):
    settings.COLLECTOR_LOOPBACK_PORTS = [free_port]
    _webhook, secret = proposed(applicant, administrator, free_port)
    project, message = passed(applicant)
    environment = os.environ | {"WEBHOOK_SECRET": secret}

    with subprocess.Popen(
        [sys.executable, str(FILE), str(free_port)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as program:
        _until_it_listens(free_port)
        assert outbox.deliver(message.pk)
        told = program.stdout.readline().decode()
        program.terminate()

    assert told.partition(" ")[0].startswith("WH-")
    assert json.loads(told.partition(" ")[2])["subject"] == project.reference


def _until_it_listens(port):
    for _attempt in range(200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("It does not listen.")
