"""Plan and carry out every collection that is due now, without a worker (DESIGN 9)."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from kpis import services


class Command(BaseCommand):
    help = "Collect from every approved source whose window is due, in this process."

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        services.plan_due(now=now)
        ended = Counter(services.run_source(run_id=run_id) for run_id in services.to_ring(now=now))
        self.stdout.write(", ".join(f"{state}: {count}" for state, count in sorted(ended.items())) or "nothing due")
