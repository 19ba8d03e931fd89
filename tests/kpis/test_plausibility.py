"""Values far from the last verified one wait for a person, who reads why; what they say then counts (TRUST T18)."""

from decimal import Decimal

from django.urls import reverse
import pytest

from kpis import services
from kpis.models import LatestValue, Reading
from kpis.services.runs import run_source
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, RunFactory, SourceFactory


@pytest.fixture
def kpi(world):
    return KpiFactory(project=MeasuredProjectFactory(department=world.a))


@pytest.fixture
def collect(department, kpi):
    """Collects one value of one month after another from the same source."""
    source = SourceFactory(department=kpi.project.department, port=department.port, kpis=[kpi])

    def run(period, value):
        department.sends({"kpi": kpi.reference, "period": period, "value": value})
        made = RunFactory(source=source)
        run_source(run_id=made.pk)
        made.refresh_from_db()
        return made

    return run


def test_half_the_last_value_is_believed_and_a_thousand_times_is_not(collect, kpi):
    """CO-10."""
    collect("2026-01", "10")

    assert collect("2026-02", "5").quarantined == 0
    assert collect("2026-03", "5000").quarantined == 1

    assert [reading.value for reading in Reading.objects.standing()] == [Decimal(10), Decimal(5)]
    assert LatestValue.objects.get().value == Decimal(5)


def test_a_jump_that_a_person_verifies_is_the_value_that_the_next_is_held_against(collect, kpi, applicant):
    collect("2026-01", "10")
    collect("2026-02", "5000")
    services.verify_reading(actor=applicant, kpi_id=kpi.pk, period="2026-02", revision=1)

    assert collect("2026-03", "5100").quarantined == 0
    assert LatestValue.objects.get().value == Decimal(5100)


def test_who_is_to_speak_on_a_reading_reads_why_it_waits(collect, kpi, client, applicant):
    collect("2026-01", "10")
    collect("2026-02", "5000")
    client.force_login(applicant)
    address = reverse("kpis:kpi-detail", args=[kpi.reference])

    page = client.get(address).content.decode()
    chinese = client.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()
    told = client.get(f"/api/v1/kpis/{kpi.reference}/readings/").json()["results"]

    assert "It is ten times the last verified value or more, or a tenth of it or less." in page
    assert "最近一次已核實數值的十倍或以上" in chinese
    assert [(row["state"], row["rule"]) for row in told] == [
        ("verified", "source.within_limits"),
        ("quarantined", "source.jump"),
    ]


def test_values_of_one_document_are_held_against_what_was_verified_before_it(department, kpi):
    """The first document of a series may hold anything inside the limits."""
    source = SourceFactory(department=kpi.project.department, port=department.port, kpis=[kpi])
    department.sends(
        *({"kpi": kpi.reference, "period": f"2026-{month:02}", "value": str(10**month)} for month in range(1, 5))
    )

    run_source(run_id=RunFactory(source=source).pk)

    assert Reading.objects.standing().count() == 4
