"""The dated rule about money after approval, imported expenditure, and the yearly return."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _
import pghistory

from accounts.models import Person
from funding.models.columns import money, not_negative
from funding.models.policy import Proposal
from funding.querysets import SpendingImportQuerySet


@pghistory.track()
class MoneyPolicy(Proposal):
    """How much over the approval spending may go before releases stop, and which variance needs an explanation."""

    tolerance = money(default=0, help_text="HK$ over the approved amount that does not count as overspent.")
    variance_percent = models.PositiveSmallIntegerField(
        default=10, help_text="A variance of more than this share of the plan needs an explanation."
    )

    class Meta(Proposal.Meta):
        verbose_name_plural = "money policies"
        constraints = [
            *Proposal.Meta.constraints,
            not_negative("tolerance", "moneypolicy_tolerance_valid"),
            models.CheckConstraint(condition=Q(variance_percent__lte=100), name="moneypolicy_percent_valid"),
            ExclusionConstraint(
                name="moneypolicy_no_overlap",
                expressions=[
                    (
                        Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(status="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"money policy from {self.starts_on}"

    @property
    def ledger_ref(self) -> str:
        return f"money-policy:{self.pk}"


@pghistory.track()
class SpendingImport(models.Model):
    """A file of expenditure: read, judged row by row and shown, then recorded whole by the person who offered it."""

    class Status(models.TextChoices):
        OFFERED = "offered", _("offered")
        CONFIRMED = "confirmed", _("recorded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    source = models.CharField(max_length=100, help_text="The ledger system that made the file.")
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    rows = models.JSONField(default=list, help_text="Each row with its number, cells, digest and fault.")
    status = models.CharField(max_length=10, choices=Status, default=Status.OFFERED)
    recorded = models.PositiveIntegerField(default=0, help_text="Rows that became expenditure.")
    offered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    objects = SpendingImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"

    @property
    def ledger_ref(self) -> str:
        return f"spending-import:{self.pk}"


class YearlyReturn(models.Model):
    """The position at 31 March of one financial year, frozen: its content never moves, whatever is recorded later.

    A later return of the same year is another number that names the one before it. Append-only.
    """

    reference = models.CharField(max_length=32, unique=True)
    financial_year = models.PositiveSmallIntegerField()
    content = models.TextField(help_text="RFC 8785 JSON of every row and total.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    position = models.BigIntegerField(help_text="What the ledger knew when it was issued.")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def ledger_ref(self) -> str:
        return self.reference
