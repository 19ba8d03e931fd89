"""KPIs, sources and runs: the smallest valid ones. References lie beyond those that services give out in a test."""

import base64
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
import factory
from factory.django import DjangoModelFactory

from core import clock, sealing
from kpis.models import CollectionRun, Definition, Kpi, PushKey, Series, Source, SourceKpi
from kpis.rules.intake import Arrival, Moment
from kpis.rules.values import Bounds, Measured
from kpis.services.intake import store_run
from projects.models import Project
from tests.factories.accounts import DepartmentFactory, PersonFactory


class MeasuredProjectFactory(DjangoModelFactory):
    """A registered project, as far as KPIs care."""

    class Meta:
        model = Project

    reference = factory.Sequence(lambda n: f"MEAS-2026-{n:03d}")
    department = factory.SubFactory(DepartmentFactory)
    title_en = factory.LazyAttribute(lambda o: f"Project {o.reference}")
    title_zh_hant = factory.LazyAttribute(lambda o: f"項目 {o.reference}")
    category = "other"
    stage = "pilot"


class DefinitionFactory(DjangoModelFactory):
    class Meta:
        model = Definition

    key = factory.Sequence(lambda n: f"measure-{n}")
    name_en = "Volume"
    name_zh_hant = "處理量"
    name_zh_hans = "处理量"
    unit_en = "cases"
    unit_zh_hant = "宗"
    unit_zh_hans = "宗"
    direction = "up"
    formula = "value"
    aggregation = "sum"
    lowest = Decimal(0)

    class Params:
        percentage = factory.Trait(
            formula="percentage", aggregation="ratio", direction="down", unit_en="%", highest=Decimal(100)
        )


class KpiFactory(DjangoModelFactory):
    """A monthly KPI measured since January 2024, with the series that runs."""

    class Meta:
        model = Kpi
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda n: f"KPI-9{n:04d}")
    project = factory.SubFactory(MeasuredProjectFactory)
    definition = factory.SubFactory(DefinitionFactory)
    frequency = "monthly"
    starts_on = date(2024, 1, 1)
    owner = factory.SubFactory(PersonFactory)

    @factory.post_generation
    def running_series(self, create, extracted, **kwargs):
        Series.objects.create(kpi=self, definition=self.definition, started_on=self.starts_on)


class SourceFactory(DjangoModelFactory):
    """An approved source on the loopback port given, for the KPIs given."""

    class Meta:
        model = Source
        skip_postgeneration_save = True

    class Params:
        port = 9
        push = factory.Trait(
            kind="push",
            url="",
            hosts=[],
            networks=[],
            items_path="",
            kpi_path="",
            period_path="",
            value_path="",
            columns=[],
            interval_minutes=None,
        )

    reference = factory.Sequence(lambda n: f"SRC-9{n:04d}")
    department = factory.SubFactory(DepartmentFactory)
    name = "Case system"
    url = factory.LazyAttribute(lambda o: f"http://127.0.0.1:{o.port}/readings.json")
    hosts = factory.LazyAttribute(lambda o: [f"127.0.0.1:{o.port}"])
    networks = ["127.0.0.0/8"]
    items_path = "readings"
    kpi_path = "kpi"
    period_path = "period"
    value_path = "value"
    columns = ["kpi", "period", "value"]
    interval_minutes = 60
    status = "approved"
    proposed_by = factory.SubFactory(PersonFactory)
    approved_by = factory.SubFactory(PersonFactory)
    approved_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def kpis(self, create, extracted, **kwargs):
        for kpi in extracted or ():
            SourceKpi.objects.create(source=self, kpi=kpi, code=kpi.reference)


SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()  # of every key made here


class PushKeyFactory(DjangoModelFactory):
    """A live key of a push source, with a secret that tests know."""

    class Meta:
        model = PushKey

    class Params:
        secret = SECRET

    source = factory.SubFactory(SourceFactory, push=True)
    number = factory.Sequence(lambda n: n + 1)
    slot = 1
    sealed = factory.LazyAttribute(lambda o: sealing.seal(o.secret))
    made_by = factory.SubFactory(PersonFactory)
    made_at = factory.LazyFunction(timezone.now)


class RunFactory(DjangoModelFactory):
    class Meta:
        model = CollectionRun

    source = factory.SubFactory(SourceFactory)
    window_start = factory.Sequence(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))
    planned_at = factory.LazyFunction(timezone.now)


def verified(kpi: Kpi, readings: Mapping[date, Measured], source: Source | None = None) -> None:
    """Readings of a KPI by first day of their period, verified because an approved source sent them."""
    series = Series.objects.get(kpi=kpi)
    arrivals = [Arrival(Moment(series.pk, start), value) for start, value in readings.items()]
    sent_by = source or SourceFactory(department=kpi.project.department, kpis=[kpi])
    run = RunFactory(source=sent_by, state="done", accepted=len(arrivals))
    store_run(arrivals, limits={series.pk: Bounds()}, run_id=run.pk, now=clock.now())
