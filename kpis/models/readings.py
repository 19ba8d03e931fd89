"""Readings: insert only, partitioned by month in the database, judged by append-only verdicts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from kpis.breakdown_wording import cell_words
from kpis.models.definitions import DIGITS, PLACES, Series
from kpis.models.sources import CollectionRun
from kpis.numbers import shown
from kpis.querysets import ReadingQuerySet

LONGEST_CELL = 120


class Verdict(models.TextChoices):
    SUBMITTED = "submitted", _("submitted")
    VERIFIED = "verified", _("verified")
    RETURNED = "returned", _("returned")
    QUARANTINED = "quarantined", _("quarantined")


class Reading(models.Model):
    """One value of one period. Never changed or removed: a correction is the next revision, with a reason.

    `cell` names the breakdown, empty for the whole. `value` is empty only where a ratio had nothing to
    count (denominator 0). The table is partitioned by month of `period_start` (migration 0002).
    """

    pk = models.CompositePrimaryKey("series", "period_start", "cell", "revision")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="readings", db_index=False)
    period_start = models.DateField()
    cell = models.CharField(max_length=LONGEST_CELL, blank=True, default="")
    revision = models.PositiveSmallIntegerField(default=1)
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    numerator = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    denominator = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    source_run = models.ForeignKey(
        CollectionRun, on_delete=models.PROTECT, null=True, related_name="readings", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=300, blank=True, help_text="Why an earlier revision is corrected.")
    recorded_at = models.DateTimeField()

    objects = ReadingQuerySet.as_manager()
    state: str  # the last verdict, where `with_state()` annotated it
    rule: str  # the rule that gave it, where `with_rule()` annotated it

    class Meta:
        ordering = ["series", "period_start", "cell", "revision"]
        permissions = [("view_every_reading", "See readings that are not verified yet, of every department")]

    def __str__(self) -> str:
        return f"{self.series_id} {self.period_start} r{self.revision}"

    @property
    def value_words(self) -> str:
        return shown(self.value)

    @property
    def state_words(self) -> str:
        return str(Verdict(self.state).label)

    @property
    def group_words(self) -> str:
        """The group that it is about; empty for the whole."""
        return cell_words(self.cell)


class ReadingVerdict(models.Model):
    """What was said about a reading, by a person or by a rule; the last one is the reading's state. Append-only."""

    series = models.ForeignKey(  # its reading is of the series, and that it has one is looked at (migration 0015)
        Series, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    period_start = models.DateField()
    cell = models.CharField(max_length=LONGEST_CELL, blank=True, default="")
    revision = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=12, choices=Verdict)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    rule = models.CharField(max_length=60, blank=True, help_text="Code of the rule that spoke, where no person did.")
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["series", "period_start", "cell", "revision", "-id"], name="verdict_of_reading"),
            models.Index(
                fields=["series"], condition=models.Q(verdict__in=["submitted", "quarantined"]), name="verdict_waits"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) ^ ~models.Q(rule=""), name="verdict_by_person_or_rule"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.period_start} r{self.revision}"


class LatestValue(models.Model):
    """The newest verified reading of each series and cell, kept up by the verdicts' own trigger (migration 0015)."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="latest_values", db_index=False)
    cell = models.CharField(max_length=LONGEST_CELL, blank=True, default="")
    period_start = models.DateField()
    revision = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    recorded_at = models.DateTimeField()
    likely_lowest = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    likely_highest = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, null=True, help_text="A value beyond waits for a person."
    )
    same_since = models.DateField(null=True, help_text="First period of values that have stopped moving, if they have.")
    learnt_at = models.DateTimeField(null=True, help_text="When the range and the standstill were last worked out.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "cell"], name="latestvalue_once")]

    def __str__(self) -> str:
        return f"{self.series_id} {self.period_start}"
