"""The way in: an administrator's invitation, taken up once by the person who holds its link."""

from django.conf import settings
from django.db import models
from django.db.models import Q
import pghistory

from accounts.models.dated import Posting
from accounts.models.people import Department, Person, Trilingual
from accounts.querysets import InvitationQuerySet
from core import clock


@pghistory.track(exclude=["digest"])
class Invitation(Trilingual):
    """Who is invited, where they will be posted, and the digest of the one link that opens the account.

    No person and no account exist before the link is used, unless the invitation is for a person
    already on record. A new link makes the one before it unknown.
    """

    name_en = models.CharField(max_length=120)
    name_zh_hant = models.CharField(max_length=60, blank=True)
    name_zh_hans = models.CharField(max_length=60, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    title_zh_hant = models.CharField(max_length=120, blank=True)
    title_zh_hans = models.CharField(max_length=120, blank=True)
    email = models.EmailField()
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=8, choices=Posting.Duty, default=Posting.Duty.STAFF)
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="invitations",
        help_text="Whose account it opens: given when the person is on record already, else set when it is used.",
    )
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the link's secret.")
    link_made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_one_end"
            ),
            models.UniqueConstraint(
                models.functions.Lower("email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return self.in_language("name")

    @property
    def ledger_ref(self) -> str:
        return f"invitation:{self.pk}"

    @property
    def state(self) -> str:
        """`accepted`, `withdrawn`, `expired` or `open`."""
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        return "expired" if self.expires_at <= clock.now() else "open"
