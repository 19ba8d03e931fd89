"""What other systems get from here by themselves: webhooks and calendar feeds."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from accounts.models import User


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: "User") -> Self:
        """One's own; whoever approves addresses sees them all."""
        return self.all() if user.has_perm("kpis.manage_sources") else self.filter(owner=user.pk)

    def live(self) -> Self:
        return self.filter(state=Webhook.State.LIVE)


class Webhook(models.Model):
    """An address of another system that is told of acts which its owner may see.

    The owner proposes it; a second person, who manages sources, approves the host and its networks (TRUST C10).
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("webhook", "waits for approval")
        LIVE = "live", pgettext_lazy("webhook", "live")
        ENDED = "ended", pgettext_lazy("webhook", "ended")

    reference = models.CharField(max_length=32, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks")
    name = models.CharField(max_length=120)
    url = models.CharField(max_length=500)
    networks = models.JSONField(help_text="Networks, in CIDR, that the host's addresses must lie in.")
    events = models.JSONField(help_text="Names of the events it is told of.")
    sealed = models.TextField(help_text="The signing secret, encrypted.")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    position = models.PositiveBigIntegerField(default=0, help_text="The last ledger entry that was looked at for it.")
    version = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def ledger_ref(self) -> str:
        return self.reference


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(account=user.pk)

    def live(self) -> Self:
        return self.filter(revoked_at__isnull=True, account__is_active=True)


class CalendarFeed(models.Model):
    """The secret address of a person's calendar. The secret is shown once; only its SHA-256 is kept."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(revoked_at__isnull=True), name="one_live_feed")
        ]

    def __str__(self) -> str:
        return f"calendar of {self.account_id}"


class CalendarEntry(models.Model):
    """What a calendar was last told of one event, so that a change raises its sequence number (RFC 5545)."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uid = models.CharField(max_length=200)
    told = models.CharField(max_length=64, help_text="SHA-256 of what was said.")
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "uid"], name="calendar_entry_once")]

    def __str__(self) -> str:
        return self.uid
