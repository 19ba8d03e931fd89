"""Targets of several periods: read line by line, set whole or not at all, and held against the readings' periods."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
import pytest

from core.errors import NotAllowed, Unprocessable
from core.models import LedgerEntry
from kpis import figures, selectors, services
from kpis.models import KpiTarget
from kpis.rules.refusal import Refused
from kpis.rules.targets import by_due_day, target_of
from kpis.rules.values import Measured
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory, verified

FOUR = Decimal(4)


@dataclass(frozen=True)
class Target:
    due_on: date


@pytest.fixture
def kpi(world):
    definition = DefinitionFactory(direction="down", highest=Decimal(100))
    return KpiFactory(project=MeasuredProjectFactory(department=world.a), definition=definition)


@pytest.mark.parametrize(
    ("last_day", "due"),
    [
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 10, 31), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 31), None),
    ],
)
def test_a_period_works_towards_the_first_target_due_on_its_last_day_or_later(last_day, due):
    found = target_of(last_day, [Target(date(2026, 9, 30)), Target(date(2026, 12, 31))])

    assert (found.due_on if found else None) == due


@pytest.mark.parametrize(
    ("period", "frequency", "year_kind", "due_on"),
    [
        ("2026-12", "monthly", "calendar", date(2026, 12, 31)),
        ("2028-02-01", "monthly", "calendar", date(2028, 2, 29)),
        ("2026-10", "quarterly", "calendar", date(2026, 12, 31)),
        ("2026-04", "yearly", "financial", date(2027, 3, 31)),
        ("2026-11-23", "weekly", "calendar", date(2026, 11, 29)),
        ("2026-11-23", "daily", "calendar", date(2026, 11, 23)),
    ],
)
def test_the_target_of_a_period_is_due_on_its_last_day(period, frequency, year_kind, due_on):
    assert by_due_day([(period, FOUR)], frequency=frequency, year_kind=year_kind) == {due_on: FOUR}


@pytest.mark.parametrize(
    ("targets", "code", "place"),
    [
        ([("2026-12", FOUR), ("2026-13", FOUR)], "period.format", "2"),
        ([("2026-12-15", FOUR)], "period.format", "1"),
        ([("2026-12", FOUR), ("2026-12-01", FOUR)], "target.twice", "2"),
        ([], "target.count", ""),
        ([(f"{2030 + n // 12}-{n % 12 + 1:02}", FOUR) for n in range(121)], "target.count", ""),
    ],
)
def test_what_is_no_period_or_named_twice_is_refused_by_its_place(targets, code, place):
    with pytest.raises(Refused) as refused:
        by_due_day(targets, frequency="monthly", year_kind="calendar")

    assert (refused.value.code, refused.value.detail) == (code, place)


def test_targets_of_several_periods_are_set_at_once_and_take_the_place_of_those_of_the_same_day(kpi, applicant):
    services.set_target(actor=applicant, kpi_id=kpi.pk, value=Decimal(9), due_on=date(2098, 1, 31))

    services.set_targets(actor=applicant, kpi_id=kpi.pk, targets=[("2098-02", FOUR), ("2098-01", Decimal(6))])

    assert list(kpi.targets.values_list("due_on", "value")) == [(date(2098, 1, 31), 6), (date(2098, 2, 28), 4)]
    assert LedgerEntry.objects.filter(action="kpi.targets_set").count() == 1


@pytest.mark.parametrize(
    ("targets", "code"),
    [
        ([("2098-01", FOUR), ("2020-01", FOUR)], "date.range"),
        ([("2098-01", FOUR), ("2098-02", Decimal(101))], "value.range"),
        ([("2098-01", FOUR), ("2098-99", FOUR)], "period.format"),
    ],
)
def test_one_target_that_cannot_be_leaves_all_unset(kpi, applicant, targets, code):
    with pytest.raises(Unprocessable) as refused:
        services.set_targets(actor=applicant, kpi_id=kpi.pk, targets=targets)

    assert refused.value.code == code
    assert not KpiTarget.objects.exists()


def test_only_the_department_sets_them(kpi, official):
    with pytest.raises(NotAllowed):
        services.set_targets(actor=official, kpi_id=kpi.pk, targets=[("2098-01", FOUR)])

    assert not KpiTarget.objects.exists()


@pytest.mark.parametrize(
    ("typed", "status", "stored"),
    [
        ("2098-01 6\n\n2098-02   4\n", 302, 2),
        ("2098-01 6\n2098-02", 422, 0),
        ("2098-01 6\n2098-02 1,000", 422, 0),
        ("2098-01 6\n2098-02-15 4", 422, 0),
        ("", 422, 0),
    ],
)
def test_the_page_takes_a_line_for_each_period(kpi, client, applicant, typed, status, stored):
    client.force_login(applicant)

    answer = client.post(reverse("kpis:kpi-targets", args=[kpi.reference]), {"targets": typed})

    assert answer.status_code == status
    assert KpiTarget.objects.count() == stored


def test_a_bad_line_is_named_in_the_readers_language(kpi, client, applicant):
    client.force_login(applicant)
    address = reverse("kpis:kpi-targets", args=[kpi.reference])

    page = client.post(address, {"targets": "2098-01 6\n2098-02 x"}, headers={"Accept-Language": "zh-hant"})

    assert "第2行" in page.content.decode()


def test_the_api_sets_them_too_and_refuses_unknown_names(kpi, client, applicant):
    client.force_login(applicant)
    address = f"/api/v1/kpis/{kpi.reference}/targets/"
    one = {"period": "2098-01", "value": "6"}

    told = client.post(address, {"targets": [one]}, content_type="application/json")
    unknown = client.post(address, {"targets": [one | {"set_by": 1}]}, content_type="application/json")
    number = client.post(address, {"targets": [one | {"value": 6}]}, content_type="application/json")

    assert (told.status_code, told.json()) == (200, {"targets": [{"value": "6", "due_on": "2098-01-31"}]})
    assert [unknown.status_code, number.status_code] == [400, 400]


def test_the_table_says_the_target_of_each_period_and_whether_it_was_reached(kpi):
    for due_on, value in ((date(2026, 2, 28), 6), (date(2026, 3, 31), 4)):
        KpiTarget.objects.create(kpi=kpi, value=value, due_on=due_on, set_by=kpi.owner)
    values = {1: 6, 2: 7, 3: 4, 4: 4}
    verified(kpi, {date(2026, month, 1): Measured(Decimal(value)) for month, value in values.items()})

    table = figures.history_table(selectors.histories([kpi])[0])

    assert [row[2:] for row in table["rows"][:4]] == [
        [None, "no target set"],
        ["4", "target reached"],
        ["6", "target not reached yet"],
        ["6", "target reached"],
    ]
    assert {len(row) for row in table["rows"]} == {len(table["headings"])}
