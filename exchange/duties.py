"""What webhooks ask of people next: addresses to approve, and messages of one's own that were given up."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty
from accounts.models import User
from core.errors import Text
from exchange import policies
from exchange.models import Webhook
from exchange.services.telling import messages_of


def waiting(user: User) -> Iterator[Duty]:
    rows = Webhook.objects.visible_to(user).select_related("owner")
    for webhook in rows.filter(state=Webhook.State.PROPOSED).order_by("pk"):
        if policies.can_approve(user, webhook):
            yield _of(webhook, "webhook.approve", _("Approve the address, or end the webhook"))
    for webhook in rows.live().filter(owner=user.pk).order_by("pk"):
        if messages_of(webhook).filter(parked_at__isnull=False).exists():
            yield _of(webhook, "webhook.mend", _("See why messages were given up, and send them again"))


def _of(webhook: Webhook, code: str, what: Text) -> Duty:
    page = reverse("exchange:webhook", args=[webhook.reference])
    return Duty(code, what, webhook.reference, webhook.name, page)
