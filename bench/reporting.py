"""What reports readings under measurement: 200 daily KPIs of one project, each body with days of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Person
from kpis.models import Definition, Kpi, Series, Source, SourceKpi
from projects.models import Project

MEASURES, DAYS = 200, 5  # of one body: its KPIs, and how many days of each
REPORTED = MEASURES * DAYS
FIRST_DAY = date(2024, 1, 1)
LEVEL = 100_000


@dataclass(frozen=True, slots=True)
class Reporter:
    """KPIs, and the numbers of the bodies that report them."""

    kpis: list[Kpi]
    bodies: "count[int]" = field(default_factory=count)

    def readings(self) -> list[Mapping[str, str]]:
        """Of the next five days: two hundred bodies reach from the first day to the middle of 2026."""
        number = next(self.bodies)
        return [
            {"kpi": kpi.reference, "period": (FIRST_DAY + timedelta(days=day)).isoformat(), "value": str(LEVEL + day)}
            for day in range(number * DAYS, (number + 1) * DAYS)
            for kpi in self.kpis
        ]

    def source(self, kind: str, *, people: tuple[Person, Person], **given: Any) -> Source:
        """An approved source that reports them."""
        made = Source.objects.create(
            department_id=self.kpis[0].project.department_id,
            name="Case system",
            kind=kind,
            status="approved",
            proposed_by=people[0],
            approved_by=people[1],
            approved_at=timezone.now(),
            **{"reference": f"SRC-{kind}", **given},
        )
        SourceKpi.objects.bulk_create(SourceKpi(source=made, kpi=kpi, code=kpi.reference) for kpi in self.kpis)
        return made


def definition() -> Definition:
    """One number a day, nothing to work out."""
    return Definition.objects.get_or_create(
        key="bench", version=1,
        defaults={"name_en": "Volume", "name_zh_hant": "處理量", "unit_en": "cases", "unit_zh_hant": "宗",
                  "direction": "up", "formula": "value", "aggregation": "sum"},
    )[0]  # fmt: skip


def reporter(prefix: str, project: Project, *, owner: Person) -> Reporter:
    """Two hundred KPIs whose references begin with `prefix`, each with its running series."""
    measured = definition()
    kpis = [
        Kpi(
            reference=f"{prefix}{number}",
            project=project,
            definition=measured,
            frequency="daily",
            starts_on=FIRST_DAY,
            owner=owner,
        )
        for number in range(MEASURES)
    ]
    Kpi.objects.bulk_create(kpis)
    Series.objects.bulk_create(Series(kpi=kpi, definition=measured, started_on=FIRST_DAY) for kpi in kpis)
    return Reporter(kpis)


def copied(readings: list[Mapping[str, str]]) -> None:
    """What every way is held against: COPY into a table with a key, and nothing judged."""
    lines = (f"{one['kpi']}\t{one['period']}\t\t1\t{one['value']}\n" for one in readings)
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy("COPY bench_reading FROM STDIN") as copy:
        copy.write("".join(lines))
