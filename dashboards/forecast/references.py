"""The reference rates that come with the installation: data/reference_rates.csv, derived from public registers."""

import csv
from functools import cache

from django.conf import settings

from dashboards.rules.rates import Reference
from dashboards.rules.reference import Row, State, as_reference

FILE = settings.BASE_DIR / "data" / "reference_rates.csv"
COLUMNS = ("state", "number", "stayed", "moved", "in_use", "retired", "forward", "exits")


@cache
def rows() -> tuple[Row, ...]:
    """The table as shipped; empty where the installation does without one."""
    if not FILE.exists():
        return ()
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Row(
                State[line["state"].upper()],
                *(int(line[column]) for column in COLUMNS[1:6]),
                *(float(line[column]) for column in COLUMNS[6:]),
            )
            for line in csv.DictReader(file)
        )


def reference() -> Reference | None:
    return as_reference(rows()) if rows() else None
