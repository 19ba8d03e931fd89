"""What threatens the next target: slips that cost most, what lapses soon, plans overdue, KPIs off target.

Rows the reader may see.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Count, Window

from accounts.models import User
from core import as_at
from dashboards.boards.kpis import touching_in_use
from dashboards.forecast.selectors import Outlook
from dashboards.keeping import kept
from dashboards.rules.outlook import Influence
from kpis.models import Kpi
from kpis.rules.rag import Rag
from kpis.selectors import Judged, judged, kpi_rows, kpis_of
from projects.models import Milestone, Procedure, Project

SOON = timedelta(days=60)
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Threats:
    """Numbers of all, and the worst of each."""

    slips: list[tuple[Procedure, Influence]]
    lapsing: int
    lapsing_first: Sequence[Procedure]
    overdue: int
    overdue_longest: Sequence[Milestone]
    red: int = 0  # KPIs off target, of projects behind what is counted as in use
    red_first: Sequence[Kpi] = ()

    def __bool__(self) -> bool:
        return bool(self.slips or self.lapsing or self.overdue or self.red)


def threats(user: User, outlook: Outlook) -> Threats:
    """What the register says is everybody's and kept; milestones of drafts the reader may see are added, and KPIs."""
    known, drafts = kept("threats", lambda: _of_register(user, outlook)), _of_drafts(user)
    red = _off_target(user)
    known = replace(known, red=len(red), red_first=kpis_of(red[:SHOWN]))
    if not drafts:
        return known
    longest = sorted([*known.overdue_longest, *drafts], key=lambda one: (one.current_on, one.pk))
    return replace(known, overdue=known.overdue + drafts[0].of_all, overdue_longest=longest[:SHOWN])  # type: ignore[attr-defined] # annotated


def _of_register(user: User, outlook: Outlook) -> Threats:
    today = as_at.day()
    influences = [one for one in (outlook.influences[0] if outlook.influences else ()) if one.missed > 0][:SHOWN]
    procedures = Procedure.objects.visible_to(user).in_bulk([one.key for one in influences])
    lapsing = Procedure.objects.visible_to(user).lapsing_by(today, today + SOON)
    overdue = Milestone.objects.overdue(today).filter(project__status=Project.Status.REGISTERED)
    return Threats(
        slips=[(procedures[one.key], one) for one in influences if one.key in procedures],
        lapsing=lapsing.count(),
        lapsing_first=list(lapsing.order_by("in_use_until", "pk")[:SHOWN]),
        overdue=overdue.count(),
        overdue_longest=list(overdue.select_related("project").order_by("current_on", "pk")[:SHOWN]),
    )


def _off_target(user: User) -> list[Judged]:
    """KPIs that are red by data while a procedure of their project counts, in the order of their references."""
    found = judged(kpi_rows(user).filter(project__in=touching_in_use()), Rag.RED)
    return sorted(found, key=lambda one: one.reference)


def _of_drafts(user: User) -> list[Milestone]:
    rows = Milestone.objects.visible_to(user).overdue(as_at.day()).filter(project__status=Project.Status.DRAFT)
    rows = rows.select_related("project").annotate(of_all=Window(Count("*")))
    return list(rows.order_by("current_on", "pk")[:SHOWN])
