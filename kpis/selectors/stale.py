"""Which KPIs of approved sources are without news: overdue for their period, or always the same value."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Subquery

from accounts.models import User
from kpis import stale_wording
from kpis.models import LatestValue, Reading, Source, SourceKpi, StaleSpell
from kpis.rules import periods
from kpis.rules.freshness import Freshness, freshness
from projects.models import Project, Stage

OVERDUE = {Freshness.LATE, Freshness.STALE, Freshness.NONE}


@dataclass(frozen=True, slots=True)
class Stale:
    """A KPI without news, and the first period it lacks or since which its value stands still."""

    link: SourceKpi
    why: StaleSpell.Why
    start: date


def stale_kpis(*, today: date) -> Iterator[Stale]:
    """Of approved sources, in registered projects that are not retired.

    Readings that wait for a person count as come: the source did its part. A returned one does not.
    """
    reported = Reading.objects.filter(series__kpi=OuterRef("kpi"), cell="").reported()
    running = LatestValue.objects.filter(
        series__kpi=OuterRef("kpi"), series__definition=F("series__kpi__definition"), cell=""
    )
    links = SourceKpi.objects.filter(source__status=Source.Status.APPROVED)
    in_use = links.filter(kpi__project__status=Project.Status.REGISTERED).exclude(kpi__project__stage=Stage.RETIRED)
    rows = in_use.select_related("kpi").annotate(
        latest=Subquery(reported.order_by("-period_start").values("period_start")[:1]),
        same_since=Subquery(running.values("same_since")[:1]),
    )
    for link in rows.order_by("source", "kpi__reference"):
        kpi = link.kpi
        found = freshness(
            link.latest,
            starts_on=kpi.starts_on,
            frequency=kpi.frequency,
            year_kind=kpi.year_kind,
            today=today,
            is_unmoved=link.same_since is not None,
        )
        if found in OVERDUE:
            missing = periods.next_start(link.latest, kpi.frequency) if link.latest else kpi.starts_on
            start = periods.start_of(missing, kpi.frequency, kpi.year_kind)
            yield Stale(link, StaleSpell.Why.MISSING, start)
        elif found is Freshness.UNMOVED:
            yield Stale(link, StaleSpell.Why.UNMOVED, link.same_since)


def stale_sentences(user: User, source: Source) -> list[str]:
    """What a visible source gives no news of now."""
    spells = StaleSpell.objects.visible_to(user).open().filter(source=source).select_related("kpi")
    return [stale_wording.sentence(stale_wording.facts_of(spell)) for spell in spells.order_by("kpi__reference")]
