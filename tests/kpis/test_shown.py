"""What a reader sees of a KPI: numbers as Hong Kong writes them, and each value of a corrected period by its place."""

from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import translation
import pytest

from kpis import selectors, services, wording
from kpis.models import Kpi
from kpis.numbers import shown
from kpis.rules.values import Measured, measured
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory, RunFactory, verified


@pytest.fixture
def share(world):
    definition = DefinitionFactory(percentage=True)
    return KpiFactory(project=MeasuredProjectFactory(department=world.a), definition=definition)


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize(
    ("value", "told"), [("999", "999"), ("6640", "6,640"), ("59670.5", "59,670.50"), ("1234567", "1,234,567")]
)
def test_numbers_are_grouped_by_thousands_in_every_language(language, value, told):
    with translation.override(language):
        assert shown(Decimal(value)) == told
        assert shown(Decimal(value), "宗") == f"{told} 宗"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(1, "1 second"), (119, "119 seconds"), (120, "2 minutes"), (7_199, "119 minutes"), (7_200, "2 hours")],
)
def test_a_stretch_of_time_is_told_in_its_largest_unit(seconds, told):
    assert wording.lasted(seconds) == told


def typed(actor, kpi, top, reason):
    return services.type_reading(
        actor=actor, kpi_id=kpi.pk, period="2026-01", numerator=Decimal(top), denominator=Decimal(40), reason=reason
    )


def test_each_value_of_a_corrected_period_has_its_place(signed_in, share, applicant, colleague):
    """Only what was replaced or returned is struck out; what waits is not."""
    verified(share, {date(2026, 1, 1): measured("percentage", numerator=Decimal(10), denominator=Decimal(40))})
    second = {"actor": colleague, "kpi_id": share.pk, "period": "2026-01"}
    typed(applicant, share, 12, "Two came late.")
    services.verify_reading(**second, revision=2)
    typed(applicant, share, 39, "Mistyped.")
    services.verify_reading(**second, revision=3, accept=False, note="That is not what the log says.")
    typed(applicant, share, 13, "One more.")

    (correction,) = selectors.corrections_of(applicant, history(share))
    assert [(value, place) for _reading, value, place in correction.rows] == [
        ("25%", "replaced"),
        ("30%", "stands"),
        ("97.50%", "returned"),
        ("32.50%", "waits"),
    ]
    page = signed_in(applicant).get(reverse("kpis:kpi-detail", args=[share.reference])).content.decode()
    assert "<s>25%</s>" in page and "<s>97.50%</s>" in page and "<s>32.50%</s>" not in page
    assert "2026-01: 32.50%" in page and "(13 ÷ 40)" in page  # of the one that waits


def history(kpi):
    return selectors.histories([Kpi.objects.select_related("definition", "project").get(pk=kpi.pk)])[0]


def test_the_chart_says_its_unit_as_a_unit(signed_in, world, official):
    kpi = KpiFactory(project=MeasuredProjectFactory(department=world.a))
    verified(kpi, {date(2026, 1, 1): Measured(Decimal(59670))})
    address = reverse("kpis:kpi-detail", args=[kpi.reference])
    reader = signed_in(official)

    assert "Unit: cases" in reader.get(address).content.decode()
    chinese = reader.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()
    assert "單位：宗" in chinese and "59,670 宗" in chinese


def test_the_pages_of_jobs_belong_to_the_kpis(signed_in, team):
    run = RunFactory()
    for page in (reverse("jobs:job-list"), reverse("jobs:job-detail", args=[run.pk])):
        shown_page = signed_in(team).get(page).content.decode()
        assert f'href="{reverse("kpis:kpi-list")}" aria-current="page"' in shown_page


def test_a_kpi_by_financial_years_is_begun_on_its_page(signed_in, world, applicant):
    definition = DefinitionFactory()
    project = MeasuredProjectFactory(department=world.a)
    typed_in = {"definition": definition.key, "name_en": "Forms", "frequency": "yearly", "starts_on": "2025-06-01"}
    mine, address = signed_in(applicant), reverse("kpis:kpi-new", args=[project.reference])

    mine.post(address, typed_in | {"year_kind": "financial"})
    mine.post(address, typed_in)
    wrong = mine.post(address, typed_in | {"year_kind": "lunar"})

    begun = Kpi.objects.order_by("pk").values_list("year_kind", "starts_on")
    assert list(begun) == [("financial", date(2025, 4, 1)), ("calendar", date(2025, 1, 1))]
    assert wrong.status_code == 422
