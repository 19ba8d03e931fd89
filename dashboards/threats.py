"""What threatens the next target: slips that cost most, what lapses soon, plans overdue. Rows the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from core import as_at
from dashboards.forecast.selectors import Outlook
from dashboards.keeping import kept
from dashboards.rules.outlook import Influence
from projects.models import Milestone, Procedure

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

    def __bool__(self) -> bool:
        return bool(self.slips or self.lapsing or self.overdue)


def threats(user: User, outlook: Outlook) -> Threats:
    today = as_at.day()
    influences = [one for one in (outlook.influences[0] if outlook.influences else ()) if one.missed > 0][:SHOWN]
    procedures = Procedure.objects.visible_to(user).in_bulk([one.key for one in influences])
    lapsing, first = kept("lapsing", _lapsing)
    lapsing_rows = Procedure.objects.visible_to(user).in_bulk(first) if first else {}
    overdue = Milestone.objects.visible_to(user).filter(
        done_on__isnull=True, withdrawn_at__isnull=True, current_on__lt=today, project__left_on__isnull=True
    )
    return Threats(
        slips=[(procedures[one.key], one) for one in influences if one.key in procedures],
        lapsing=lapsing,
        lapsing_first=[lapsing_rows[key] for key in first if key in lapsing_rows],
        overdue=overdue.count(),
        overdue_longest=list(overdue.select_related("project").order_by("current_on", "pk")[:SHOWN]),
    )


def _lapsing() -> tuple[int, list[int]]:
    """How many lapse soon unless attested, and the keys of the first; the same for everybody."""
    today = as_at.day()
    rows = Procedure.objects.in_use(today).filter(in_use_until__lte=today + SOON)
    return rows.count(), list(rows.order_by("in_use_until", "pk").values_list("pk", flat=True)[:SHOWN])
