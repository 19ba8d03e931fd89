"""Whether a KPI comes to its target in time: the rule, the page, and 23 real indicators with what was published."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal

from django.urls import reverse
import pytest
import time_machine
import yaml

from kpis import selectors, services
from kpis.models import Kpi, KpiTarget
from kpis.rules.outlook import Measurement, Prospect, outlook
from kpis.rules.values import Measured
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory, verified

NOW = datetime(2026, 1, 15, 4, tzinfo=UTC)
BETTER_FROM_THE_START = "15-5-1"  # its baseline of 70 was already under the limit of 100
NOT_A_BREAKDOWN = {"Year", "Value", "Units", "Series", "GeoCode"}
WITHOUT_FORMULA = {"7-1-1", "15-6-1"}  # judged by hand where they are published
WITHOUT_PROGRESS = {"3-2-1", "5-1-1"}  # nothing was measured after the baseline


def at(value, day):
    return Measurement(Decimal(value), day)


def year_end(year):
    return date(int(year), 12, 31)


@pytest.mark.parametrize(
    ("latest", "target", "direction", "progress", "prospect"),
    [
        ("81", "72.9", "down", 2 / 3, Prospect.TOO_SLOW),
        ("90", "81", "down", 1.0, Prospect.ON_COURSE),
        ("110", "121", "up", 1.0, Prospect.ON_COURSE),
        ("110", "81", "down", None, Prospect.MOVING_AWAY),
        ("100", "81", "down", 0.0, Prospect.MOVING_AWAY),
        ("95", "120", "down", None, Prospect.MET_AT_BASELINE),
    ],
)
def test_the_pace_is_held_against_the_one_that_the_target_takes(latest, target, direction, progress, prospect):
    latest_year = 2026 if latest == "81" else 2025
    found = outlook(
        at(100, year_end(2024)), at(latest, year_end(latest_year)), at(target, year_end(2026)), direction=direction
    )
    assert found.prospect is prospect
    if latest == "81":
        assert found.pace == pytest.approx(-0.1)
    elif progress is not None:
        assert found.progress == pytest.approx(progress)


def test_without_a_target_the_progress_is_the_pace_in_the_right_direction():
    found = outlook(at(100, year_end(2024)), at(90, year_end(2025)), None, direction="down")
    assert (found.progress, found.required, found.prospect) == (pytest.approx(0.1), None, None)
    assert outlook(at(100, year_end(2024)), at(90, year_end(2025)), None, direction="up").progress == pytest.approx(
        -0.1
    )


@pytest.mark.parametrize(
    ("baseline", "latest"),
    [
        (at(0, year_end(2024)), at(5, year_end(2025))),
        (at(5, year_end(2024)), at(0, year_end(2025))),
        (at(-5, year_end(2024)), at(5, year_end(2025))),
        (at(5, year_end(2024)), at(5, year_end(2024))),
        (at(5, year_end(2024)), at(5, year_end(2023))),
    ],
)
def test_where_no_pace_can_be_worked_out_nothing_is_said(baseline, latest):
    assert outlook(baseline, latest, None, direction="up") is None


def test_the_page_and_the_api_say_where_it_is_heading(client, world, applicant, official):
    with time_machine.travel(NOW, tick=False):
        definition = DefinitionFactory(direction="down", unit_en="days", unit_zh_hant="天")
        kpi = KpiFactory(
            project=MeasuredProjectFactory(department=world.a), definition=definition, owner=applicant.person
        )
        verified(kpi, {date(2025, 12, 1): Measured(Decimal(90))})
        services.set_baseline(
            actor=applicant,
            kpi_id=kpi.pk,
            value=Decimal(100),
            period_start=date(2024, 1, 1),
            period_end=year_end(2024),
            evidence="Returns of 2024.",
        )
        client.force_login(official)
        address = reverse("kpis:kpi-detail", args=[kpi.reference])
        assert "−10% a year since the baseline; no target is set." in client.get(address).content.decode()
        services.set_target(actor=applicant, kpi_id=kpi.pk, value=Decimal(80), due_on=year_end(2026))
        text = client.get(address).content.decode()
        assert "Too slow: at its pace since the baseline, −10% a year, it comes to 81 days by 31 Dec 2026" in text
        assert "步伐過慢" in client.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()
        answer = client.get(f"/api/v1/kpis/{kpi.reference}/judgement/").json()
    assert answer["outlook"]["prospect"] == "too_slow"
    assert answer["outlook"]["expected"] == "81"
    assert answer["outlook"]["pace"] == "-0.1"


@pytest.fixture
def indicators(real):
    """The components of each indicator as published: baseline, target, direction, progress."""
    folder = real("ca_cif_kpi")
    published = yaml.safe_load((folder / "indicator_calculation_components.yml").read_text(encoding="utf-8"))
    return folder, {
        key: {name: row for name, row in rows.items() if isinstance(row, dict)} for key, rows in published.items()
    }


def headline(folder, key):
    """Yearly readings of the whole: rows of one year that say nothing in any column of breakdown."""
    with (folder / "data" / f"indicator_{key}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Value"]]
    told = {}
    for row in rows:
        parts = [value for name, value in row.items() if name not in NOT_A_BREAKDOWN]
        if row["Year"].isdecimal() and not any(parts):
            told.setdefault(date(int(row["Year"]), 1, 1), Decimal(row["Value"]).quantize(Decimal("0.000001")))
    return told


def as_kpi(world, applicant, key, component):
    """One published component as a KPI with its baseline, target, and current reading."""
    definition = DefinitionFactory(
        direction="up" if component["direction"] == 1 else "down", lowest=None, aggregation="last", name_en=key
    )
    kpi = KpiFactory(
        project=MeasuredProjectFactory(department=world.a),
        definition=definition,
        owner=applicant.person,
        frequency="yearly",
        starts_on=date(1980, 1, 1),
    )
    base = int(component["base_year"])
    services.set_baseline(
        actor=applicant,
        kpi_id=kpi.pk,
        value=_stored(component["base_value"]),
        period_start=date(base, 1, 1),
        period_end=year_end(base),
        evidence=f"Indicator {key} as published.",
    )
    if component["target"] is not None:
        KpiTarget.objects.create(
            kpi=kpi,
            value=_stored(component["target"]),
            due_on=year_end(component["target_year"]),
            set_by=applicant.person,
        )
    verified(kpi, {date(int(component["current_year"]), 1, 1): Measured(_stored(component["current_value"]))})
    return kpi


def _stored(value):
    return Decimal(repr(value)).quantize(Decimal("0.000001"))


def test_23_real_indicators_make_the_progress_that_was_published(indicators, world, applicant, official):
    _folder, published = indicators
    assert len(published) == 23
    assert {key for key, components in published.items() if not components} == WITHOUT_FORMULA
    seen, silent, turned = 0, set(), set()
    with time_machine.travel(NOW, tick=False):
        for key, components in published.items():
            for component in components.values():
                kpi = as_kpi(world, applicant, key, component)
                history = selectors.histories([Kpi.objects.select_related("definition", "project").get(pk=kpi.pk)])[0]
                found = history.outlook
                if component["progress_value"] is None:
                    silent.add(key)
                    assert found is None
                    continue
                seen += 1
                if found.progress == pytest.approx(component["progress_value"], abs=1e-6):
                    continue
                turned.add(key)
                assert found.progress == pytest.approx(-component["progress_value"], abs=1e-6)
                assert found.prospect is Prospect.MET_AT_BASELINE
    assert silent == WITHOUT_PROGRESS
    assert turned == {BETTER_FROM_THE_START}
    assert seen == 37


def test_their_headline_series_are_kept_as_published(indicators, world, applicant):
    """Every year that says the whole is one reading; years that were skipped stay gaps."""
    folder, published = indicators
    readings = 0
    with time_machine.travel(NOW, tick=False):
        for key in published:
            series = headline(folder, key)
            kpi = KpiFactory(
                project=MeasuredProjectFactory(department=world.a),
                definition=DefinitionFactory(lowest=None, aggregation="last"),
                frequency="yearly",
                starts_on=date(1970, 1, 1),
            )
            verified(kpi, {start: Measured(value) for start, value in series.items()})
            history = selectors.histories([Kpi.objects.select_related("definition", "project").get(pk=kpi.pk)])[0]
            assert {point.start: point.value for point in history.points} == series
            readings += len(series)
    assert readings > 150
