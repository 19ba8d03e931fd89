"""Documents with versions and a classification (FEATURES M5)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
import pghistory

from accounts.models import Person, Trilingual
from work.models.subject import OfSubject
from work.querysets import DocumentQuerySet, DocumentVersionQuerySet


class Classification(models.TextChoices):
    """The gradings of the Government's Security Regulations that this system may hold.

    What is graded secret or top secret does not belong in it at all; forms say so.
    """

    OPEN = "open", pgettext_lazy("classification", "open")
    RESTRICTED = "restricted", _("restricted")
    CONFIDENTIAL = "confidential", _("confidential")


class DocumentKind(models.TextChoices):
    PAPER = "paper", _("paper or report")
    BUSINESS_CASE = "business", _("business case")
    PLAN = "plan", _("plan")
    PRIVACY = "privacy", _("privacy impact assessment")
    SECURITY = "security", _("security risk assessment")
    ASSESSMENT = "assessment", _("impact or risk assessment")
    CONTRACT = "contract", _("contract or quotation")
    MINUTES = "minutes", _("minutes")
    EVIDENCE = "evidence", _("evidence of use")
    OTHER = "other", _("other")


@pghistory.track()
class Document(Trilingual, OfSubject):
    """One document of a subject. Its content lives in versions; withdrawn, it stays as a tombstone."""

    reference = models.CharField(max_length=32, unique=True)
    title_en = models.CharField(max_length=200)
    title_zh_hant = models.CharField(max_length=200, blank=True)
    title_zh_hans = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=DocumentKind)
    classification = models.CharField(max_length=12, choices=Classification)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Grows with each edit; a stale form is refused.")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="document_withdrawn_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.in_language('title')}"

    @property
    def ledger_ref(self) -> str:
        return self.reference


@pghistory.track()
class DocumentVersion(models.Model):
    """One stored file. Append-only: a better one is the next number."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="From 1; the highest is the one in force.")
    stored_name = models.CharField(max_length=200, help_text="Where the server keeps it; never the sender's name.")
    shown_name = models.CharField(max_length=200, help_text="The sender's name, cleaned.")
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    note = models.CharField(max_length=300, blank=True, help_text="What changed.")
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="documentversion_number_once")]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"
