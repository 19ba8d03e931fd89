"""What a holder was told about a stage: that it is due, that it is overdue, and that it went one step up (DESIGN 4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from funding.models.requests import FundingRequest


class Reminder(models.Model):
    """One step of one stage of one request, told once. Append-only."""

    class Step(models.TextChoices):
        DUE = "due", _("reminded before the due day")
        OVERDUE = "overdue", _("reminded that it is overdue")
        ESCALATED = "escalated", _("told one step up that it is overdue")

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="reminders")
    stage_since = models.DateTimeField(help_text="When the stage began: the holder of the request changed then.")
    step = models.CharField(max_length=10, choices=Step)
    due_on = models.DateField()
    people = models.ManyToManyField(Person, related_name="+", help_text="Who was told.")
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "stage_since", "step"], name="reminder_once_a_step"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.step} {self.told_at}"
