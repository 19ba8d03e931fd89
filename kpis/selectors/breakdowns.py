"""A KPI's last periods told apart by group. What is hidden never leaves this module (FEATURES E9, TRUST T24)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import Text
from kpis import breakdown_wording
from kpis.models import Definition, Reading, SmallestGroup
from kpis.rules.breakdowns import FIRST_SMALLEST, GROUPS, Dimension, dimension_of, groups_of, hidden, size
from kpis.selectors.history import History

PERIODS_SHOWN = 3
LOOKED_AT = 12  # periods back from the last one of the whole


@dataclass(frozen=True, slots=True)
class Figure:
    """One group in one period. A hidden one says nothing but that it is hidden; one without a reading is all None."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One group with its figures, newest period first."""

    cell: str
    figures: tuple[Figure, ...]

    @property
    def label(self) -> Text:
        return breakdown_wording.GROUPS[self.cell]

    @property
    def latest(self) -> Figure:
        return self.figures[0]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The groups of one dimension that have a verified reading in the last periods, newest first."""

    dimension: Dimension
    unit: str
    starts: tuple[date, ...]
    periods: tuple[str, ...]
    groups: tuple[Group, ...]
    whole: Decimal | None
    smallest: int

    @property
    def title(self) -> Text:
        return breakdown_wording.DIMENSIONS[self.dimension]

    @property
    def of(self) -> int:
        """How many groups the dimension has."""
        return len(GROUPS[self.dimension])

    @property
    def finding(self) -> str:
        return breakdown_wording.finding(self)

    @property
    def summary(self) -> str:
        return breakdown_wording.coverage(self)

    @property
    def masking(self) -> str:
        return breakdown_wording.masking(self.smallest)


def breakdowns_of(history: History) -> list[Breakdown]:
    """For each dimension of the running definition that has verified readings; periods without a whole are left out."""
    dimensions = history.series.definition.dimensions
    if not dimensions or not history.points:
        return []
    cells = _readings(history)
    points = [point for point in history.points if any(start == point.start for start, _cell in cells)]
    points = points[: -PERIODS_SHOWN - 1 : -1]
    smallest = smallest_group(history.series.definition)
    found = []
    for dimension in Dimension:
        if dimension not in dimensions:
            continue
        figures = [_figures(cells, dimension, point.start, smallest) for point in points]
        groups = [
            Group(cell, tuple(one.get(cell, Figure()) for one in figures))
            for cell in groups_of([dimension])
            if any(cell in one for one in figures)
        ]
        if groups:
            starts, periods = tuple(point.start for point in points), tuple(point.label for point in points)
            whole = points[0].value
            found.append(Breakdown(dimension, history.unit, starts, periods, tuple(groups), whole, smallest))
    return found


def smallest_group(definition: Definition) -> int:
    said = SmallestGroup.objects.filter(key=definition.key).values_list("smallest", flat=True).first()
    return FIRST_SMALLEST if said is None else said


def _readings(history: History) -> dict[tuple[date, str], Reading]:
    since = history.points[-LOOKED_AT:][0].start
    rows = Reading.objects.standing().filter(series=history.series, period_start__gte=since).exclude(cell="")
    return {(row.period_start, row.cell): row for row in rows}


def _figures(
    cells: Mapping[tuple[date, str], Reading], dimension: Dimension, start: date, smallest: int
) -> dict[str, Figure]:
    """Of one dimension and period, hidden ones emptied."""
    rows: Sequence[Reading] = [
        row for (begun, cell), row in cells.items() if begun == start and dimension_of(cell) == dimension
    ]
    out = hidden({row.cell: size(row.value, row.denominator) for row in rows}, smallest=smallest)
    return {
        row.cell: Figure(is_hidden=True) if row.cell in out else Figure(row.value, row.numerator, row.denominator)
        for row in rows
    }
