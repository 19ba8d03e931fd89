"""Webhooks: proposed by their owner with a secret shown once, approved by a second person, tried, renewed, ended."""

from collections.abc import Sequence
import secrets

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger, outbox, sealing
from core.errors import Conflict, InvalidInput, NotVisible
from core.references import next_reference
from exchange import policies
from exchange.models import Webhook
from exchange.rules.events import EVENTS, PING
from kpis.collector import addresses
from kpis.rules.refusal import Refused
from kpis.wording import refusal_sentence

MOST_PER_ACCOUNT = 10
TOPIC = "webhook.deliver"
State = Webhook.State


@transaction.atomic
def propose(*, actor: User, name: str, url: str, networks: Sequence[str], events: Sequence[str]) -> tuple[Webhook, str]:
    """A webhook that waits for approval, and its secret, which nobody can read again."""
    policies.can_propose(actor).or_raise()
    _refuse_address(url, networks)
    if not events or not set(events) <= set(EVENTS):
        message = _("Choose what the system is told of.")
        raise InvalidInput("choice.invalid", message, fields={"events": [message]})
    if Webhook.objects.filter(owner=actor).exclude(state=State.ENDED).count() >= MOST_PER_ACCOUNT:
        raise Conflict("webhook.max", _("An account has at most %(most)s webhooks.") % {"most": MOST_PER_ACCOUNT})
    secret = secrets.token_urlsafe(32)
    webhook = Webhook.objects.create(
        reference=next_reference("WH"),
        owner=actor,
        name=name,
        url=url,
        networks=list(networks),
        events=sorted(set(events)),
        sealed=sealing.seal(secret),
        proposed_at=clock.now(),
    )
    told: dict[str, ledger.Fact] = {"url": url, "networks": list(networks), "events": list(webhook.events)}
    ledger.record("webhook.proposed", actor=actor, subject=webhook, facts=told)
    return webhook, secret


@transaction.atomic
def approve(*, actor: User, webhook_id: int) -> Webhook:
    """From here on it is told of what happens; of nothing before."""
    webhook = locked(actor, webhook_id)
    policies.can_approve(actor, webhook).or_raise()
    webhook.state, webhook.approved_by, webhook.approved_at = State.LIVE, actor.person, clock.now()
    webhook.position = ledger.head().number
    webhook.version += 1
    webhook.save(update_fields=["state", "approved_by", "approved_at", "position", "version"])
    ledger.record("webhook.approved", actor=actor, subject=webhook, facts={"url": webhook.url})
    return webhook


@transaction.atomic
def end(*, actor: User, webhook_id: int) -> Webhook:
    """For good. What waits for it is not sent any more."""
    webhook = locked(actor, webhook_id)
    policies.can_end(actor, webhook).or_raise()
    webhook.state, webhook.ended_at = State.ENDED, clock.now()
    webhook.version += 1
    webhook.save(update_fields=["state", "ended_at", "version"])
    ledger.record("webhook.ended", actor=actor, subject=webhook, facts={})
    return webhook


@transaction.atomic
def renew_secret(*, actor: User, webhook_id: int) -> tuple[Webhook, str]:
    """A new secret in place of the old one, which signs nothing from now on."""
    webhook = locked(actor, webhook_id)
    policies.can_run(actor, webhook).or_raise()
    secret = secrets.token_urlsafe(32)
    webhook.sealed = sealing.seal(secret)
    webhook.version += 1
    webhook.save(update_fields=["sealed", "version"])
    ledger.record("webhook.secret_renewed", actor=actor, subject=webhook, facts={})
    return webhook, secret


@transaction.atomic
def ping(*, actor: User, webhook_id: int) -> Webhook:
    """Send something that means nothing, the way everything is sent."""
    webhook = locked(actor, webhook_id)
    policies.can_run(actor, webhook).or_raise()
    now = clock.now()
    told = {"event": PING, "subject": webhook.reference, "position": 0, "recorded_at": ledger.instant_text(now)}
    outbox.add(TOPIC, key=f"{webhook.reference}:ping:{now.timestamp():.6f}", webhook=webhook.pk, told=told)
    return webhook


def locked(actor: User, webhook_id: int) -> Webhook:
    rows = Webhook.objects.visible_to(actor).select_related("owner").select_for_update(of=("self",))
    webhook = rows.filter(pk=webhook_id).first()
    if webhook is None:
        raise NotVisible("not_found", _("There is no such thing, or you may not see it."))
    return webhook


def _refuse_address(url: str, networks: Sequence[str]) -> None:
    """The address is spelled as the collector's are: https, no user name, a plain host; networks are exact."""
    try:
        addresses.target(url, hosts=(addresses.place_of(url),), loopback_ports=settings.COLLECTOR_LOOPBACK_PORTS)
    except Refused as refused:
        raise _as_input(refused, "url") from refused
    try:
        addresses.registered_networks(networks)
    except Refused as refused:
        raise _as_input(refused, "networks") from refused


def _as_input(refused: Refused, field: str) -> InvalidInput:
    message = refusal_sentence(refused.code)
    return InvalidInput(refused.code, message, fields={field: [message]})
