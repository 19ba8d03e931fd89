"""What the KPI pages show, read from what the reader may see. No writing, no HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, QuerySet

from accounts.models import User
from core import clock
from core.errors import Text
from kpis import wording
from kpis.models import Baseline, CollectionRun, Kpi, KpiTarget, LatestValue, Reading, Series, Source
from kpis.numbers import shown
from kpis.rules import judgement, periods
from kpis.rules.freshness import Coverage, Freshness, coverage, freshness
from kpis.rules.judgement import Standing
from kpis.services.definitions import current_series

RUNS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Point:
    """One verified reading of the chart, and of the table beside it."""

    start: date
    label: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    revision: int
    is_typed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A KPI on a list."""

    kpi: Kpi
    unit: str
    latest: LatestValue | None
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
    def freshness_words(self) -> Text:
        return wording.FRESHNESS[self.freshness]

    @property
    def freshness_tone(self) -> str:
        return wording.FRESHNESS_TONES[self.freshness]

    @property
    def standing_words(self) -> Text:
        return wording.STANDING[self.standing]

    @property
    def standing_tone(self) -> str:
        return wording.STANDING_TONES[self.standing]

    @property
    def target_words(self) -> str:
        return shown(self.target.value, self.unit) if self.target else ""


@dataclass(frozen=True, slots=True)
class History:
    """A KPI's running series: its verified readings, and the lines they are held against."""

    kpi: Kpi
    series: Series
    unit: str
    points: tuple[Point, ...]
    baseline: Baseline | None
    targets: tuple[KpiTarget, ...]
    coverage: Coverage
    as_at: datetime

    @property
    def latest(self) -> Point | None:
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def finding(self) -> Text:
        """The chart's title: what it shows, in one sentence."""
        return wording.finding(self)

    @property
    def summary(self) -> Text:
        return wording.coverage_sentence(self.coverage)


def lines(kpis: Iterable[Kpi]) -> list[Line]:
    """The lines of a page of KPIs, in three queries however many there are."""
    kpis = list(kpis)
    keys = [kpi.pk for kpi in kpis]
    running = LatestValue.objects.filter(
        series__kpi__in=keys, series__definition=F("series__kpi__definition"), cell=""
    ).select_related("series")
    latest = {value.series.kpi_id: value for value in running}
    today = clock.today()
    targets: dict[int, list[KpiTarget]] = {}
    for target in KpiTarget.objects.filter(kpi__in=keys).order_by("due_on"):
        targets.setdefault(target.kpi_id, []).append(target)
    return [_line(kpi, latest.get(kpi.pk), targets.get(kpi.pk, []), today) for kpi in kpis]


def kpi_rows(user: User) -> "QuerySet[Kpi]":
    return Kpi.objects.visible_to(user).select_related("project", "definition")


def histories(kpis: Sequence[Kpi]) -> list[History]:
    """The charts of several KPIs, in four queries: series, readings, baselines, targets."""
    by_kpi = {
        series.kpi_id: series
        for series in Series.objects.filter(kpi__in=[kpi.pk for kpi in kpis], definition=F("kpi__definition"))
    }
    points: dict[int, list[Reading]] = {}
    for reading in Reading.objects.standing().filter(series__in=by_kpi.values(), cell=""):
        points.setdefault(reading.series_id, []).append(reading)
    baselines = {baseline.series_id: baseline for baseline in Baseline.objects.filter(series__in=by_kpi.values())}
    targets: dict[int, list[KpiTarget]] = {}
    for target in KpiTarget.objects.filter(kpi__in=by_kpi).order_by("due_on"):
        targets.setdefault(target.kpi_id, []).append(target)
    return [
        _history(
            kpi,
            by_kpi[kpi.pk],
            points.get(by_kpi[kpi.pk].pk, []),
            baselines.get(by_kpi[kpi.pk].pk),
            targets.get(kpi.pk, []),
        )
        for kpi in kpis
    ]


def waiting_readings(user: User, kpi: Kpi) -> list[Reading]:
    """Readings of the running series that wait for a second person, where the reader may see them."""
    seen = Reading.objects.visible_to(user).filter(series=current_series(kpi), cell="")
    return list(seen.waiting().select_related("person").order_by("-period_start"))


def source_of(user: User, kpi: Kpi) -> Source | None:
    return Source.objects.visible_to(user).filter(links__kpi=kpi).select_related("approved_by").first()


def last_runs(source: Source) -> list[CollectionRun]:
    return list(source.runs.all()[:RUNS_SHOWN])


def _line(kpi: Kpi, latest: LatestValue | None, targets: Sequence[KpiTarget], today: date) -> Line:
    target = next((one for one in targets if one.due_on >= today), targets[-1] if targets else None)
    state = freshness(
        latest.period_start if latest else None,
        starts_on=kpi.starts_on,
        frequency=kpi.frequency,
        year_kind=kpi.year_kind,
        today=today,
    )
    standing = judgement.against_target(
        latest.value if latest else None, target.value if target else None, direction=kpi.definition.direction
    )
    return Line(kpi, kpi.definition.in_language("unit"), latest, target, state, standing)


def _history(
    kpi: Kpi,
    series: Series,
    readings: Sequence[Reading],
    baseline: Baseline | None,
    targets: Sequence[KpiTarget],
) -> History:
    return History(
        kpi=kpi,
        series=series,
        unit=kpi.definition.in_language("unit"),
        points=tuple(_point(kpi, reading) for reading in readings),
        baseline=baseline,
        targets=tuple(targets),
        coverage=coverage(
            {reading.period_start for reading in readings},
            starts_on=series.started_on,
            frequency=kpi.frequency,
            year_kind=kpi.year_kind,
            today=clock.today(),
        ),
        as_at=clock.now(),
    )


def _point(kpi: Kpi, reading: Reading) -> Point:
    return Point(
        start=reading.period_start,
        label=periods.label(reading.period_start, kpi.frequency, kpi.year_kind),
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        revision=reading.revision,
        is_typed=reading.person_id is not None,
    )
