"""Promises and their reviews as tests make them: made in December 2025 of a project live since January 2026."""

from datetime import UTC, date, datetime
from decimal import Decimal

import time_machine

from core import clock
from kpis import selectors, services
from kpis.models import Baseline, Benefit, Series
from kpis.rules.values import Measured
from kpis.services import Promise
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory

LIVE_ON = date(2026, 1, 1)
BEFORE, HALF_YEAR, YEAR = (datetime(*day, 4, tzinfo=UTC) for day in ((2025, 12, 1), (2026, 7, 15), (2027, 1, 15)))


def promise(**fields):
    usual = {"kind": "hours", "formula": "amount", "promised": Decimal(1200), "due_on": date(2027, 12, 31)}
    names = {"summary_en": "Officers' time", "summary_zh_hant": "人員工時", "summary_zh_hans": "人员工时"}
    return Promise(**(usual | names | fields))


def hours_saved(world):
    """Hours saved each month, of a project that goes live on 1 January 2026."""
    project = MeasuredProjectFactory(department=world.a, stage="live", gate_passed_on=LIVE_ON)
    return KpiFactory(project=project, owner=world["applicant"].person)


def waiting_time(world):
    """Days a case, by their baseline of 6."""
    definition = DefinitionFactory(formula="ratio", aggregation="ratio", direction="down")
    project = MeasuredProjectFactory(department=world.a, stage="live", gate_passed_on=LIVE_ON)
    kpi = KpiFactory(project=project, owner=world["applicant"].person, definition=definition)
    Baseline.objects.create(
        series=Series.objects.get(kpi=kpi),
        value=6,
        period_start=date(2025, 1, 1),
        period_end=date(2025, 6, 30),
        evidence="Counted.",
        set_by=world["applicant"].person,
        locked_at=clock.now(),
    )
    return kpi


def promised(actor, kpi, **fields):
    with time_machine.travel(BEFORE, tick=False):
        return services.register_benefit(actor=actor, kpi_id=kpi.pk, promise=promise(**fields))


def months(count, value=80):
    return {date(2026, month, 1): Measured(Decimal(value)) for month in range(1, count + 1)}


def reviewed(actor, benefit, after=6, at=HALF_YEAR):
    with time_machine.travel(at, tick=False):
        return services.record_review(
            actor=actor, benefit_id=benefit.pk, months=after, lessons="Start with one office."
        )


def told(benefit, after, at=HALF_YEAR):
    with time_machine.travel(at, tick=False):
        line = selectors.benefit_line(Benefit.objects.get(pk=benefit.pk))
        return next(one for one in line.reviews if one.months == after)
