"""Whether a pack may be sent: every reason against it, so that a blank never goes out as a success. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

SOURCE, COVERAGE, CHART, UNANSWERED = "source.missing", "coverage.low", "chart.empty", "readers.none"


def faults(content: Mapping[str, Any], *, least_coverage: int) -> list[str]:
    """`least_coverage` is the percentage of verified claims and of due readings below which nothing is sent."""
    data, found = content["data"], []
    if data.get("standing", {}).get("registered", 1) == 0:
        found.append(SOURCE)
    if any(100 * part["have"] < least_coverage * part["due"] for part in content["coverage"].values()):
        found.append(COVERAGE)
    if "curve" in data and not any(row["in_use"] for row in data["curve"]):
        found.append(CHART)
    return found


def is_due(day: int, today: date) -> bool:
    """Packs of last month go out from this day of the month on."""
    return today.day >= day
