"""One KPI's running series: its verified readings, the lines they are held against, and what is judged of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F

from core import as_at, clock
from core.errors import Text
from kpis import judgement_wording, wording
from kpis.models import Baseline, Kpi, KpiTarget, Reading, Series
from kpis.numbers import shown
from kpis.rules import periods
from kpis.rules.control import Range, usual_range
from kpis.rules.freshness import TOO_OLD, Coverage, Freshness, coverage, freshness, is_late
from kpis.rules.likely import unmoved
from kpis.rules.outlook import Measurement, Outlook, outlook
from kpis.rules.periods import Frequency
from kpis.rules.rag import Rag, rag
from kpis.rules.targets import in_force, target_of
from kpis.rules.years import Year, by_year
from projects.selectors.course import live_days

FIRST_READINGS = 12  # of a KPI whose project is not live: what its usual range stands on


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
    is_late: bool


@dataclass(frozen=True, slots=True)
class History(judgement_wording.RagInWords):
    """A KPI's running series: its verified readings, and the lines they are held against."""

    kpi: Kpi
    series: Series
    unit: str
    points: tuple[Point, ...]
    baseline: Baseline | None
    targets: tuple[KpiTarget, ...]
    coverage: Coverage
    freshness: Freshness
    live_on: date | None
    as_at: datetime

    @property
    def latest(self) -> Point | None:
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def years(self) -> list[tuple[str, str, Year]]:
        """Name, figure in words and figure of each year, newest first; empty where the KPI is yearly anyway."""
        if self.kpi.frequency == Frequency.YEARLY:
            return []
        definition = self.series.definition
        found = by_year(
            self.points,
            formula=definition.formula,
            aggregation=definition.aggregation,
            frequency=self.kpi.frequency,
            year_kind=self.kpi.year_kind,
        )
        return [
            (periods.label(year.start, Frequency.YEARLY, self.kpi.year_kind), shown(year.value, self.unit), year)
            for year in reversed(found)
        ]

    @property
    def target(self) -> KpiTarget | None:
        return in_force(self.targets, as_at.day())

    def target_of(self, point: Point) -> KpiTarget | None:
        """The target that a reading's period works towards."""
        return target_of(periods.last_day(point.start, self.kpi.frequency), self.targets)

    @property
    def rag(self) -> Rag:
        """Green, amber or red after all readings, or why it is none of them."""
        return rag(
            [
                Measurement(point.value, periods.last_day(point.start, self.kpi.frequency))
                for point in self.points
                if point.value is not None
            ],
            baseline=Measurement(self.baseline.value, self.baseline.period_end) if self.baseline else None,
            target=Measurement(self.target.value, self.target.due_on) if self.target else None,
            direction=self.kpi.definition.direction,
            is_stale=self.freshness in TOO_OLD,
        )

    @property
    def basis(self) -> tuple[Point, ...]:
        """What the usual range stands on: the readings before going live, or the first year of them."""
        known = tuple(point for point in self.points if point.value is not None)
        if self.live_on is None:
            return known[:FIRST_READINGS]
        return tuple(point for point in known if periods.last_day(point.start, self.kpi.frequency) < self.live_on)

    @property
    def usual(self) -> Range | None:
        return usual_range(_values(self.basis), _values(self._after_basis))

    @property
    def signals(self) -> tuple[Point, ...]:
        """Readings outside the usual range, or too many in a row on one side of its mean."""
        usual = self.usual
        return tuple(self._after_basis[place] for place in usual.signals) if usual else ()

    @property
    def usual_words(self) -> Text:
        return judgement_wording.usual_sentence(self)

    @property
    def _after_basis(self) -> tuple[Point, ...]:
        known = tuple(point for point in self.points if point.value is not None)
        return known[len(self.basis) :]

    @property
    def outlook(self) -> Outlook | None:
        """Whether the pace since the baseline brings it to its target; None where there is nothing to judge by."""
        if self.baseline is None or self.latest is None or self.latest.value is None:
            return None
        target = Measurement(self.target.value, self.target.due_on) if self.target else None
        return outlook(
            Measurement(self.baseline.value, self.baseline.period_end),
            Measurement(self.latest.value, periods.last_day(self.latest.start, self.kpi.frequency)),
            target,
            direction=self.kpi.definition.direction,
        )

    @property
    def outlook_words(self) -> Text:
        return judgement_wording.outlook_sentence(self)

    @property
    def finding(self) -> Text:
        """The chart's title: what it shows, in one sentence."""
        return wording.finding(self)

    @property
    def summary(self) -> Text:
        late = sum(point.is_late for point in self.points)
        said = (wording.coverage_sentence(self.coverage), wording.missing_sentence(self), wording.late_sentence(late))
        return wording.together(*said)

    @property
    def same_since(self) -> date | None:
        """The first period of values that have stopped moving; None while they move."""
        known = [point for point in self.points if point.value is not None]
        same = unmoved([point.value for point in known if point.value is not None])
        return known[-same].start if same else None


def histories(kpis: Sequence[Kpi]) -> list[History]:
    """The charts of several KPIs, in five queries: series, readings, baselines, targets, days of going live."""
    by_kpi = {
        series.kpi_id: series
        for series in Series.objects.filter(
            kpi__in=[kpi.pk for kpi in kpis], definition=F("kpi__definition")
        ).select_related("definition")
    }
    points: dict[int, list[Reading]] = {}
    for reading in Reading.objects.standing().filter(series__in=by_kpi.values(), cell=""):
        points.setdefault(reading.series_id, []).append(reading)
    baselines = {baseline.series_id: baseline for baseline in Baseline.objects.filter(series__in=by_kpi.values())}
    targets: dict[int, list[KpiTarget]] = {}
    for target in KpiTarget.objects.filter(kpi__in=by_kpi).order_by("due_on"):
        targets.setdefault(target.kpi_id, []).append(target)
    live = live_days({kpi.project_id: kpi.project for kpi in kpis}.values())
    return [
        _history(
            kpi,
            by_kpi[kpi.pk],
            points.get(by_kpi[kpi.pk].pk, []),
            baselines.get(by_kpi[kpi.pk].pk),
            targets.get(kpi.pk, []),
            live.get(kpi.project_id),
        )
        for kpi in kpis
    ]


def _history(
    kpi: Kpi,
    series: Series,
    readings: Sequence[Reading],
    baseline: Baseline | None,
    targets: Sequence[KpiTarget],
    live_on: date | None,
) -> History:
    today = as_at.day()
    points = tuple(_point(kpi, reading) for reading in readings)
    return History(
        kpi=kpi,
        series=series,
        unit=kpi.definition.in_language("unit"),
        points=points,
        baseline=baseline,
        targets=tuple(targets),
        coverage=coverage(
            {reading.period_start for reading in readings},
            starts_on=series.started_on,
            frequency=kpi.frequency,
            year_kind=kpi.year_kind,
            today=today,
        ),
        freshness=freshness(
            readings[-1].period_start if readings else None,
            starts_on=kpi.starts_on,
            frequency=kpi.frequency,
            year_kind=kpi.year_kind,
            today=today,
            is_unmoved=bool(unmoved([point.value for point in points if point.value is not None])),
        ),
        live_on=live_on,
        as_at=as_at.now(),
    )


def _values(points: Iterable[Point]) -> list[float]:
    return [float(point.value) for point in points if point.value is not None]


def _point(kpi: Kpi, reading: Reading) -> Point:
    return Point(
        start=reading.period_start,
        label=periods.label(reading.period_start, kpi.frequency, kpi.year_kind),
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        revision=reading.revision,
        is_typed=reading.person_id is not None,
        is_late=_is_late(kpi, reading),
    )


def _is_late(kpi: Kpi, reading: Reading) -> bool:
    """After the grace days; what is about a time before the KPI was registered here could not come sooner."""
    before = periods.last_day(reading.period_start, kpi.frequency) < clock.hong_kong_day(kpi.created_at)
    return not before and is_late(clock.hong_kong_day(reading.recorded_at), reading.period_start, kpi.frequency)
