"""What going live did to a KPI: the readings on both sides, the units to compare with, and the verdict on them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import fmean, pstdev

from accounts.models import User
from core.errors import Text
from kpis import judgement_wording
from kpis.models import Kpi, Reading
from kpis.models.definitions import Formula
from kpis.numbers import shown
from kpis.rules import effect as rules
from kpis.rules import periods
from kpis.rules.effect import Estimate, Expected, Missing, Verdict
from kpis.selectors.history import History, Point
from kpis.selectors.register import kpi_rows
from projects.selectors.course import live_days

MOST_COMPARED = 50  # units


@dataclass(frozen=True, slots=True)
class Effect:
    """Readings before and after the first day live, what was lacking or found, and which KPIs it was compared with.

    The period that holds the first day is on neither side, unless it begins with it. `estimate` is None while
    readings are `missing`.
    """

    history: History
    went_live_on: date
    before: tuple[Point, ...]
    after: tuple[Point, ...]
    missing: Missing
    estimate: Estimate | None
    verdict: Verdict
    compared: tuple[Kpi, ...]

    @property
    def kpi(self) -> Kpi:
        return self.history.kpi

    @property
    def raw_before(self) -> Decimal | None:
        return _typical(self.kpi, self.before)

    @property
    def raw_after(self) -> Decimal | None:
        return _typical(self.kpi, self.after)

    @property
    def raw_change(self) -> Decimal | None:
        """The plain difference between the two, which a trend, a season or chance may explain."""
        if self.raw_before is None or self.raw_after is None:
            return None
        return self.raw_after - self.raw_before

    @property
    def raw_words(self) -> str:
        return f"{shown(self.raw_before)} → {shown(self.raw_after, self.history.unit)}"

    @property
    def expected(self) -> dict[date, Expected]:
        """By the first day of each period after going live."""
        if self.estimate is None:
            return {}
        return {point.start: one for point, one in zip(self.after, self.estimate.expected, strict=True)}

    @property
    def sentence(self) -> Text:
        return judgement_wording.effect_sentence(self)

    @property
    def verdict_words(self) -> Text:
        return judgement_wording.VERDICTS[self.verdict]

    @property
    def verdict_tone(self) -> str:
        return judgement_wording.VERDICT_TONES[self.verdict]

    @property
    def held_constant(self) -> Text:
        return judgement_wording.held_constant(self)


def effect_of(user: User, history: History) -> Effect | None:
    """The effect on the running series; None while the project is not live."""
    kpi = history.kpi
    live = history.live_on
    if live is None:
        return None
    known = [point for point in history.points if point.value is not None]
    before = tuple(point for point in known if periods.last_day(point.start, kpi.frequency) < live)
    after = tuple(point for point in known if point.start >= live)
    missing = rules.missing(len(before), len(after), frequency=kpi.frequency)
    if missing:
        return Effect(history, live, before, after, missing, None, Verdict.TOO_EARLY, ())
    numbered = {side: _numbered(kpi, points) for side, points in (("before", before), ("after", after))}
    units = _comparison(user, kpi, numbered["before"], numbered["after"], until=after[-1].start)
    found = rules.estimate(
        numbered["before"], numbered["after"], frequency=kpi.frequency, comparison=_mean_of(units.values())
    )
    verdict = rules.verdict(found, direction=kpi.definition.direction)
    return Effect(history, live, before, after, missing, found, verdict, tuple(units))


def _numbered(kpi: Kpi, points: Iterable[Point]) -> dict[int, float]:
    return {
        periods.number(point.start, kpi.frequency): float(point.value) for point in points if point.value is not None
    }


def _comparison(
    user: User, kpi: Kpi, before: Mapping[int, float], after: Mapping[int, float], *, until: date
) -> dict[Kpi, dict[int, float]]:
    """KPIs of the same definition and rhythm whose projects had not started, with a reading in each period used.

    Each is brought to its own mean and spread before go-live, so that a large unit does not speak for all.
    """
    alike = kpi_rows(user).filter(
        definition=kpi.definition, frequency=kpi.frequency, year_kind=kpi.year_kind, project__status="registered"
    )
    others = list(alike.exclude(project=kpi.project).order_by("reference")[:MOST_COMPARED])
    begun = live_days([other.project for other in others])
    waiting = {other.pk: other for other in others if begun.get(other.project_id, date.max) > until}
    rows: dict[int, dict[int, float]] = {key: {} for key in waiting}
    readings = Reading.objects.standing().select_related("series")
    of_waiting = readings.filter(series__kpi__in=waiting, series__definition=kpi.definition, cell="")
    for reading in of_waiting.filter(period_start__lte=until, value__isnull=False):
        rows[reading.series.kpi_id][periods.number(reading.period_start, kpi.frequency)] = float(reading.value or 0)
    used = [*before, *after]
    return {
        waiting[key]: _standardised(row, list(before))
        for key, row in rows.items()
        if all(period in row for period in used) and pstdev(row[period] for period in before) > 0
    }


def _standardised(row: Mapping[int, float], before: Sequence[int]) -> dict[int, float]:
    middle, spread = fmean(row[period] for period in before), pstdev(row[period] for period in before)
    return {period: (value - middle) / spread for period, value in row.items()}


def _mean_of(rows: Iterable[Mapping[int, float]]) -> dict[int, float] | None:
    rows = list(rows)
    if not rows:
        return None
    shared = set.intersection(*(set(row) for row in rows))
    return {period: fmean(row[period] for row in rows) for period in shared}


def _typical(kpi: Kpi, points: Sequence[Point]) -> Decimal | None:
    """Of a ratio, all numerators by all denominators; else the mean of the periods. None without readings."""
    if not points:
        return None
    if not kpi.definition.is_ratio:
        return sum((point.value or Decimal(0) for point in points), Decimal(0)) / len(points)
    numerators = sum((point.numerator or Decimal(0) for point in points), Decimal(0))
    denominators = sum((point.denominator or Decimal(0) for point in points), Decimal(0))
    factor = 100 if kpi.definition.formula == Formula.PERCENTAGE else 1
    return factor * numerators / denominators
