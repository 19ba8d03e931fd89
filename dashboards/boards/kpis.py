"""KPIs by colour and by how fresh their readings are, under the filters of the address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
import django_filters as filters

from core import as_at
from kpis import judgement_wording, wording
from kpis.filters import KpiFilter
from kpis.models import Kpi
from kpis.rules.freshness import ARRIVED
from kpis.rules.rag import Rag
from kpis.selectors import Judged, Line, Tally, judged, kpis_of, lines
from projects.models import Procedure, Project

WORST_FIRST = (Rag.RED, Rag.AMBER, Rag.STALE, Rag.GREEN, Rag.NONE)
THERE = "there"  # asks for readings that came when they were due, as reports count them


class KpiBoardFilter(KpiFilter):
    """The filters of the list, and the two states that are worked out from the readings."""

    rag = filters.ChoiceFilter(
        choices=[(one.value, words) for one, words in judgement_wording.RAG.items()],
        method="later",
        label=_("Colour by data"),
        empty_label=_("Any colour"),
    )
    freshness = filters.ChoiceFilter(
        choices=[*((one.value, words) for one, words in wording.FRESHNESS.items()), (THERE, _("There and verified"))],
        method="later",
        label=_("Freshness"),
        empty_label=_("Any freshness"),
    )

    counted = filters.ChoiceFilter(
        choices=[("yes", _("procedures in use"))],
        method="of_counted",
        label=_("Measures"),
        empty_label=_("Anything"),
    )

    def of_counted(self, rows: "QuerySet[Kpi]", name: str, value: str) -> "QuerySet[Kpi]":
        """KPIs of projects that touch a procedure which is in use on the day being read."""
        return rows.filter(project__in=touching_in_use())

    def later(self, rows: "QuerySet[Kpi]", name: str, value: str) -> "QuerySet[Kpi]":
        """Not asked of the database: `board` keeps the rows whose readings say so."""
        return rows


def touching_in_use() -> "QuerySet[Project]":
    """Projects behind the headline: they touch a procedure in use."""
    return Project.objects.filter(procedure_links__procedure__in=Procedure.objects.in_use(as_at.day()))


@dataclass(frozen=True, slots=True)
class KpiBoard:
    """Counts over the KPIs of the other filters; `shown` are those of the colour and freshness chosen."""

    as_at: datetime
    tally: Tally
    shown: Sequence[Judged]


def board(kpis: "QuerySet[Kpi]", *, rag: str = "", freshness: str = "") -> KpiBoard:
    """Judged by one calculation with the KPI's own page; the worst first, those without data last."""
    found, counted = judged(kpis), Tally()
    for one in found:
        counted.add(one.rag, one.freshness, expected=one.coverage.due, reported=one.coverage.have)
    fresh = ARRIVED if freshness == THERE else (freshness,)
    shown = [one for one in found if rag in ("", one.rag) and (not freshness or one.freshness in fresh)]
    shown.sort(key=lambda one: (WORST_FIRST.index(one.rag), one.reference))
    return KpiBoard(as_at.now(), counted, shown)


def lines_of(page: Iterable[Judged]) -> list[tuple[Line, Judged]]:
    """A page's KPIs with their latest values and targets."""
    page = list(page)
    return list(zip(lines(kpis_of(page)), page, strict=True))
