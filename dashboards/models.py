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
