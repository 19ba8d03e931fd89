"""The figures as lines for people: ratio and goal, growth between the two largest sizes, queries that grow."""

import math

from bench.measure import Figure


def line(figure: Figure) -> str:
    sign = "✓" if figure.is_met else "✕"
    goal = "  no goal here" if figure.goal is None else f"  goal ≤ {figure.goal:g}"
    queries = f"  {figure.queries:>2} queries" if figure.queries else ""
    note = f"  {figure.note}" if figure.note else ""
    return (
        f"{sign} {figure.row:<36} n={figure.size:>7,}  floor {figure.floor_ms:8.2f} {figure.unit}"
        f"  ours {figure.ours_ms:8.2f} {figure.unit}  ratio {figure.ratio:5.2f}{goal}{queries}{note}"
    )


def growth(figures: list[Figure]) -> list[str]:
    """The exponent of each row between the two largest sizes: 0 is flat, 1 is linear, more is a fault to explain."""
    by_row: dict[str, dict[int, Figure]] = {}
    for figure in figures:
        by_row.setdefault(figure.row, {})[figure.size] = figure
    told = []
    for row, measured in by_row.items():
        if len(measured) < 2:
            continue
        smaller, larger = sorted(measured)[-2:]
        rise = math.log(measured[larger].ours_ms / measured[smaller].ours_ms) / math.log(larger / smaller)
        floor = math.log(measured[larger].floor_ms / measured[smaller].floor_ms) / math.log(larger / smaller)
        fault = "  MORE THAN LINEAR" if rise > 1.05 else ""
        told.append(f"growth of {row:<36} {smaller:,} to {larger:,}: {rise:5.2f} (floor {floor:5.2f}){fault}")
    return told


def spread(figures: list[Figure]) -> list[str]:
    """Rows whose query count is not the same at every size."""
    counts: dict[str, dict[int, int]] = {}
    for figure in figures:
        if figure.queries:
            counts.setdefault(figure.row, {})[figure.size] = figure.queries
    told = [f"queries of {row} differ by size: {seen}" for row, seen in counts.items() if len(set(seen.values())) > 1]
    return told or ["query counts are the same at every size"]
