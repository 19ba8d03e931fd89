"""KPIs by colour and by how fresh their readings are, under the filters of the address."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
import django_filters as filters

from core import as_at
from kpis import judgement_wording, wording
from kpis.filters import KpiFilter
from kpis.models import Kpi
from kpis.rules.freshness import Freshness
from kpis.rules.rag import Rag
from kpis.selectors import History, histories
from projects.models import Procedure, Project


class KpiBoardFilter(KpiFilter):
    """The filters of the list, and the two states that are worked out from the readings."""

    rag = filters.ChoiceFilter(
        choices=[(one.value, words) for one, words in judgement_wording.RAG.items()],
        method="later",
        label=_("Colour by data"),
        empty_label=_("Any colour"),
    )
    freshness = filters.ChoiceFilter(
        choices=[(one.value, words) for one, words in wording.FRESHNESS.items()],
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
    total: int
    by_rag: dict[Rag, int]
    by_freshness: dict[Freshness, int]
    expected: int
    reported: int
    shown: Sequence[History]


def board(kpis: "QuerySet[Kpi]", *, rag: str = "", freshness: str = "") -> KpiBoard:
    """Judged by one calculation with the KPI's own page; the worst first, those without data last."""
    found = histories(list(kpis))
    judged = [(history, history.rag) for history in found]
    worst = [Rag.RED, Rag.AMBER, Rag.STALE, Rag.GREEN, Rag.NONE]
    shown = [
        (worst.index(colour), history.kpi.reference, history)
        for history, colour in judged
        if rag in ("", colour) and freshness in ("", history.freshness)
    ]
    colours = Counter(colour for _history, colour in judged)
    states = Counter(history.freshness for history in found)
    return KpiBoard(
        as_at=as_at.now(),
        total=len(found),
        by_rag={one: colours[one] for one in Rag},
        by_freshness={one: states[one] for one in Freshness},
        expected=sum(history.coverage.due for history in found),
        reported=sum(history.coverage.have for history in found),
        shown=[history for *_order, history in sorted(shown, key=lambda one: one[:2])],
    )
