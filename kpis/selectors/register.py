"""The KPIs and sources themselves: rows of lists, the history of one, what waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.rights import departments_of
from core import as_at
from core.errors import Text
from kpis import wording
from kpis.models import (
    CollectionRun,
    Definition,
    Host,
    Kpi,
    KpiTarget,
    PeriodLock,
    Reading,
    ReadingDraft,
    Series,
    Source,
    StaleSpell,
)
from kpis.numbers import shown
from kpis.rules import judgement, periods
from kpis.rules.freshness import Freshness, freshness
from kpis.rules.judgement import Standing
from kpis.rules.locks import last_word
from kpis.rules.targets import in_force
from kpis.selectors.history import History, histories
from kpis.selectors.latest import Latest, latest_values

RUNS_SHOWN = 10
MOST_OFFERED = 200  # KPIs on one proposal


@dataclass(frozen=True, slots=True)
class Line(wording.FreshnessInWords):
    """A KPI on a list."""

    kpi: Kpi
    unit: str
    latest: Latest | None
    target: KpiTarget | None
    freshness: Freshness
    standing: Standing

    @property
    def value(self) -> str:
        return shown(self.latest.value if self.latest else None, self.unit)

    @property
    def period(self) -> str:
        return periods.label(self.latest.period_start, self.kpi.frequency, self.kpi.year_kind) if self.latest else ""

    @property
    def standing_words(self) -> Text:
        return wording.STANDING[self.standing]

    @property
    def standing_tone(self) -> str:
        return wording.STANDING_TONES[self.standing]

    @property
    def target_words(self) -> str:
        return shown(self.target.value, self.unit) if self.target else ""


def lines(kpis: Iterable[Kpi]) -> list[Line]:
    """The lines of a page of KPIs, in three queries however many there are; of a past day from all their readings."""
    kpis = list(kpis)
    if as_at.current():  # the newest values are kept of today alone
        return [line_of(history) for history in histories(kpis)]
    keys = [kpi.pk for kpi in kpis]
    latest = latest_values(keys)
    today = as_at.day()
    targets: dict[int, list[KpiTarget]] = {}
    for target in KpiTarget.objects.filter(kpi__in=keys).order_by("due_on"):
        targets.setdefault(target.kpi_id, []).append(target)
    return [_line(kpi, latest.get(kpi.pk), targets.get(kpi.pk, []), today) for kpi in kpis]


def line_of(history: History) -> Line:
    """The line of one KPI whose readings are at hand, without asking for them again."""
    last = history.points[-1] if history.points else None
    latest = Latest(last.start, last.value, history.same_since) if last else None
    return _line(history.kpi, latest, history.targets, as_at.day())


def kpi_rows(user: User) -> "QuerySet[Kpi]":
    return Kpi.objects.visible_to(user).select_related("project", "definition")


def measures(user: User) -> "QuerySet[Definition]":
    """The library's measures in their newest version, each with how many visible KPIs follow any of its versions."""
    followed = Kpi.objects.visible_to(user).filter(definition__key=OuterRef("key")).order_by()
    counted = followed.values("definition__key").annotate(count=Count("pk")).values("count")
    rows = Definition.objects.visible_to(user).newest()
    return rows.annotate(followed=Coalesce(Subquery(counted), 0)).order_by("key")


def waiting_readings(user: User, series: Series) -> list[Reading]:
    """Readings of a series that wait for a second person, where the reader may see them."""
    seen = Reading.objects.visible_to(user).filter(series=series)
    return list(seen.waiting().select_related("person").order_by("-period_start", "cell"))


def draft_of(user: User, kpi: Kpi) -> ReadingDraft | None:
    """What this person has typed of a reading of the KPI and not reported."""
    return ReadingDraft.objects.visible_to(user).filter(kpi=kpi).first()


def locked_until(user: User, kpi: Kpi) -> date | None:
    """The last day whose periods are locked for a visible KPI; None if none is."""
    words = PeriodLock.objects.visible_to(user).filter(Q(kpi__isnull=True) | Q(kpi=kpi)).last_words()
    return last_word(kpi.pk, words)


def source_of(user: User, kpi: Kpi) -> Source | None:
    return Source.objects.visible_to(user).filter(links__kpi=kpi).select_related("approved_by").first()


def told_runs(source: Source) -> list[tuple[CollectionRun, str, Text]]:
    """The source's last runs, each with its tone and why it refused something."""
    return [(run, wording.RUN_TONES[run.state], wording.run_sentence(run)) for run in source.runs.all()[:RUNS_SHOWN]]


def host_words(source: Source) -> Text:
    """Why its host is left alone; empty while it answers."""
    is_open = any(host.is_open for host in Host.objects.filter(place=source.place))
    return wording.refusal_sentence("host.away") if is_open else ""


def source_rows(user: User) -> "QuerySet[Source]":
    rows = Source.objects.visible_to(user).select_related("department", "proposed_by", "approved_by")
    stale = StaleSpell.objects.open().filter(source=OuterRef("pk"))
    return rows.annotate(reported=Count("links"), is_stale=Exists(stale)).order_by("reference")


def kpis_without_source(user: User) -> list[Kpi]:
    """KPIs of the person's own departments that a new source could report."""
    own = kpi_rows(user).filter(project__department__in=departments_of(user.person_id), source_link__isnull=True)
    return list(own.order_by("reference")[:MOST_OFFERED])


def _line(kpi: Kpi, latest: Latest | None, targets: Sequence[KpiTarget], today: date) -> Line:
    target = in_force(targets, today)
    state = freshness(
        latest.period_start if latest else None,
        starts_on=kpi.starts_on,
        frequency=kpi.frequency,
        year_kind=kpi.year_kind,
        today=today,
        is_unmoved=bool(latest and latest.same_since),
    )
    standing = judgement.against_target(
        latest.value if latest else None, target.value if target else None, direction=kpi.definition.direction
    )
    return Line(kpi, kpi.definition.in_language("unit"), latest, target, state, standing)
