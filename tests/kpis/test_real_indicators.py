"""23 real indicators come in as a department's KPIs would, and make the progress that was published."""

from collections import Counter
import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
import yaml

from core.errors import Conflict
from core.models import LedgerEntry
from kpis import selectors, services
from kpis.models import Kpi
from kpis.rules.outlook import Prospect
from tests.kpis.importing import defined, imported

PROMISED = datetime(2025, 6, 2, 4, tzinfo=UTC)  # before the first target was due
NOW = datetime(2026, 1, 15, 4, tzinfo=UTC)
BETTER_FROM_THE_START = "15-5-1"  # its baseline of 70 was already under the limit of 100
NOT_A_BREAKDOWN = {"Year", "Value", "Units", "Series", "GeoCode"}
WITHOUT_FORMULA = {"7-1-1", "15-6-1"}  # judged by hand where they are published
WITHOUT_PROGRESS = {"3-2-1", "5-1-1"}  # nothing was measured after the baseline


def year_end(year):
    return date(int(year), 12, 31)


@dataclass(frozen=True)
class Indicator:
    """One published component, and the readings of it that are published: its headline series, or its newest value."""

    key: str
    told: dict
    readings: dict

    def number(self, name):
        return stored(self.told[name])

    def year(self, name):
        return int(self.told[name])


@pytest.fixture
def indicators(real):
    """Every component of the 23 indicators; one that was judged by hand has readings alone."""
    folder = real("ca_cif_kpi")
    published = yaml.safe_load((folder / "indicator_calculation_components.yml").read_text(encoding="utf-8"))
    found = []
    for key, rows in published.items():
        series = headline(folder, key)
        components = {name: row for name, row in rows.items() if isinstance(row, dict)}
        for name, row in components.items():
            found.append(Indicator(key, row, series if name == key and series else newest(row)))
        if not components:
            found.append(Indicator(key, {"direction": 1, "base_year": None, "progress_value": None}, series))
    return found


def headline(folder, key):
    """Yearly readings of the whole: rows of one year that say nothing in any column of breakdown."""
    with (folder / "data" / f"indicator_{key}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Value"]]
    told = {}
    for row in rows:
        parts = [value for name, value in row.items() if name not in NOT_A_BREAKDOWN]
        if row["Year"].isdecimal() and not any(parts):
            told.setdefault(int(row["Year"]), stored(row["Value"]))
    return told


def newest(component):
    return {int(component["current_year"]): stored(component["current_value"])}


def stored(value):
    """To the six places that are kept; what is published with more is told rounded, and no progress moves by 1e-6."""
    return Decimal(str(value)).quantize(Decimal("0.000001"))


def promised(world, indicator, place):
    """The indicator as its people make it: measured, with a baseline and a target, before its newest year was over."""
    kpi = defined(
        world,
        f"{indicator.key}-{place}",
        frequency="yearly",
        starts_on=date(1970, 1, 1),
        direction="up" if indicator.told["direction"] == 1 else "down",
        aggregation="last",
    )
    mine = {"actor": world["applicant"], "kpi_id": kpi.pk}
    if indicator.told["base_year"] is None:
        return kpi
    base = indicator.year("base_year")
    services.set_baseline(
        value=indicator.number("base_value"),
        period_start=date(base, 1, 1),
        period_end=year_end(base),
        evidence=f"Indicator {indicator.key} as published.",
        **mine,
    )
    services.lock_baseline(**mine)
    if indicator.told["target"] is not None:
        due_on = year_end(indicator.told["target_year"])
        services.set_target(value=indicator.number("target"), due_on=due_on, **mine)
    return kpi


def measured_by_files(world, indicators):
    """All of them imported: promised in 2025, their readings reported by a file and verified by a second person."""
    with time_machine.travel(PROMISED, tick=False):
        kpis = [promised(world, indicator, place) for place, indicator in enumerate(indicators)]
    with time_machine.travel(NOW, tick=False):
        lines = [
            f"{kpi.reference},{year}-01-01,{value},,"
            for kpi, indicator in zip(kpis, indicators, strict=True)
            for year, value in indicator.readings.items()
        ]
        assert imported(world, lines) == len(lines)
        rows = Kpi.objects.select_related("definition", "project").in_bulk([kpi.pk for kpi in kpis])
        return dict(zip(kpis, selectors.histories([rows[kpi.pk] for kpi in kpis]), strict=True))


def test_23_real_indicators_are_imported_and_make_the_progress_that_was_published(indicators, world):
    """Baseline, target, direction and readings as published; the progress is `kpis.rules.outlook`'s pace by pace.

    One sign differs. The extent of 15-5-1 was to stay under 100 and stood at 70 already, so the pace from its baseline
    to its limit leads up while the figure goes down: by the formula that is -1.234, published is 1.234 as achieved.
    Here the sign stays, and in words it was met at the baseline.
    """
    assert len({indicator.key for indicator in indicators}) == 23
    histories = measured_by_files(world, indicators)

    seen, silent, turned, readings = 0, set(), set(), 0
    for indicator, history in zip(indicators, histories.values(), strict=True):
        assert {point.start.year: point.value for point in history.points} == indicator.readings
        readings += len(indicator.readings)
        found, published = history.outlook, indicator.told["progress_value"]
        if published is None:
            silent.add(indicator.key)
            assert found is None
            continue
        seen += 1
        if found.progress == pytest.approx(published, abs=1e-6):
            continue
        turned.add(indicator.key)
        assert found.progress == pytest.approx(-published, abs=1e-6)
        assert found.prospect is Prospect.MET_AT_BASELINE
    assert silent == WITHOUT_PROGRESS | WITHOUT_FORMULA
    assert turned == {BETTER_FROM_THE_START}
    assert (seen, readings) == (37, 195)


def test_what_was_imported_says_who_did_it(indicators, world):
    some = [indicator for indicator in indicators if indicator.key in {"8-6-1", "15-5-1"}]

    kpis = list(measured_by_files(world, some))

    acts = Counter(LedgerEntry.objects.values_list("action", "actor"))
    by = {name: f"person:{world[name].person_id}" for name in ("team", "applicant", "head")}
    mine = ("kpi.defined", "kpi.baseline_set", "kpi.baseline_locked", "kpi.target_set")
    assert acts["definition.added", by["team"]] == len(some)
    assert [acts[act, by["applicant"]] for act in mine] == [len(some)] * 4
    assert (acts["readings.reported", by["applicant"]], acts["readings.verified", by["head"]]) == (1, 1)
    with pytest.raises(Conflict):
        services.set_baseline(
            actor=world["applicant"],
            kpi_id=kpis[0].pk,
            value=Decimal(1),
            period_start=date(2015, 1, 1),
            period_end=year_end(2015),
            evidence="Another figure.",
        )
