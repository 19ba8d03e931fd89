"""Which typed readings are due: the first period of each KPI that is over and that nobody has reported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from kpis.models import Kpi, Reading
from kpis.rules import periods
from kpis.rules.freshness import GRACE
from projects.models import Project, Stage


@dataclass(frozen=True, slots=True)
class Due:
    """One reading that its KPI's owner reports by the end of `due_on`."""

    kpi: Kpi
    start: date
    due_on: date

    @property
    def period(self) -> str:
        return periods.label(self.start, self.kpi.frequency, self.kpi.year_kind)


def readings_due(kpis: "QuerySet[Kpi]", *, today: date) -> Iterator[Due]:
    """Of those KPIs that no source reports, in registered projects that are not retired."""
    reported = Reading.objects.filter(series__kpi=OuterRef("pk"), cell="").reported()
    typed = kpis.filter(source_link__isnull=True, project__status=Project.Status.REGISTERED)
    latest = Subquery(reported.order_by("-period_start").values("period_start")[:1])
    rows = typed.exclude(project__stage=Stage.RETIRED).select_related("definition", "owner")
    for kpi in rows.annotate(latest=latest).order_by("reference"):
        start = _next_period(kpi, kpi.latest)
        if periods.has_ended(start, kpi.frequency, today=today):
            grace = timedelta(days=GRACE[periods.Frequency(kpi.frequency)])
            yield Due(kpi, start, periods.last_day(start, kpi.frequency) + grace)


def _next_period(kpi: Kpi, latest: date | None) -> date:
    if latest is not None:
        return periods.next_start(latest, kpi.frequency)
    return periods.start_of(kpi.starts_on, kpi.frequency, kpi.year_kind)
