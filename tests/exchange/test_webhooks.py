"""Webhooks: two people, a signature, only what the owner sees, tried again, dead letters."""

import json

import pytest

from core import ledger, outbox
from core.errors import InvalidInput, NotAllowed
from core.models import OutboxMessage
from exchange import client as caller
from exchange import services
from exchange.models import Webhook
from exchange.rules.signing import signature
from kpis.collector.client import Failed
from tests.factories.projects import ProjectFactory

SENT = {"url": "https://hooks.example.hk/x", "networks": ["10.20.0.0/24"], "events": ["project.gate_passed"]}


@pytest.fixture
def posted(monkeypatch):
    calls = []
    monkeypatch.setattr(caller, "post", lambda url, body, headers, *, networks: calls.append((url, body, headers)))
    return calls


@pytest.fixture
def live(world, applicant, administrator):
    webhook, secret = services.propose(actor=applicant, name="Hooks", **SENT)
    return services.approve(actor=administrator, webhook_id=webhook.pk), secret


def deliver_all():
    for message in OutboxMessage.objects.filter(topic="webhook.deliver", delivered_at=None, parked_at=None):
        outbox.deliver(message.pk)


def passed(project, actor):
    ledger.record("project.gate_passed", actor=actor, subject=project, facts={})


def test_what_happens_is_sent_once_and_signed(live, posted, applicant):
    webhook, secret = live
    project = ProjectFactory()
    passed(project, applicant)

    assert (services.tell(), services.tell()) == (1, 0)
    deliver_all()
    deliver_all()

    [(url, body, headers)] = posted
    told = json.loads(body)
    wanted = signature(secret, delivery=headers["X-Govai-Delivery"], sent_at=int(headers["X-Govai-Sent"]), body=body)
    assert url == webhook.url
    assert (told["event"], told["subject"]) == ("project.gate_passed", project.reference)
    assert headers["X-Govai-Signature"] == wanted


def test_what_the_owner_does_not_see_is_not_told(live, posted, world, applicant):
    passed(ProjectFactory(draft=True, department=world.b), applicant)

    assert services.tell() == 0


def test_a_failure_is_tried_again_and_at_last_kept_as_a_dead_letter(live, monkeypatch, applicant):
    def away(*args, **named):
        raise Failed("unreachable")

    webhook, _secret = live
    monkeypatch.setattr(caller, "post", away)
    services.ping(actor=applicant, webhook_id=webhook.pk)
    message = OutboxMessage.objects.get(topic="webhook.deliver")
    for _attempt in range(outbox.MOST_ATTEMPTS):
        with pytest.raises(Failed):
            outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.parked_at is not None
    assert "unreachable" in message.last_error

    services.send_again(actor=applicant, webhook_id=webhook.pk, message_id=message.pk)

    message.refresh_from_db()
    assert (message.parked_at, message.attempts) == (None, 0)


def test_an_ended_webhook_hears_nothing_more(live, posted, applicant):
    webhook, _secret = live
    services.ping(actor=applicant, webhook_id=webhook.pk)
    services.end(actor=applicant, webhook_id=webhook.pk)
    deliver_all()

    assert posted == []


def test_its_owner_does_not_approve_it(world, administrator):
    webhook, _secret = services.propose(actor=administrator, name="Own", **SENT)

    with pytest.raises(NotAllowed, match="second person"):
        services.approve(actor=administrator, webhook_id=webhook.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://hooks.example.hk/"},
        {"url": "https://u:p@hooks.example.hk/"},
        {"url": "file:///etc/passwd"},
        {"url": "https://0x7f.1/"},
        {"networks": ["everything"]},
        {"networks": []},
        {"events": ["vote.cast"]},
        {"events": []},
    ],
)
def test_an_address_network_or_event_out_of_order_is_refused(world, applicant, wrong):
    with pytest.raises(InvalidInput):
        services.propose(actor=applicant, name="x", **(SENT | wrong))
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.9.0.1", "::1"])
def test_an_address_outside_its_networks_is_never_called(world, address):
    from kpis.rules.refusal import Refused

    with pytest.raises(Refused):
        caller.post("https://hooks.example.hk/", b"{}", {}, networks=["10.20.0.0/24"], resolver=lambda h, p: [address])
