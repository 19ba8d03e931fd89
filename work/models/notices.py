"""What people are told, in the app and by mail (FEATURES M2)."""

from django.db import models
from django.db.models import Q

from accounts.models import Person
from work.models.about import About
from work.notices import Mail
from work.querysets import NoticeQuerySet


class Digest(models.Model):
    """The one mail of a day that gathers what was not mailed at once."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(help_text="Hong Kong day.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "person"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class Notice(About):
    """One thing that happened, told to one person once. The facts are said in the reader's language when read."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    event = models.CharField(max_length=120, help_text="What happened; the same again is not told again.")
    kind = models.CharField(max_length=30)
    facts = models.JSONField(default=dict)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="notice_once")]
        indexes = [
            models.Index(fields=["person", "-told_at", "-id"]),
            models.Index(fields=["person", "told_at"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event} to {self.person_id}"


class NoticeSetting(models.Model):
    """How one person wants one kind mailed, where it is not the usual way."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notice_settings")
    kind = models.CharField(max_length=30)
    mail = models.CharField(max_length=8, choices=Mail)

    class Meta:
        ordering = ["person", "kind"]
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="noticesetting_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.mail}"


class Heard(models.Model):
    """How far a stream of events has been listened to: the ledger by position, a table of row history by its key."""

    stream = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.stream} {self.position}"
