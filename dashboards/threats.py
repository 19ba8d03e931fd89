"""What threatens the next target: slips that cost most, what lapses soon, plans overdue, KPIs off target.

Rows the reader may see.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Count, Window

from accounts.models import User
from core import as_at
from dashboards.boards.kpis import KpiBoard, touching_in_use
from dashboards.forecast.selectors import Outlook
from dashboards.keeping import kept
from dashboards.rules.outlook import Influence
from kpis.models import Kpi
from kpis.rules.rag import Rag
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
    red: Sequence[Kpi] = ()  # off target, of projects behind what is counted as in use

    def __bool__(self) -> bool:
        return bool(self.slips or self.lapsing or self.overdue or self.red)


def threats(user: User, outlook: Outlook, kpis: KpiBoard) -> Threats:
    """What the register says is everybody's and kept; milestones of drafts the reader may see are added, and KPIs."""
    known, drafts = kept("threats", lambda: _of_register(user, outlook)), _of_drafts(user)
    known = replace(known, red=_off_target(kpis))
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


def _off_target(kpis: KpiBoard) -> list[Kpi]:
    """KPIs that are red by data while the procedures of their project count; the overview judged them already."""
    counted = kept("counted-projects", lambda: set(touching_in_use().order_by().values_list("pk", flat=True)))
    return [one.kpi for one in kpis.shown if one.kpi.project_id in counted and one.rag is Rag.RED]


def _of_drafts(user: User) -> list[Milestone]:
    rows = Milestone.objects.visible_to(user).overdue(as_at.day()).filter(project__status=Project.Status.DRAFT)
    rows = rows.select_related("project").annotate(of_all=Window(Count("*")))
    return list(rows.order_by("current_on", "pk")[:SHOWN])
