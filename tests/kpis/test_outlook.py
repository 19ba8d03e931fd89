"""Whether a KPI comes to its target in time: the rule, and what the page and the API say."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.urls import reverse
import pytest
import time_machine

from kpis import services
from kpis.rules.outlook import Measurement, Prospect, outlook
from kpis.rules.values import Measured
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory, verified

NOW = datetime(2026, 1, 15, 4, tzinfo=UTC)


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
