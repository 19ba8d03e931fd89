"""Files of lists: each one asked for is a row for good, which is the log of exports (FEATURES P5, H7).

What is made at once keeps its row alone. A large file is a job: a worker takes it under a lease, the file is kept for
24 hours for the account that asked, and goes.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.exports import FORMATS

if TYPE_CHECKING:
    from accounts.models import User


class State(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("export", "waiting")
    RUNNING = "running", pgettext_lazy("export", "being made")
    DONE = "done", pgettext_lazy("export", "ready")
    CANCELLED = "cancelled", pgettext_lazy("export", "cancelled")
    REFUSED = "refused", pgettext_lazy("export", "refused")
    FAILED = "failed", pgettext_lazy("export", "failed")


FORMAT_CHOICES = [(name, name.upper()) for name in FORMATS]
ACTIVE = (State.WAITING, State.RUNNING)


class ExportQuerySet(models.QuerySet["ExportJob"]):
    def visible_to(self, user: "User") -> Self:
        """A file is of the account that asked for it, whoever else may export (TRUST EX-07)."""
        return self.filter(account=user.pk)

    def for_log(self, user: "User") -> Self:
        """All of them, for those who may read the log."""
        return self.all() if user.has_perm("exports.read_log") else self.none()

    def jobs(self) -> Self:
        return self.filter(is_direct=False)

    def active(self) -> Self:
        return self.filter(state__in=ACTIVE)

    def to_take(self, now: datetime) -> Self:
        """Waiting, or left by a worker whose lease ran out."""
        return self.jobs().filter(Q(state=State.WAITING) | Q(state=State.RUNNING, lease_until__lt=now))


class ExportJob(models.Model):
    """One list asked as a file: who, what, in which format, what came of it."""

    reference = models.CharField(max_length=32, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports")
    list_name = models.CharField(max_length=40, help_text="The registered list.")
    query = models.CharField(max_length=10_000, blank=True, help_text="Filters, order and as_at, as in the address.")
    columns = models.JSONField(default=list, help_text="Names of the chosen columns; empty for all.")
    file_format = models.CharField(max_length=4, choices=FORMAT_CHOICES)
    language = models.CharField(max_length=10)
    is_direct = models.BooleanField(help_text="Sent while it was made; nothing is kept but this row.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    trouble = models.JSONField(default=dict, help_text="Code and words of a refusal or failure.")
    total = models.PositiveIntegerField(null=True, help_text="Rows to write, known when it starts.")
    done = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0, help_text="Characters that no file can hold.")
    cut = models.PositiveIntegerField(default=0, help_text="Texts too long for a cell of a workbook.")
    size = models.PositiveBigIntegerField(null=True, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    classification = models.CharField(max_length=20, blank=True)
    file_name = models.CharField(max_length=200, blank=True, help_text="As the person saves it.")
    stored_as = models.CharField(max_length=80, blank=True, help_text="Where the file lies; empty once it is gone.")
    held = models.BinaryField(default=b"", help_text="Keys of the records in the file, to be looked for again.")
    asked_at = models.DateTimeField(db_index=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fetches = models.PositiveIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        permissions = [("export_lists", "Export lists"), ("read_log", "Read the log of exports")]
        indexes = [
            models.Index(fields=["account", "-asked_at"], name="export_of_account"),
            models.Index(fields=["sha256"], name="export_by_digest"),
        ]
        verbose_name = _("export")

    def __str__(self) -> str:
        return self.reference

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    def is_over(self, now: datetime) -> bool:
        """Its time is over, whether or not the file was swept away yet."""
        return self.expires_at is not None and now >= self.expires_at


class Layout(models.Model):
    """Columns of a list under a name, for the person who keeps it."""

    owner = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="export_layouts")
    list_name = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    columns = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["list_name", "name"]
        constraints = [models.UniqueConstraint(fields=["owner", "list_name", "name"], name="layout_named_once")]

    def __str__(self) -> str:
        return self.name
