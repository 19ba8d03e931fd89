"""Green, amber or red from the readings, with memory, so that a value near an edge does not change colour each month.

Judged by how far a reading lies behind the straight way from the baseline to the target, as a share of that whole
way: up to 0 is green, up to 0.2 amber, beyond it red. The colour that stands is left only by more than 0.05.
Where there is no baseline, or it met the target already, the way is half of the target: amber ends a tenth off it.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from kpis.rules.outlook import Measurement

EDGES = ((Decimal(0), "green"), (Decimal("0.2"), "amber"))
MARGIN = Decimal("0.05")
SHORT_WAY = Decimal("0.5")  # of the target, where the baseline says nothing about the way


class Rag(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    STALE = "stale"  # the last reading is too old to say
    NONE = "none"  # no reading or no target


def rag(
    readings: Iterable[Measurement],
    *,
    baseline: Measurement | None,
    target: Measurement | None,
    direction: str,
    is_stale: bool,
) -> Rag:
    """The colour after all readings, oldest first."""
    if target is None:
        return Rag.NONE
    standing = after(Rag.NONE, readings, baseline=baseline, target=target, direction=direction)
    return Rag.STALE if is_stale and standing is not Rag.NONE else standing


def after(
    standing: Rag, readings: Iterable[Measurement], *, baseline: Measurement | None, target: Measurement, direction: str
) -> Rag:
    """The colour after more readings, oldest first, where `standing` stood before them."""
    for reading in readings:
        standing = _next(standing, behind(reading, baseline=baseline, target=target, direction=direction))
    return standing


def behind(reading: Measurement, *, baseline: Measurement | None, target: Measurement, direction: str) -> Decimal:
    """How far a reading lies behind where it should be by its day, as a share of the whole way; below 0 it is ahead."""
    sign = 1 if direction == "up" else -1
    way = sign * (target.value - baseline.value) if baseline else Decimal(0)
    if baseline is None or way <= 0:
        short = abs(target.value) * SHORT_WAY or Decimal(1)
        return sign * (target.value - reading.value) / short
    due = Decimal((target.on - baseline.on).days) or Decimal(1)
    share = min(Decimal(1), max(Decimal(0), (reading.on - baseline.on).days / due))
    return share - sign * (reading.value - baseline.value) / way


def _next(standing: Rag, how_far: Decimal) -> Rag:
    """The colour that stands unless the value lies outside its band by more than the margin."""
    if standing in {_plain(how_far - MARGIN), _plain(how_far + MARGIN)}:
        return standing
    return _plain(how_far)


def _plain(how_far: Decimal) -> Rag:
    return next((Rag(colour) for edge, colour in EDGES if how_far <= edge), Rag.RED)
