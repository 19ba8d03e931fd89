"""The effect of going live on the page of a KPI and over the API: which readings, which comparison, which sentence."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
import pytest
import time_machine

from kpis import selectors
from kpis.rules import periods
from kpis.rules.effect import Verdict
from kpis.rules.values import measured
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory, verified

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
LIVE = date(2025, 11, 1)
WOBBLE = (0, 3, -2, 1, -3, 2, 0, -1, 3, -2, 1, -1, 2)  # thirteen, so that it has no season of twelve


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def definition():
    names = {"name_en": "Error rate", "name_zh_hant": "錯誤率", "name_zh_hans": "错误率", "unit_zh_hant": "%"}
    return DefinitionFactory(percentage=True, **names)


def months(count, first=date(2023, 11, 1)):
    """First days of so many months."""
    starts = [first]
    while len(starts) < count:
        starts.append(periods.next_start(starts[-1], "monthly"))
    return starts


def measuring(department, definition, *, live=None, drop=0, months_told=36, **columns):
    """A KPI with three years of readings that wobble about 40 and drop when its project goes live."""
    project = MeasuredProjectFactory(
        department=department, gate_passed_on=live, stage="live" if live else "pilot", **columns
    )
    kpi = KpiFactory(project=project, definition=definition, starts_on=date(2023, 11, 1))
    readings = {}
    for index, day in enumerate(months(months_told)):
        errors = Decimal(40 + WOBBLE[index % 13] - (drop if live and day >= live else 0))
        readings[day] = measured(definition.formula, numerator=errors, denominator=Decimal(100))
    verified(kpi, readings)
    return kpi


def effect(user, kpi):
    return selectors.effect_of(user, selectors.histories([selectors.kpi_rows(user).get(pk=kpi.pk)])[0])


def test_a_drop_of_errors_after_going_live_is_an_improvement(world, official, definition):
    found = effect(official, measuring(world.a, definition, live=LIVE, drop=15))

    assert (len(found.before), len(found.after)) == (24, 12)
    assert found.verdict is Verdict.IMPROVED
    assert found.estimate.effect.low < -15 + 3
    assert found.estimate.effect.low < found.estimate.effect.middle < found.estimate.effect.high < 0
    assert found.estimate.has_season
    assert Fraction(found.raw_change) == pytest.approx(-15, abs=1)


def test_nothing_is_said_before_the_project_is_live_or_with_too_few_readings(world, official, definition):
    assert effect(official, measuring(world.a, definition)) is None
    found = effect(official, measuring(world.a, definition, live=LIVE, drop=15, months_told=27))
    assert (found.verdict, found.missing.before, found.missing.after) == (Verdict.TOO_EARLY, 0, 3)
    assert "3 more readings are needed" in found.sentence
    found = effect(official, measuring(world.a, definition, live=date(2024, 2, 1), months_told=27))
    assert (found.missing.before, found.missing.after) == (9, 0)
    assert "9 more readings from before it" in found.sentence


def test_the_period_in_which_it_went_live_is_on_neither_side(world, official, definition):
    found = effect(official, measuring(world.a, definition, live=date(2025, 11, 12), drop=15))
    assert found.before[-1].start == date(2025, 10, 1)
    assert found.after[0].start == date(2025, 12, 1)


def test_a_claim_that_stands_says_the_first_day_live(world, official, definition):
    from tests.factories.projects import ProcedureFactory

    kpi = measuring(world.a, definition, live=LIVE, drop=15)
    ProcedureFactory(project=kpi.project, claimed=True, went_live_on=date(2026, 1, 15))
    ProcedureFactory(project=kpi.project, claimed=True, went_live_on=date(2026, 2, 20))
    assert effect(official, kpi).went_live_on == date(2026, 1, 15)


def test_units_that_had_not_started_are_the_comparison(world, official, definition):
    kpi = measuring(world.a, definition, live=LIVE, drop=15)
    waiting = measuring(world.b, definition)
    measuring(world.b, definition, live=LIVE)  # has started
    measuring(world.b, definition, live=date(2026, 3, 1))  # started while the first was measured
    measuring(world.b, definition, months_told=20)  # lacks readings
    measuring(world.b, DefinitionFactory(percentage=True))  # measures something else
    measuring(world.b, definition, status="draft")
    found = effect(official, kpi)
    assert [one.reference for one in found.compared] == [waiting.reference]
    assert found.estimate.is_compared
    assert "1 unit that had not started" in found.held_constant


def test_the_page_says_it_in_both_languages(client, world, official, definition):
    kpi = measuring(world.a, definition, live=LIVE, drop=15)
    client.force_login(official)
    address = reverse("kpis:kpi-detail", args=[kpi.reference])
    text = client.get(address).content.decode()
    for shown in ("lower since going live on 1 Nov 2025 than", "percentage points", "improved"):
        assert shown in text
    assert "24 before going live, 12 after" in text
    chinese = client.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()
    for shown in ("錯誤率自2025年11月1日投入服務以來", "個百分點", "有改善", "投入服務前 24 個，其後 12 個"):
        assert shown in chinese


def test_the_api_gives_the_same_effect(client, world, official, definition):
    kpi = measuring(world.a, definition, live=LIVE, drop=15)
    found = effect(official, kpi)
    client.force_login(official)

    def asked(one):
        return client.get(f"/api/v1/kpis/{one.reference}/effect/").json()["effect"]

    answer = asked(kpi)
    assert answer["verdict"] == "improved"
    assert answer["went_live_on"] == "2025-11-01"
    assert float(answer["effect"]["low"]) == pytest.approx(found.estimate.effect.low, abs=1e-6)
    assert len(answer["expected"]) == 12
    assert answer["expected"][0]["period_start"] == "2025-11-01"
    assert asked(measuring(world.a, definition)) is None
    told_early = asked(measuring(world.a, definition, live=LIVE, months_told=27))
    assert (told_early["verdict"], told_early["missing_after"], told_early["effect"]) == ("too_early", 3, None)
