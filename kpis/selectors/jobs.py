"""The job monitor: runs of visible sources, and how the machinery behind them does."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from accounts.models import User
from core import health, outbox
from core.errors import Text
from core.models import Heartbeat
from kpis import wording
from kpis.models import CollectionRun, RunState

WAITS = Q(state__in=[RunState.PLANNED, RunState.FAILED])


@dataclass(frozen=True, slots=True)
class Job:
    """A run on the monitor."""

    run: CollectionRun

    @property
    def tone(self) -> str:
        return wording.RUN_TONES[self.run.state]

    @property
    def reason_words(self) -> Text:
        return wording.run_sentence(self.run)

    @property
    def next_try(self) -> datetime | None:
        """When a failed run is tried again at the earliest."""
        return self.run.lease_until if self.run.state == RunState.FAILED else None


@dataclass(frozen=True, slots=True)
class Machinery:
    """What an administrator looks at first."""

    waiting: int
    oldest_waiting: datetime | None
    dead: int
    schedule_heard_at: datetime | None
    outbox_seconds: int  # age of the oldest effect that still waits

    @property
    def outbox_words(self) -> str:
        return wording.lasted(self.outbox_seconds)


def job_rows(user: User) -> "QuerySet[CollectionRun]":
    """Newest first."""
    rows = CollectionRun.objects.visible_to(user).select_related("source__department")
    return rows.order_by("-planned_at", "-pk")


def machinery() -> Machinery:
    counts = CollectionRun.objects.aggregate(
        waiting=Count("pk", filter=WAITS),
        oldest_waiting=Min("planned_at", filter=WAITS),
        dead=Count("pk", filter=Q(state=RunState.DEAD)),
    )
    heard = Heartbeat.objects.filter(name=health.SCHEDULE).values_list("heard_at", flat=True).first()
    return Machinery(**counts, schedule_heard_at=heard, outbox_seconds=round(outbox.oldest_waiting_seconds()))
