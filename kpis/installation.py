"""The library of definitions that comes with every installation (DESIGN 6). Safe to run again."""

from dataclasses import dataclass
from decimal import Decimal

from kpis.models import Aggregation, Definition, Direction, Formula
from kpis.rules.breakdowns import Dimension


@dataclass(frozen=True, slots=True)
class _Measure:
    """One measure: names and units in English, Traditional and Simplified Chinese, and how it works."""

    key: str
    names: tuple[str, str, str]
    units: tuple[str, str, str]
    direction: Direction
    formula: Formula
    aggregation: Aggregation
    highest: int | None = None
    dimensions: tuple[Dimension, ...] = tuple(Dimension)


PERCENT = ("%", "%", "%")
HOURS = ("hours", "小時", "小时")
LIBRARY = (
    _Measure(
        "turnaround-time",
        ("Turnaround time", "處理時間", "处理时间"),
        ("working days per case", "工作天／個案", "工作天／个案"),
        Direction.DOWN,
        Formula.RATIO,
        Aggregation.RATIO,
    ),
    _Measure(
        "error-rate",
        ("Error rate", "錯誤率", "错误率"),
        PERCENT,
        Direction.DOWN,
        Formula.PERCENTAGE,
        Aggregation.RATIO,
        100,
    ),
    _Measure(
        "first-contact-resolution",
        ("First-contact resolution", "首次接觸解決率", "首次接触解决率"),
        PERCENT,
        Direction.UP,
        Formula.PERCENTAGE,
        Aggregation.RATIO,
        100,
    ),
    _Measure(
        "satisfaction",
        ("Satisfaction", "滿意度", "满意度"),
        PERCENT,
        Direction.UP,
        Formula.PERCENTAGE,
        Aggregation.RATIO,
        100,
    ),
    _Measure(
        "volume",
        ("Volume", "處理量", "处理量"),
        ("cases", "宗", "宗"),
        Direction.UP,
        Formula.VALUE,
        Aggregation.SUM,
    ),
    _Measure(
        "cost-per-case",
        ("Cost per case", "每宗成本", "每宗成本"),
        ("HK$ per case", "港元／宗", "港元／宗"),
        Direction.DOWN,
        Formula.RATIO,
        Aggregation.RATIO,
        dimensions=(Dimension.CHANNEL,),
    ),
    _Measure(
        "staff-hours-saved",
        ("Staff hours saved", "節省的人手工時", "节省的人手工时"),
        HOURS,
        Direction.UP,
        Formula.VALUE,
        Aggregation.SUM,
        dimensions=(),
    ),
)


def install() -> int:
    """Write the library's first versions where they are missing; returns how many are new."""
    rows = [
        Definition(
            key=measure.key,
            name_en=measure.names[0],
            name_zh_hant=measure.names[1],
            name_zh_hans=measure.names[2],
            unit_en=measure.units[0],
            unit_zh_hant=measure.units[1],
            unit_zh_hans=measure.units[2],
            direction=measure.direction,
            formula=measure.formula,
            aggregation=measure.aggregation,
            lowest=None if measure.key == "staff-hours-saved" else Decimal(0),
            highest=measure.highest,
            dimensions=[one.value for one in measure.dimensions],
        )
        for measure in LIBRARY
    ]
    known = set(Definition.objects.filter(version=1).values_list("key", flat=True))
    return len(Definition.objects.bulk_create([row for row in rows if row.key not in known], ignore_conflicts=True))
