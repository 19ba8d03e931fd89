"""A KPI's breaches with what was said about them, as far as the reader may see it."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from accounts.models import User
from kpis.models import Breach, FollowUp, Kpi
from kpis.rules import periods


@dataclass(frozen=True, slots=True)
class ToldBreach:
    """One breach, the period that began it in words, and its follow-ups, first one first."""

    breach: Breach
    period: str
    follow_ups: tuple[FollowUp, ...]


def breaches_of(user: User, kpi: Kpi) -> list[ToldBreach]:
    """All breaches of a visible KPI, the newest first. They stay with the KPI: its policies need not ask again."""
    said = Prefetch("follow_ups", queryset=FollowUp.objects.visible_to(user).select_related("said_by"))
    prefetch_related_objects([kpi], Prefetch("breaches", queryset=Breach.objects.prefetch_related(said)))
    return [
        ToldBreach(
            breach,
            periods.label(breach.period_start, kpi.frequency, kpi.year_kind),
            tuple(breach.follow_ups.all()),
        )
        for breach in kpi.breaches.all()
    ]
