"""Readings added up by year: the rule, the page and the API, and 25 years of Hong Kong's public finances."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.urls import reverse
import openpyxl
import pytest
import time_machine

from kpis import selectors
from kpis.models import Kpi
from kpis.rules.periods import next_start
from kpis.rules.years import by_year
from tests.kpis.importing import defined, imported

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    start: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def values(*pairs):
    return [Row(day, None if value is None else Decimal(value)) for day, value in pairs]


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [("sum", ["30", "5"]), ("mean", ["15", "5"]), ("last", ["20", "5"])],
)
def test_each_way_of_adding_up_gives_its_figure(aggregation, expected):
    rows = values((date(2026, 2, 1), 10), (date(2026, 3, 1), 20), (date(2026, 4, 1), 5), (date(2026, 1, 1), None))
    found = by_year(rows, formula="value", aggregation=aggregation, frequency="monthly", year_kind="financial")
    assert [(year.start, year.value) for year in found] == [
        (date(2025, 4, 1), Decimal(expected[0])),
        (date(2026, 4, 1), Decimal(expected[1])),
    ]
    assert [(year.have, year.due) for year in found] == [(3, 12), (1, 12)]


def test_a_percentage_is_made_of_its_cases_and_never_averaged():
    rows = [
        Row(date(2026, 1, 1), Decimal(50), Decimal(1), Decimal(2)),
        Row(date(2026, 2, 1), Decimal(10), Decimal(100), Decimal(1000)),
        Row(date(2026, 3, 1), None, Decimal(0), Decimal(0)),
    ]
    found = by_year(rows, formula="percentage", aggregation="ratio", frequency="monthly", year_kind="calendar")
    assert [year.value for year in found] == [Decimal("10.079840")]


@pytest.mark.parametrize(
    ("frequency", "year", "kind", "due"),
    [
        ("daily", 2028, "calendar", 366),
        ("daily", 2027, "financial", 366),
        ("weekly", 2026, "calendar", 52),
        ("weekly", 2029, "calendar", 53),
        ("monthly", 2026, "financial", 12),
        ("quarterly", 2026, "calendar", 4),
    ],
)
def test_a_year_knows_how_many_periods_begin_in_it(frequency, year, kind, due):
    start = date(year, 4 if kind == "financial" else 1, 1)
    monday = date.fromordinal(start.toordinal() + (-start.weekday()) % 7)
    first = monday if frequency == "weekly" else start
    (found,) = by_year(values((first, 1)), formula="value", aggregation="sum", frequency=frequency, year_kind=kind)
    day, counted = first, 0
    while day < next_start(start, "yearly"):
        day, counted = next_start(day, frequency), counted + 1
    assert found.due == counted == due


@pytest.fixture
def finances(real):
    """Expenditure and revenue in HK$ million by month. The day of a row is its last one, later its first."""
    book = openpyxl.load_workbook(real("hk_monthly_financial_results_1998-2023.xlsx"), data_only=True, read_only=True)
    rows = book.active.iter_rows(min_row=2, values_only=True)
    return {
        (row[0], row[2].date().replace(day=1)): (Decimal(str(-row[4])), Decimal(str(row[3]))) for row in rows if row[2]
    }


def test_303_months_of_public_finances_are_a_ratio_by_financial_year(finances, client, world, official):
    assert len(finances) == 303
    kpi = defined(
        world,
        "public-finances",
        frequency="monthly",
        year_kind="financial",
        starts_on=date(1998, 9, 1),
        direction="down",
        formula="ratio",
        aggregation="ratio",
    )
    lines = [f"{kpi.reference},{month:%Y-%m},,{above},{below}" for (_, month), (above, below) in finances.items()]
    assert imported(world, lines) == 303
    slip = {"1999-20": "1999-00"}  # as the file names that one year
    sums: dict[str, list[Decimal]] = {}
    for (year, _month), (spent, received) in finances.items():
        total = sums.setdefault(slip.get(year, year), [Decimal(0), Decimal(0), Decimal(0)])
        total[0], total[1], total[2] = total[0] + spent, total[1] + received, total[2] + 1

    with time_machine.travel(NOW, tick=False):
        years = selectors.histories([Kpi.objects.select_related("definition", "project").get(pk=kpi.pk)])[0].years
        client.force_login(official)
        page = client.get(reverse("kpis:kpi-detail", args=[kpi.reference])).content.decode()
        answer = client.get(f"/api/v1/kpis/{kpi.reference}/years/").json()

    assert {name: (year.value, year.have) for name, _words, year in years} == {
        name: (round(spent / received, 6), count) for name, (spent, received, count) in sums.items()
    }
    assert "By financial year" in page
    assert "7 of 12" in page
    assert [row["starts_on"] for row in answer] == [year.start.isoformat() for _name, _words, year in years]
    assert answer[0]["due"] == 12
