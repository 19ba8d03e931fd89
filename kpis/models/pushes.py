"""What a push source signs with, and the receipts of what it sent (TRUST T20)."""

from typing import Self

from django.db import models
from django.db.models import Q
import pghistory

from accounts.models import Person
from kpis.models.sources import CollectionRun, Source

LONGEST_ID = 100


class PushKeyQuerySet(models.QuerySet["PushKey"]):
    def live(self) -> Self:
        return self.filter(revoked_at__isnull=True)


@pghistory.track(exclude=["sealed", "last_used_on"])
class PushKey(models.Model):
    """A secret shared with one source's system. Shown once when it is made, kept encrypted, never shown again.

    At most two are live, so that a system can go over to the next one while the last one still works.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="keys")
    number = models.PositiveSmallIntegerField(help_text="First, second, … key of this source; never reused.")
    slot = models.PositiveSmallIntegerField(help_text="1 or 2: two live keys at most.")
    sealed = models.TextField(help_text="The secret, encrypted (core.sealing).")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True, help_text="Hong Kong day of the last push it signed.")

    objects = PushKeyQuerySet.as_manager()

    class Meta:
        ordering = ["source", "number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="pushkey_number_once"),
            models.UniqueConstraint(
                fields=["source", "slot"], name="pushkey_two_live", condition=Q(revoked_at__isnull=True)
            ),
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="pushkey_slot_known"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="pushkey_revoked_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} key {self.number}"

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None


class PushReceipt(models.Model):
    """What was answered to one id of one source, for good: sending it again is answered from here. Append-only."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="receipts", db_index=False)
    push_id = models.CharField(max_length=LONGEST_ID, help_text="The sender's own id of this push.")
    body_digest = models.CharField(max_length=64, help_text="SHA-256 of the body, as hex.")
    run = models.OneToOneField(CollectionRun, on_delete=models.PROTECT, related_name="receipt")
    status = models.PositiveSmallIntegerField(help_text="HTTP status of the first answer.")
    answer = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["source", "push_id"], name="pushreceipt_id_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.push_id}"
