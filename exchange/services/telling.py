"""What webhooks are told: entries of the ledger, as far as the owner sees their subject, sent from the outbox.

The outbox tries eight times with growing pauses and then parks the message: those are the dead letters, which the
owner sees and may send again.
"""

from collections.abc import Callable
import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger, outbox, sealing
from core.errors import NotVisible
from core.models import LedgerEntry, OutboxMessage
from exchange import client, policies
from exchange.models import Webhook
from exchange.rules.events import EVENTS, PING, PROCEDURE, PROJECT, REQUEST, ROUND
from exchange.rules.signing import signature
from exchange.services.webhooks import TOPIC, locked
from funding.models import FundingRequest, Round
from projects.models import Procedure, Project

BATCH = 500
MODELS: dict[str, tuple[type[Model], Callable[[str], dict[str, Any]]]] = {
    PROJECT: (Project, lambda subject: {"reference": subject}),
    PROCEDURE: (Procedure, lambda subject: {"reference": subject}),
    REQUEST: (FundingRequest, lambda subject: {"reference": subject}),
    ROUND: (Round, lambda subject: {"pk": subject.removeprefix("round:")}),
}


def tell() -> int:
    """Put what happened since the last time into the outbox, for every live webhook. Returns how many messages."""
    return sum(_tell_one(webhook_id) for webhook_id in Webhook.objects.live().values_list("pk", flat=True))


@transaction.atomic
def _tell_one(webhook_id: int) -> int:
    rows = Webhook.objects.live().select_for_update(skip_locked=True, of=("self",)).select_related("owner")
    webhook = rows.filter(pk=webhook_id).first()
    if webhook is None:
        return 0
    entries = list(LedgerEntry.objects.filter(position__gt=webhook.position).order_by("position")[:BATCH])
    chosen = [entry for entry in entries if entry.action in webhook.events and _sees(webhook.owner, entry)]
    for entry in chosen:
        told = {
            "event": entry.action,
            "subject": entry.subject,
            "position": entry.position,
            "recorded_at": ledger.instant_text(entry.recorded_at),
        }
        outbox.add(TOPIC, key=f"{webhook.reference}:{entry.position}", webhook=webhook.pk, told=told)
    if entries:
        Webhook.objects.filter(pk=webhook.pk).update(position=entries[-1].position)
    return len(chosen)


@outbox.handler(TOPIC)
def deliver(payload: dict[str, Any]) -> None:
    """Send one message, if its webhook is still live and its owner still sees the subject. A failure is tried again."""
    webhook = Webhook.objects.live().select_related("owner").filter(pk=payload["webhook"]).first()
    told = payload["told"]
    if webhook is None or not webhook.owner.is_active or not _may_hear(webhook.owner, told):
        return
    sent_at = int(clock.now().timestamp())
    delivery = f"{webhook.reference}:{told['event']}:{told['position']}:{told['recorded_at']}"
    body = json.dumps(told | {"webhook": webhook.reference, "site": settings.SITE_URL}, sort_keys=True).encode()
    secret = sealing.unseal(webhook.sealed)
    headers: dict[bytes | str, bytes | str] = {
        "X-Govai-Delivery": delivery,
        "X-Govai-Event": told["event"],
        "X-Govai-Sent": str(sent_at),
        "X-Govai-Signature": signature(secret, delivery=delivery, sent_at=sent_at, body=body),
    }
    client.post(webhook.url, body, headers, networks=webhook.networks)


@transaction.atomic
def send_again(*, actor: User, webhook_id: int, message_id: int) -> OutboxMessage:
    """Take one out of the dead letters: it is tried from the first time on."""
    webhook = locked(actor, webhook_id)
    policies.can_run(actor, webhook).or_raise()
    rows = messages_of(webhook).select_for_update().filter(parked_at__isnull=False, pk=message_id)
    message = rows.first()
    if message is None:
        raise NotVisible("not_found", _("There is no such thing, or you may not see it."))
    message.parked_at, message.attempts, message.due_at = None, 0, clock.now()
    message.save(update_fields=["parked_at", "attempts", "due_at"])
    return message


def messages_of(webhook: Webhook) -> Any:
    """Everything sent or to be sent to it, newest first."""
    return OutboxMessage.objects.filter(topic=TOPIC, key__startswith=f"{webhook.reference}:").order_by("-pk")


def _may_hear(owner: User, told: dict[str, Any]) -> bool:
    return told["event"] == PING or _visible(owner, EVENTS[told["event"]], told["subject"])


def _sees(owner: User, entry: LedgerEntry) -> bool:
    return _visible(owner, EVENTS[entry.action], entry.subject)


def _visible(owner: User, kind: str, subject: str) -> bool:
    model, look_up = MODELS[kind]
    rows: Any = model._default_manager
    return bool(rows.visible_to(owner).filter(**look_up(subject)).exists())
