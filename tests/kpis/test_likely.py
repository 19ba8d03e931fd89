"""What a series' own verified history makes likely, and values that have stopped moving (TRUST T18, CO-09, CO-10)."""

from datetime import date, timedelta
from decimal import Decimal
import random

from django.urls import reverse
import pytest

from core import clock
from kpis import services
from kpis.models import LatestValue, Reading
from kpis.rules.freshness import Freshness, is_late
from kpis.rules.likely import FEWEST, SAME_MANY, likely, unmoved
from kpis.rules.values import Bounds, Measured
from kpis.selectors import histories, lines
from kpis.services.runs import run_source
from tests.factories.kpis import (
    DefinitionFactory,
    KpiFactory,
    MeasuredProjectFactory,
    RunFactory,
    SourceFactory,
    verified,
)


def numbers(*values):
    return [Decimal(str(value)) for value in values]


STEADY = numbers(*[10, 11, 9, 10, 12, 8, 10, 11, 9, 10, 12, 8])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Bounds()),
        (STEADY[: FEWEST - 1], Bounds()),
        ([Decimal(7)] * 40, Bounds()),
        (STEADY, Bounds(Decimal("3.5522"), Decimal("16.4478"))),
        ([Decimal(1000), *[Decimal(3)] * 3, *STEADY * 3], Bounds(Decimal("3.5522"), Decimal("16.4478"))),
        ([*STEADY, Decimal(40)], Bounds(Decimal("3.5522"), Decimal("44.4478"))),
    ],
)
def test_likely_is_the_range_of_the_last_36_widened_by_three_robust_deviations(values, expected):
    assert likely(values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], 0),
        (numbers(1, 2, 3, 4, 5, 6, 6, 6, 6), 0),
        (numbers(1, 2, 3, 4, 5, 6, 6, 6, 6, 6), SAME_MANY),
        (numbers(1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6), 6),
        (numbers(6, 6, 6, 6, 6, 6, 6), 0),
        (numbers(0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0), 0),
        (numbers(1, 2, 6, 6, 6, 6, 6), 0),
    ],
)
def test_five_equal_values_in_a_row_are_strange_where_the_series_used_to_move(values, expected):
    assert unmoved(values) == expected


@pytest.mark.prove("kpis")
def test_false_alarms_are_rare_and_planted_strays_are_found(proof):
    """Series of 60 months with trend, season and noise; a stray is five times the usual spread of the level."""
    size, chance = proof.size(gate=200, full=1_000), random.Random(proof.seed)
    asked = alarms = found = 0
    for _series in range(size):
        level, slope = chance.uniform(10, 1_000), chance.uniform(-0.004, 0.004)
        season, noise = chance.uniform(0, 0.2), chance.uniform(0.02, 0.15)
        values = [
            Decimal(str(round(level * (1 + slope * t + season * ((t % 12) / 11 - 0.5) + chance.gauss(0, noise)), 6)))
            for t in range(60)
        ]
        for place in range(24, 60):
            asked += 1
            alarms += not likely(values[:place]).hold(values[place])
        stray = values[59] * (5 if chance.random() < 0.5 else Decimal("0.02"))
        found += not likely(values[:59]).hold(stray)

    proof.figure("values_asked", asked)
    proof.figure("false_alarms_percent", round(100 * alarms / asked, 3))
    proof.figure("strays_found_percent", round(100 * found / size, 1))
    assert alarms / asked < 0.002
    assert found / size > 0.85


@pytest.fixture
def kpi(world):
    return KpiFactory(project=MeasuredProjectFactory(department=world.a), definition=DefinitionFactory(lowest=None))


@pytest.fixture
def source(kpi, department):
    return SourceFactory(department=kpi.project.department, port=department.port, kpis=[kpi])


def known(kpi, source, values):
    """Verified monthly readings from January 2024."""
    verified(kpi, {month(number): Measured(value) for number, value in enumerate(values)}, source)


def month(number):
    return date(2024 + number // 12, number % 12 + 1, 1)


def collect(department, kpi, source, number, value):
    department.sends({"kpi": kpi.reference, "period": f"{month(number):%Y-%m}", "value": value})
    run = RunFactory(source=source)
    run_source(run_id=run.pk)
    run.refresh_from_db()
    return run.quarantined


def test_a_stray_waits_once_the_history_is_learnt_and_what_is_verified_widens_it(department, kpi, source, applicant):
    known(kpi, source, STEADY)
    assert services.learn_likely() == 1
    assert services.learn_likely() == 0

    assert collect(department, kpi, source, 12, "16") == 0
    assert collect(department, kpi, source, 13, "40") == 1
    services.verify_reading(actor=applicant, kpi_id=kpi.pk, period="2025-02", revision=1)
    assert services.learn_likely() == 1

    assert collect(department, kpi, source, 14, "41") == 0
    assert Reading.objects.with_rule().filter(rule="source.unlikely").count() == 0


def test_who_speaks_on_a_stray_reads_why_it_waits(department, kpi, source, client, applicant):
    known(kpi, source, STEADY)
    services.learn_likely()
    collect(department, kpi, source, 12, "40")
    client.force_login(applicant)
    address = reverse("kpis:kpi-detail", args=[kpi.reference])

    assert "far outside everything verified" in client.get(address).content.decode()
    assert "遠超過往 36 期內" in client.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()


def test_readings_nobody_verified_make_nothing_likely(department, kpi, source):
    known(kpi, source, STEADY)
    collect(department, kpi, source, 12, "900")
    services.learn_likely()

    assert LatestValue.objects.get().likely_highest < 20


def test_values_that_stop_moving_are_stored_and_the_kpi_is_flagged_stale(kpi, source, client, applicant):
    """CO-09: yesterday's values with new times."""
    today = clock.today().replace(day=1)
    starts = [today]
    for _month in range(17):
        starts.append((starts[-1] - timedelta(days=1)).replace(day=1))
    values = [*STEADY, *[Decimal(13)] * 5]
    verified(kpi, dict(zip(reversed(starts[1:]), map(Measured, values), strict=True)), source)
    services.learn_likely()

    assert Reading.objects.verified().count() == 17
    assert LatestValue.objects.get().same_since == starts[5]
    client.force_login(applicant)
    assert "always the same value" in client.get(reverse("kpis:kpi-list")).content.decode()
    page = client.get(reverse("kpis:kpi-detail", args=[kpi.reference]), headers={"Accept-Language": "zh-hant"})
    assert "停滯：數值一直不變" in page.content.decode()
    assert page.context["history"].freshness is Freshness.UNMOVED


def test_a_standstill_of_many_readings_is_still_one(source):
    """On the list and on the KPI's own page: eighty equal days after twenty that moved."""
    kpi = KpiFactory(frequency="daily")
    first = clock.today() - timedelta(days=100)
    values = [*map(Decimal, range(1, 21)), *[Decimal(13)] * 80]
    verified(kpi, {first + timedelta(days=day): Measured(value) for day, value in enumerate(values)}, source)
    services.learn_likely()

    assert LatestValue.objects.get().same_since == first + timedelta(days=20)
    assert lines([kpi])[0].freshness is histories([kpi])[0].freshness is Freshness.UNMOVED


@pytest.mark.parametrize(
    ("recorded_on", "late"), [(date(2026, 2, 15), False), (date(2026, 2, 16), True), (date(2026, 1, 31), False)]
)
def test_a_monthly_reading_is_late_after_fifteen_days(recorded_on, late):
    assert is_late(recorded_on, date(2026, 1, 1), "monthly") is late


def test_missing_and_late_periods_are_said_beside_the_figures(kpi, source, client, applicant):
    known(kpi, source, STEADY)
    client.force_login(applicant)
    address = reverse("kpis:kpi-detail", args=[kpi.reference])

    page = client.get(address)

    history = page.context["history"]
    assert history.coverage.have == 12 and len(history.coverage.missing) == history.coverage.due - 12
    newest = max(history.coverage.missing)
    assert f"Without a verified reading: {newest:%Y-%m}," in page.content.decode()
    chinese = client.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()
    assert "未有已核實讀數的期間" in chinese


def test_a_correction_shows_both_values_on_table_and_chart(kpi, source, client, applicant, head):
    known(kpi, source, STEADY[:3])
    services.type_reading(
        actor=applicant, kpi_id=kpi.pk, period="2024-02", value=Decimal("11.5"), reason="Recounted by hand."
    )
    client.force_login(head)
    address = reverse("kpis:kpi-detail", args=[kpi.reference])
    [waiting] = client.get(address).context["corrections"]
    assert waiting.replaced == []

    services.verify_reading(actor=head, kpi_id=kpi.pk, period="2024-02", revision=2)

    page = client.get(address)
    [correction] = page.context["corrections"]
    assert [(value, place) for _reading, value, place in correction.rows] == [
        ("11 cases", "replaced"),
        ("11.50 cases", "stands"),
    ]
    text = page.content.decode()
    assert "<s>11 cases</s>" in text and "<strong>11.50 cases</strong>" in text and "Recounted by hand." in text
    [trace] = [one for one in page.context["figure"]["data"] if one["name"] == "Replaced by a correction"]
    assert (trace["x"], trace["y"]) == (["2024-02-01"], [11.0])
    assert "更正" in client.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()


def test_a_correction_that_waits_is_not_shown_to_those_who_may_not_see_it(kpi, source, signed_in, applicant, outsider):
    known(kpi, source, STEADY[:3])
    services.type_reading(
        actor=applicant, kpi_id=kpi.pk, period="2024-02", value=Decimal("99.5"), reason="Recounted by hand."
    )

    page = signed_in(outsider).get(reverse("kpis:kpi-detail", args=[kpi.reference])).content.decode()

    assert "99.5" not in page and "Recounted" not in page
