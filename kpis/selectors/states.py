"""The colour, freshness and coverage of many KPIs: as kept with their series, worked out where they are not (yet)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, CharField, Count, F, FilteredRelation, OuterRef, Q, QuerySet, Sum, Value, When

from core import as_at
from kpis.judgement_wording import RagInWords
from kpis.models import Kpi
from kpis.querysets import is_unjudged
from kpis.rules import periods
from kpis.rules.freshness import TOO_OLD, Coverage, Freshness
from kpis.rules.rag import Rag
from kpis.selectors.history import History, histories
from kpis.wording import FreshnessInWords

AT_ONCE = 100  # KPIs whose readings are held in memory
RHYTHM = ("frequency", "year_kind", "running__started_on")


@dataclass(frozen=True, slots=True)
class Judged(RagInWords, FreshnessInWords):
    """What is said of one KPI on the day being read."""

    kpi_id: int
    reference: str
    rag: Rag
    freshness: Freshness
    coverage: Coverage


@dataclass(slots=True)
class Tally:
    """Over many KPIs: how many, by colour and by freshness; readings that are due, and those of them verified."""

    total: int = 0
    by_rag: dict[Rag, int] = field(default_factory=lambda: dict.fromkeys(Rag, 0))
    by_freshness: dict[Freshness, int] = field(default_factory=lambda: dict.fromkeys(Freshness, 0))
    expected: int = 0
    reported: int = 0

    def add(self, rag: str, freshness: str, *, count: int = 1, expected: int, reported: int) -> None:
        self.total += count
        self.by_rag[Rag(rag)] += count
        self.by_freshness[Freshness(freshness)] += count
        self.expected += expected
        self.reported += reported


def tally(kpis: "QuerySet[Kpi]") -> Tally:
    """All of them counted by the database, but for those that are not judged for the day being read."""
    found, waiting = Tally(), []
    if as_at.current():
        waiting = list(kpis.values_list("pk", flat=True))
    else:
        groups = _kept(kpis).values(*RHYTHM, "colour", "fresh", "waits")
        counts = {"count": Count("pk"), "have": Sum("running__state__reported")}
        due = _due_today()
        for group in groups.annotate(**counts, keys=ArrayAgg("pk", filter=Q(waits=True), default=[])):
            waiting += group["keys"]
            if not group["waits"]:
                count = group["count"]
                expected = count * due(*(group[name] for name in RHYTHM))
                found.add(group["colour"], group["fresh"], count=count, expected=expected, reported=group["have"])
    for one in _worked_out(waiting):
        found.add(one.rag, one.freshness, expected=one.coverage.due, reported=one.coverage.have)
    return found


def judged(kpis: "QuerySet[Kpi]", rag: Rag | None = None) -> list[Judged]:
    """Each of them, or those of one colour, without their readings; in no order."""
    return [one for one in _judged(kpis, rag) if rag in (None, one.rag)]


def _judged(kpis: "QuerySet[Kpi]", rag: Rag | None) -> list[Judged]:
    """At least those of the colour."""
    if as_at.current():
        return list(_worked_out(list(kpis.values_list("pk", flat=True))))
    found, waiting, due = [], [], _due_today()
    asked = _kept(kpis).filter(Q(waits=True) | Q(colour=rag.value)) if rag else _kept(kpis)
    rows = asked.values_list("pk", "reference", "colour", "fresh", "waits", "running__state__reported", *RHYTHM)
    for key, reference, colour, fresh, waits, reported, *rhythm in rows:
        if waits:
            waiting.append(key)
        else:
            found.append(Judged(key, reference, Rag(colour), Freshness(fresh), Coverage(reported, due(*rhythm))))
    return [*found, *_worked_out(waiting)]


def judged_of(history: History) -> Judged:
    """The same of one KPI whose readings are at hand."""
    return Judged(history.kpi.pk, history.kpi.reference, history.rag, history.freshness, history.coverage)


def astray() -> Iterator[tuple[Judged, Judged]]:
    """As it is kept and as its readings say, where these differ. Both are to be read from one snapshot."""
    kept = {one.kpi_id: one for one in judged(Kpi.objects.all())}
    for found in _worked_out(list(kept)):
        told = kept[found.kpi_id]
        if replace(found, coverage=told.coverage) != told or found.coverage.counts != told.coverage.counts:
            yield told, found


def kpis_of(some: Iterable[Judged]) -> list[Kpi]:
    """The KPIs themselves, in the same order, with their projects and definitions."""
    some = list(some)
    found = Kpi.objects.select_related("project", "definition").in_bulk([one.kpi_id for one in some])
    return [found[one.kpi_id] for one in some]


def _due_today() -> Callable[[str, str, date], int]:
    """How many periods of a rhythm are over today, worked out once for each."""
    today = as_at.day()
    return cache(lambda frequency, kind, first: periods.how_many_ended(first, today, frequency, kind))


def _kept(kpis: "QuerySet[Kpi]") -> "QuerySet[Kpi]":
    """The KPIs with the kept state of their running series: `colour`, `fresh`, and `waits` where it is not to be used.

    One statement says all of it, so a change falls on one side or the other.
    """
    rows = Kpi.objects.filter(pk__in=kpis.order_by().values("pk")).order_by()
    rows = rows.annotate(running=FilteredRelation("series", condition=Q(series__definition=F("definition"))))
    today = as_at.day()
    waits = is_unjudged(OuterRef("running"), today, "running__state")
    return rows.annotate(fresh=_freshness(today), colour=_colour(), waits=waits)


def _freshness(today: date) -> Case:
    """`rules.freshness.freshness` from the days on which readings are overdue."""
    is_late, is_stale = Q(running__state__late_on__lte=today), Q(running__state__stale_on__lte=today)
    never = Q(running__state__through__isnull=True)
    return Case(
        When(never & is_late, then=Value(Freshness.NONE.value)),
        When(never, then=Value(Freshness.NOT_DUE.value)),
        When(is_stale, then=Value(Freshness.STALE.value)),
        When(is_late, then=Value(Freshness.LATE.value)),
        When(running__state__is_unmoved=True, then=Value(Freshness.UNMOVED.value)),
        default=Value(Freshness.FRESH.value),
        output_field=CharField(),
    )


def _colour() -> Case:
    """A colour of readings that are too old, or have stopped moving, is not shown as it was."""
    too_old = Q(fresh__in=[one.value for one in TOO_OLD]) & ~Q(running__state__colour=Rag.NONE.value)
    return Case(When(too_old, then=Value(Rag.STALE.value)), default=F("running__state__colour"))


def _worked_out(keys: Sequence[int]) -> Iterator[Judged]:
    """From their readings, a few KPIs at once."""
    for first in range(0, len(keys), AT_ONCE):
        some = Kpi.objects.filter(pk__in=keys[first : first + AT_ONCE]).select_related("project", "definition")
        yield from map(judged_of, histories(list(some)))
