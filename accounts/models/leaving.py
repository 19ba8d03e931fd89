"""A person leaves: when, why, and when their accounts were closed."""

from django.db import models
from django.db.models import Q
import pghistory

from accounts.models.people import Person


@pghistory.track()
class Departure(models.Model):
    """The confirmed leaving of a person at the end of a day. Postings, roles and grants were ended with it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="departures")
    last_day = models.DateField(help_text="Last Hong Kong day of service.")
    reason = models.CharField(max_length=300)
    handed_over = models.JSONField(default=list, help_text="[{holding, title, to}]: who took over what.")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="When the accounts were disabled.")

    class Meta:
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(closed_at__isnull=True), name="departure_one_open"),
            models.CheckConstraint(condition=~Q(confirmed_by=models.F("person")), name="departure_not_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.person} leaves after {self.last_day}"

    @property
    def ledger_ref(self) -> str:
        return f"departure:{self.pk}"
