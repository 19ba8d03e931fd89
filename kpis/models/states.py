"""What each series says at present, kept so that counting colours does not read every reading again."""

from django.db import models

from kpis.models.definitions import DIGITS, PLACES, Series


class SeriesState(models.Model):
    """`rules.state.State` of a series on the day it was judged, unless `Unjudged` names the series."""

    series = models.OneToOneField(Series, on_delete=models.CASCADE, primary_key=True, related_name="state")
    judged_on = models.DateField(help_text="Hong Kong day.")
    holds_until = models.DateField(null=True, help_text="Last day for which it is true; empty for ever.")
    through = models.DateField(null=True, help_text="The last period with a verified reading.")
    colour = models.CharField(max_length=5, help_text="Of the values, however old they are (`rules.rag.Rag`).")
    reported = models.PositiveIntegerField(help_text="Verified periods that are over.")
    last_value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    same = models.PositiveIntegerField(help_text="How many of the last values are equal.")
    is_unmoved = models.BooleanField(help_text="That is strange, since they moved before.")
    late_on = models.DateField(help_text="From this day on one reading is overdue, if none comes.")
    stale_on = models.DateField(help_text="From this day on two are.")

    def __str__(self) -> str:
        return f"{self.series_id} {self.colour}"


class Unjudged(models.Model):
    """A series of which something changed since its state was kept; written by the database itself (migration 0022).

    Each statement adds a row in its own transaction, so whoever sees the change sees the row.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    period_start = models.DateField(null=True, help_text="The earliest period spoken of; empty for all of them.")

    def __str__(self) -> str:
        return f"{self.series_id} {self.period_start}"
