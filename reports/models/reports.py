"""Issued reports: numbered, stored as the data they were made from, never changed once issued (DESIGN 3)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person
from reports.querysets import ReportQuerySet
from reports.rules.lifecycle import Status

FORM_LENGTH = 40


class Report(models.Model):
    """One report. Its content is gathered once, at drafting, and the database refuses to let it change.

    `content` is RFC 8785 JSON; `digest` its SHA-256. `document` is what is signed when the report is issued: the
    number, the days and the content together. What replaces an issued report is an erratum with a reason.
    """

    STATUSES = [
        (Status.DRAFT.value, _("draft")),
        (Status.CLEARED.value, _("cleared")),
        (Status.ISSUED.value, _("issued")),
        (Status.WITHDRAWN.value, _("withdrawn")),
    ]

    reference = models.CharField(max_length=32, unique=True)
    form = models.CharField(max_length=FORM_LENGTH)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="reports")
    period = models.CharField(max_length=12, help_text="As written: 2026-10, 2026-Q4, 2026-27, 2026-11-22.")
    day = models.DateField(help_text="The Hong Kong day whose figures it tells.")
    known_before = models.DateTimeField(help_text="What was recorded before this instant is in it.")
    position = models.BigIntegerField(help_text="What the ledger knew then.")
    content = models.TextField(help_text="RFC 8785 JSON of everything it says.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    status = models.CharField(max_length=10, choices=STATUSES, default=Status.DRAFT.value)
    version = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="errata")
    reason = models.CharField(max_length=1000, blank=True, help_text="Why it replaces an issued report.")

    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    cleared_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    cleared_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    document = models.TextField(blank=True, help_text="The signed bytes: RFC 8785 JSON of number, days and content.")
    signature = models.CharField(max_length=100, blank=True, help_text="Detached Ed25519 over the document, Base64.")
    signed_with = models.CharField(max_length=16, blank=True, help_text="Short name of the key.")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        permissions = [
            ("view_every_report", "See reports that are not issued"),
            ("draft_report", "Draft reports and errata"),
            ("clear_report", "Clear drafts of reports"),
            ("issue_report", "Issue cleared reports"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["replaces"], condition=~Q(status="withdrawn"), name="report_one_erratum_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(cleared_by__isnull=True) | ~Q(cleared_by=F("drafted_by")), name="report_second_person"
            ),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True)
                | ~Q(issued_by=F("drafted_by")) & ~Q(issued_by=F("cleared_by")) & Q(cleared_by__isnull=False),
                name="report_third_person",
            ),
            models.CheckConstraint(
                condition=~Q(status="issued") | Q(issued_by__isnull=False) & ~Q(document="") & ~Q(signature=""),
                name="report_issued_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""), name="report_erratum_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_replaced(self) -> bool:
        """By an issued erratum."""
        return any(one.status == Status.ISSUED for one in self.errata.all())

    @property
    def ledger_ref(self) -> str:
        return self.reference
