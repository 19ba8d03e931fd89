"""What every app leans on: the ledger, the outbox, permanent references, the installation's mark."""

from datetime import datetime
import json
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Installation(models.Model):
    """The one row that says what this database is: real, or a demonstration marked on every page (DESIGN 9)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    is_demonstration = models.BooleanField(default=False)
    story_ends_on = models.DateField(null=True, help_text="Day on which a demonstration's story ends.")
    installed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="installation_is_single")]

    def __str__(self) -> str:
        return "demonstration" if self.is_demonstration else "installation"


class LedgerEntry(models.Model):
    """One named act (DESIGN 5): its canonical bytes, chained by SHA-256. The app's role may only insert and select.

    `payload` is RFC 8785 JSON that already holds the position, the instant and the hash of the entry
    before it, so `entry_hash` is simply SHA-256 of `payload`, and anybody can check it without us.
    """

    position = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    action = models.CharField(max_length=60)
    actor = models.CharField(max_length=60, help_text="person:17 or system; never a name.")
    subject = models.CharField(max_length=80, help_text="Permanent reference of the record acted on.")
    payload = models.BinaryField()
    previous_hash = models.BinaryField(max_length=32)
    entry_hash = models.BinaryField(max_length=32, unique=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["subject", "position"]), models.Index(fields=["action", "position"])]
        permissions = [("read_ledger", "Read the ledger and its verification")]

    def __str__(self) -> str:
        return f"{self.position} {self.action} {self.subject}"

    @property
    def facts(self) -> dict[str, Any]:
        """What the act told, as data."""
        found: dict[str, Any] = json.loads(bytes(self.payload))["facts"]
        return found


class OutboxMessage(models.Model):
    """An effect that must happen once the act that asked for it is committed (TRUST C8)."""

    topic = models.CharField(max_length=60)
    key = models.CharField(max_length=200, help_text="Unique per topic: asking twice is asking once.")
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(help_text="Not tried before this instant; moves back after each failure.")
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    delivered_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True, help_text="Given up on after too many failures; a person must look.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "key"], name="outbox_topic_key_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="outbox_waiting",
                condition=Q(delivered_at__isnull=True, parked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class ReferenceCounter(models.Model):
    """The last number given out under a prefix. Numbers are never reused, so the row only ever grows."""

    prefix = models.CharField(max_length=40, primary_key=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix} {self.last_number}"


class Submission(models.Model):
    """One sending of a form or an API call, kept so that repeating it is answered and not done again.

    The key is the form's hidden token or the Idempotency-Key header; it belongs to the sender alone.
    """

    sender = models.CharField(max_length=60, help_text="person:17, as in the ledger.")
    key = models.CharField(max_length=100)
    purpose = models.CharField(max_length=120, help_text="Method and route, so that a key cannot change its meaning.")
    body_digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True, help_text="Status and body, or the address the page went to.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "key"], name="submission_key_once")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.key}"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def live(self, at: datetime) -> Self:
        """Neither expired nor revoked, of an account that is still in use."""
        return self.filter(expires_at__gt=at, revoked_at__isnull=True, user__is_active=True)


class ApiToken(models.Model):
    """A program's way in for a while. The token is shown once; only its SHA-256 is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60, blank=True, help_text="What it is for; empty for one of a log-in.")
    scopes = models.JSONField(default=list, help_text="read, or write:area; empty for all that its account may do.")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True, help_text="Hong Kong day.")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user} until {self.expires_at:%Y-%m-%d %H:%M}"


class Heartbeat(models.Model):
    """The last instant at which a part of the system that nobody calls was heard."""

    name = models.CharField(max_length=40, primary_key=True)
    heard_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.heard_at:%Y-%m-%d %H:%M:%S}"


class SecurityRefusal(models.Model):
    """Something refused that no page offers: who and which rule, never what was sent (TRUST 4, +A)."""

    actor = models.CharField(max_length=60, help_text="person:17, or anonymous.")
    rule = models.CharField(max_length=60)
    refused_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["refused_at"])]

    def __str__(self) -> str:
        return f"{self.rule} {self.actor}"


class DatedPolicy(models.Model):
    """A rule as data: a start, an optional end, a source, proposed by one person and approved by another.

    Subclasses forbid overlap of approved rows with an exclusion constraint; `core.policy` is the way in.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        WITHDRAWN = "withdrawn", _("withdrawn")

    starts_on = models.DateField(help_text="First Hong Kong day it is in force.")
    ends_on = models.DateField(null=True, blank=True, help_text="First day it is no longer in force; empty for open.")
    source = models.CharField(max_length=300, help_text="Where the rule is written: a paper, a circular, a decision.")
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="%(class)s_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(proposed_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="%(class)s_two_people",
            ),
        ]
