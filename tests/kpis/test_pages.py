"""The KPI pages: what they show, to whom, and in how many queries."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.urls import reverse
import pytest
import time_machine

from kpis import services
from kpis.models import Baseline, KpiTarget, LatestValue, Reading, Series
from kpis.rules.intake import Arrival, Moment
from kpis.rules.values import Bounds, Measured
from kpis.services.intake import store_run
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, RunFactory, SourceFactory

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


def collected(kpi, *values, first=date(2026, 8, 1)):
    """Verified monthly readings of a KPI, from an approved source."""
    source = SourceFactory(department=kpi.project.department, kpis=[kpi])
    series = Series.objects.get(kpi=kpi)
    arrivals = [
        Arrival(Moment(series.pk, first.replace(month=first.month + step)), Measured(Decimal(value)))
        for step, value in enumerate(values)
    ]
    run = RunFactory(source=source, state="done", accepted=len(arrivals))
    store_run(arrivals, limits={series.pk: Bounds()}, run_id=run.pk, now=NOW)
    return source


@pytest.fixture
def kpi(world):
    kpi = KpiFactory(project=MeasuredProjectFactory(department=world.a), owner=world["applicant"].person)
    collected(kpi, "100", "110", "120.5")
    return kpi


def test_the_list_shows_value_period_freshness_and_target(client, official, kpi):
    KpiTarget.objects.create(kpi=kpi, value=150, due_on=date(2027, 1, 1), set_by=kpi.owner)
    client.force_login(official)

    text = client.get(reverse("kpis:kpi-list")).content.decode()

    for shown in ("120.50 cases", "2026-10", "up to date", "150 cases", "target not reached yet"):
        assert shown in text


def test_a_kpi_without_a_reading_shows_a_dash_and_why(client, official, world):
    KpiFactory(project=MeasuredProjectFactory(department=world.a), starts_on=date(2026, 9, 1))
    client.force_login(official)

    text = client.get(reverse("kpis:kpi-list")).content.decode()

    assert "no verified reading" in text
    assert "no reading yet, one is due" in text
    assert "0 cases" not in text


def test_the_chart_has_the_readings_baseline_and_targets(client, official, kpi):
    Baseline.objects.create(
        series=Series.objects.get(kpi=kpi),
        value=90,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 3, 31),
        evidence="Counted by hand.",
        set_by=kpi.owner,
    )
    KpiTarget.objects.create(kpi=kpi, value=150, due_on=date(2027, 1, 1), set_by=kpi.owner)
    client.force_login(official)

    response = client.get(reverse("kpis:kpi-detail", args=[kpi.reference]))

    readings, baseline, target = response.context["figure"]["data"]
    assert readings["x"] == ["2026-08-01", "2026-09-01", "2026-10-01"]
    assert readings["y"] == [100.0, 110.0, 120.5]
    assert set(baseline["y"]) == {90.0}
    assert target["x"][-1] == "2027-01-01"
    assert response.context["history"].finding == (
        "Volume is 120.50 cases in 2026-10: better than the baseline of 90 cases."
    )
    assert "3 of 34 periods that are over have a verified reading." in response.content.decode()


def test_the_figure_is_one_that_plotly_accepts(client, official, kpi):
    from plotly.graph_objects import Figure

    client.force_login(official)

    Figure(client.get(reverse("kpis:kpi-detail", args=[kpi.reference])).context["figure"])


def test_the_table_has_the_same_numbers_as_the_chart(client, official, kpi):
    client.force_login(official)

    context = client.get(reverse("kpis:kpi-detail", args=[kpi.reference])).context

    assert context["table"]["rows"] == [["2026-10", "120.50"], ["2026-09", "110"], ["2026-08", "100"]]


def test_the_source_and_its_runs_are_for_the_department_and_those_who_manage_sources(client, kpi, world):
    address = reverse("kpis:kpi-detail", args=[kpi.reference])
    seen = {}
    for persona in ("applicant", "team", "administrator", "auditor", "official", "b_applicant"):
        client.force_login(world[persona])
        seen[persona] = "/readings.json" in client.get(address).content.decode()

    assert seen == {
        "applicant": True,
        "team": True,
        "administrator": True,
        "auditor": True,
        "official": False,
        "b_applicant": False,
    }


def test_a_kpi_of_a_project_one_may_not_see_is_not_there(client, b_applicant, world):
    hidden = KpiFactory(project=MeasuredProjectFactory(department=world.a, status="draft"))
    client.force_login(b_applicant)

    assert client.get(reverse("kpis:kpi-detail", args=[hidden.reference])).status_code == 404
    assert hidden.reference not in client.get(reverse("kpis:kpi-list")).content.decode()


def test_a_typed_reading_waits_and_a_second_person_verifies_it(client, world, kpi):
    address = reverse("kpis:kpi-detail", args=[kpi.reference])
    client.force_login(world["applicant"])
    typed = client.post(
        reverse("kpis:reading-type", args=[kpi.reference]),
        {"period": "2026-10", "value": "130", "reason": "A late file."},
    )
    assert typed.status_code == 302
    assert LatestValue.objects.get().value == Decimal("120.5")

    verdict = {"period": "2026-10-01", "revision": "2", "verdict": "verify"}
    own = client.post(reverse("kpis:reading-verify", args=[kpi.reference]), verdict)
    assert own.status_code == 403

    client.force_login(world["official"])
    assert "A late file." not in client.get(address).content.decode()
    client.force_login(world["colleague"])
    assert "A late file." in client.get(address).content.decode()
    assert client.post(reverse("kpis:reading-verify", args=[kpi.reference]), verdict).status_code == 302
    assert LatestValue.objects.get().value == Decimal(130)
    assert [r.value for r in Reading.objects.standing()] == [100, 110, 130]


def test_a_correction_without_its_reason_is_told_so_beside_the_field(client, applicant, kpi):
    client.force_login(applicant)

    response = client.post(reverse("kpis:reading-type", args=[kpi.reference]), {"period": "2026-10", "value": "130"})

    assert response.status_code == 422
    assert response.context["form"].errors["reason"] == ["Say why the earlier value is corrected."]
    assert Reading.objects.count() == 3


@pytest.mark.parametrize("value", ["1,234", "1e3", "NaN", "１２", "1.2345678", ""])
def test_a_bad_number_keeps_the_form_and_stores_nothing(client, applicant, kpi, value):
    client.force_login(applicant)
    stored = Reading.objects.count()

    response = client.post(
        reverse("kpis:reading-type", args=[kpi.reference]), {"period": "2026-07", "value": value, "reason": "kept"}
    )

    assert response.status_code == 422
    assert 'value="kept"' in response.content.decode()
    assert Reading.objects.count() == stored


@pytest.mark.parametrize("period", ["2026-11", "2026-10-15", "2023-12", "soon"])
def test_a_period_that_is_not_one_keeps_the_form(client, applicant, kpi, period):
    client.force_login(applicant)
    stored = Reading.objects.count()

    response = client.post(reverse("kpis:reading-type", args=[kpi.reference]), {"period": period, "value": "7"})

    assert response.status_code == 422
    assert Reading.objects.count() == stored


def test_the_list_asks_as_many_questions_for_20_kpis_as_for_one(
    client, official, kpi, world, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(official)
    address = reverse("kpis:kpi-list")
    client.get(address)
    with django_assert_max_num_queries(12) as one:
        client.get(address)
    for _ in range(19):
        collected(KpiFactory(project=MeasuredProjectFactory(department=world.a)), "1", "2")

    with django_assert_num_queries(len(one)):
        client.get(address)


def test_the_page_of_one_kpi_stays_within_its_queries(client, team, kpi, django_assert_max_num_queries):
    client.force_login(team)
    services.type_reading(actor=_owner(kpi), kpi_id=kpi.pk, period="2026-07", value=Decimal(5))

    with django_assert_max_num_queries(22):
        client.get(reverse("kpis:kpi-detail", args=[kpi.reference]))


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_pages_open_in_both_languages(client, official, kpi, language):
    client.force_login(official)
    for address in (reverse("kpis:kpi-list"), reverse("kpis:kpi-detail", args=[kpi.reference])):
        assert client.get(address, headers={"accept-language": language}).status_code == 200


def _owner(kpi):
    return kpi.owner.accounts.get()
