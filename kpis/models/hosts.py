"""How the hosts that the collector calls have answered."""

from django.db import models

from kpis.rules import breaker


class Host(models.Model):
    """One host and port, whatever sources lie on it; shared by all workers. It holds no history: the runs do."""

    place = models.CharField(max_length=270, primary_key=True, help_text="host:port, in lower case.")
    failures = models.PositiveIntegerField(default=0, help_text="In a row, since it last answered.")
    last_called_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.place

    @property
    def is_open(self) -> bool:
        return breaker.is_open(self.failures)
