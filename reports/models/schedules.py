"""Monthly packs: which report goes to whom on which day, each month's run, and what was sent (FEATURES H4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person
from reports.models.reports import FORM_LENGTH, Report
from reports.querysets import PackQuerySet, ScheduleQuerySet


class Schedule(models.Model):
    """One pack, drafted each month in its owner's name and sent to named readers."""

    form = models.CharField(max_length=FORM_LENGTH)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    day = models.PositiveSmallIntegerField(help_text="Day of the month from which last month's pack goes out, 1 to 28.")
    least_coverage = models.PositiveSmallIntegerField(
        help_text="Per cent of claims and readings; below it nothing is sent."
    )
    readers = models.ManyToManyField(Person, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=28), name="schedule_day_valid"),
            models.CheckConstraint(condition=Q(least_coverage__lte=100), name="schedule_coverage_valid"),
        ]

    def __str__(self) -> str:
        return f"{self.form} on day {self.day}"

    @property
    def ledger_ref(self) -> str:
        return f"schedule:{self.pk}"

    @property
    def reader_numbers(self) -> list[int]:
        return [person.pk for person in self.readers.all()]


class Pack(models.Model):
    """One month of a schedule, planned once. Failed says why, and then nothing was sent."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="packs")
    period = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    reasons = models.JSONField(default=list, help_text="Codes of what stood against it.")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="packs")
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "period"], name="pack_once_a_month"),
            models.CheckConstraint(condition=~Q(state="sent") | Q(report__isnull=False), name="pack_sent_has_report"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.period} {self.state}"


class Delivery(models.Model):
    """What was sent to whom, and to whom it was not and why. Append-only."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="deliveries")
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_sent = models.BooleanField(help_text="False: this person has no account any more, so nothing was sent.")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pack", "reader"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.pack_id} {self.reader_id} {self.is_sent}"
