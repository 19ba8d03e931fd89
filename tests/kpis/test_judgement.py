"""Green, amber, red with memory, and the usual range: the rules, the page, the API."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
import pytest
import time_machine

from kpis.models import Baseline, KpiTarget, Series
from kpis.rules.control import usual_range
from kpis.rules.outlook import Measurement
from kpis.rules.periods import next_start
from kpis.rules.rag import Rag, behind, rag
from kpis.rules.values import Measured
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory, verified

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
BASELINE = Measurement(Decimal(100), date(2025, 12, 31))
TARGET = Measurement(Decimal(50), date(2026, 12, 31))


def at(value, day=date(2026, 7, 2)):
    """A reading half way through the year in which 100 is to become 50: 75 is where it should be."""
    return Measurement(Decimal(str(value)), day)


def colour(*values, baseline=BASELINE, target=TARGET, direction="down", is_stale=False):
    return rag([at(one) for one in values], baseline=baseline, target=target, direction=direction, is_stale=is_stale)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(60, Rag.GREEN), (74, Rag.GREEN), (76, Rag.AMBER), (84, Rag.AMBER), (86, Rag.RED), (120, Rag.RED)],
)
def test_the_first_reading_is_judged_by_the_way_that_is_due(value, expected):
    assert colour(value) is expected


def test_a_value_near_an_edge_does_not_change_the_colour():
    assert colour(74, 76, 74, 76) is Rag.GREEN
    assert colour(76, 74, 76, 74) is Rag.AMBER
    assert colour(74, 78) is Rag.AMBER  # 0.06 behind: more than the margin
    assert colour(84, 86) is Rag.AMBER
    assert colour(84, 88) is Rag.RED
    assert colour(88, 84) is Rag.RED
    assert colour(88, 80) is Rag.AMBER


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=30))
def test_whatever_stays_within_the_margin_of_an_edge_keeps_its_colour(wobbles):
    """0.05 of the way of 50 is 2.5: steps of half a unit, up to 2, never leave."""
    first = colour(74)
    assert colour(74, *[75 + step / 2 for step in wobbles]) is first


def test_without_a_way_from_the_baseline_a_tenth_of_the_target_is_amber():
    assert colour(50, baseline=None) is Rag.GREEN
    assert colour(54, baseline=None) is Rag.AMBER
    assert colour(56, baseline=None) is Rag.RED
    met = Measurement(Decimal(40), date(2025, 12, 31))
    assert [colour(value, baseline=met) for value in (45, 54, 56)] == [Rag.GREEN, Rag.AMBER, Rag.RED]


def test_stale_and_nothing_to_judge_by_are_states_of_their_own():
    assert colour(60, is_stale=True) is Rag.STALE
    assert colour(is_stale=True) is Rag.NONE
    assert colour(60, target=None) is Rag.NONE
    assert colour() is Rag.NONE


def test_upwards_is_the_mirror_of_downwards():
    up = behind(
        at(125),
        baseline=Measurement(Decimal(100), BASELINE.on),
        target=Measurement(Decimal(150), TARGET.on),
        direction="up",
    )
    assert up == behind(at(75), baseline=BASELINE, target=TARGET, direction="down")
    assert colour(126, target=Measurement(Decimal(150), TARGET.on), direction="up") is Rag.GREEN


def test_the_usual_range_is_that_of_the_textbook():
    """Mean 10, mean step 1: limits 2.66 away."""
    found = usual_range([9.5, 10.5] * 5, [10, 12.66, 12.67, 7.3, 10])
    assert (found.mean, found.low, found.high) == (10.0, pytest.approx(7.34), pytest.approx(12.66))
    assert found.signals == (2, 3)


def test_eight_on_one_side_are_a_signal_and_seven_are_not():
    basis = [9.5, 10.5] * 5
    assert usual_range(basis, [10.1] * 7).signals == ()
    assert usual_range(basis, [10.1] * 8).signals == tuple(range(8))
    assert usual_range(basis, [10.1] * 4 + [10] + [10.1] * 7).signals == ()
    assert usual_range(basis, [9.9] * 3 + [10.1] * 9).signals == tuple(range(3, 12))


def test_too_few_readings_have_no_usual_range():
    assert usual_range([1.0] * 7, [5.0]) is None
    assert usual_range([1.0] * 8, [5.0]).signals == (0,)


@pytest.fixture
def kpi(world):
    """Twelve months that go up and down by one about ten, then three that do not; told until October 2026."""
    with time_machine.travel(NOW, tick=False):
        project = MeasuredProjectFactory(department=world.a, gate_passed_on=date(2026, 8, 1), stage="live")
        definition = DefinitionFactory(direction="down", unit_en="days", unit_zh_hant="天")
        kpi = KpiFactory(project=project, definition=definition, starts_on=date(2025, 8, 1))
        series = Series.objects.get(kpi=kpi)
        readings, start = {}, date(2025, 8, 1)
        for value in [9, 11] * 6 + [10, 4, 3]:
            readings[start] = Measured(Decimal(value))
            start = next_start(start, "monthly")
        verified(kpi, readings)
        Baseline.objects.create(
            series=series,
            value=10,
            period_start=date(2025, 1, 1),
            period_end=date(2025, 12, 31),
            evidence="Returns of 2025.",
            set_by=kpi.owner,
        )
        KpiTarget.objects.create(kpi=kpi, value=4, due_on=date(2026, 12, 31), set_by=kpi.owner)
    return kpi


def test_the_page_and_the_api_show_colour_and_signals(client, kpi, official):
    with time_machine.travel(NOW, tick=False):
        client.force_login(official)
        address = reverse("kpis:kpi-detail", args=[kpi.reference])
        page = client.get(address).content.decode()
        chinese = client.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()
        told = client.get(f"/api/v1/kpis/{kpi.reference}/judgement/").json()
    assert "green: on the way to the target" in page
    assert "4.68 to 15.32 days, from 12 readings; 2 later readings are not chance." in page
    assert "綠：朝目標邁進" in chinese
    assert (told["rag"], told["usual_range"]["basis"]) == ("green", 12)
    assert told["usual_range"]["signals"] == ["2026-09-01", "2026-10-01"]


def test_a_stale_kpi_has_no_colour(client, kpi, official):
    with time_machine.travel(NOW + timedelta(days=120), tick=False):
        client.force_login(official)
        assert client.get(f"/api/v1/kpis/{kpi.reference}/judgement/").json()["rag"] == "stale"
