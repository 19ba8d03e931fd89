"""What the overview remembers of its readers: the days on which each last saw it."""

from django.db import models

from accounts.models import Person


class LastLook(models.Model):
    """Of one person: the last day on which they saw the overview, and the day before that one."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField(help_text="Hong Kong day.")
    before_on = models.DateField(null=True, help_text="The look before; empty after the first.")

    def __str__(self) -> str:
        return f"{self.person_id} {self.seen_on}"


class Change(models.Model):
    """A stamp set by the database for each statement that changes what the dashboards show (migration 0002)."""

    area = models.CharField(max_length=8)
    times = models.BigIntegerField(help_text="How many stamps this one stands for.")

    def __str__(self) -> str:
        return f"{self.area} {self.times}"
