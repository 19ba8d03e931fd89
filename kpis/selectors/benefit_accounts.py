"""What the readings of a benefit say now, for the page, the review and the comparison with an earlier review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpis.models import Baseline, Benefit, Reading, Series
from kpis.rules.benefits import Formula, Result, Window, fits, promised_within, realised, window


@dataclass(frozen=True, slots=True)
class Account:
    """`missing` are periods without a verified reading; `result` is None until nothing is missing."""

    window: Window
    readings: Sequence[Reading]
    missing: Sequence[date]
    baseline: Decimal | None
    promised: Decimal
    is_measurable: bool
    result: Result | None


def account_of(benefit: Benefit, live_on: date, months: int) -> Account | None:
    """None where no whole period of the KPI fits into the months."""
    found = window(live_on, months, benefit.kpi.frequency, benefit.kpi.year_kind)
    if found is None:
        return None
    series = Series.objects.get(kpi=benefit.kpi_id, definition=benefit.kpi.definition_id)
    readings = list(Reading.objects.standing().filter(series=series, cell="", period_start__in=found.starts))
    have = {reading.period_start for reading in readings}
    missing = [start for start in found.starts if start not in have]
    measurable = fits(benefit.formula, benefit.kind, aggregation=benefit.kpi.definition.aggregation)
    adds_up = benefit.formula == Formula.AMOUNT
    baseline = None if adds_up else Baseline.objects.filter(series=series, locked_at__isnull=False).first()
    result = None
    if measurable and not missing and (adds_up or baseline):
        result = realised(benefit.measure, readings, baseline=baseline.value if baseline else None)
    promised = promised_within(benefit.promised, benefit.kind, months)
    return Account(found, readings, missing, baseline.value if baseline else None, promised, measurable, result)
