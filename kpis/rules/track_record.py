"""How much of earlier promises came true, for tempering the next one: Bühlmann's credibility (FEATURES F7).

H. Bühlmann, "Experience rating and credibility", ASTIN Bulletin 4 (1967), with the unbiased estimators of Bühlmann and
Straub (1970) for groups of different size. A group is a department and a kind of benefit. The fewer cases it has, and
the less groups differ, the more its average is drawn to that of the whole programme.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

LOWEST, HIGHEST = 0.0, 2.0  # nothing at all, or twice what was promised: one odd case does not make the average


@dataclass(frozen=True, slots=True)
class Tempering:
    """What one unit of a promise is worth: `weight` of the group's own average, the rest of everybody's."""

    factor: float
    weight: float
    own: float | None
    own_cases: int
    everybody: float
    all_cases: int


def tempering(group: str, cases: Iterable[tuple[str, float]]) -> Tempering | None:
    """`cases` are (group, realised ÷ promised) of accepted reviews, each held between 0 and 2. None without any."""
    by_group: dict[str, list[float]] = {}
    for name, ratio in cases:
        by_group.setdefault(name, []).append(min(max(ratio, LOWEST), HIGHEST))
    if not by_group:
        return None
    everybody = fmean(ratio for ratios in by_group.values() for ratio in ratios)
    own = by_group.get(group, [])
    weight = _weight(len(own), by_group) if own else 0.0
    mean = fmean(own) if own else None
    factor = everybody if mean is None else weight * mean + (1 - weight) * everybody
    return Tempering(factor, weight, mean, len(own), everybody, sum(map(len, by_group.values())))


def _weight(cases: int, by_group: Mapping[str, Sequence[float]]) -> float:
    """n ÷ (n + within ÷ between); 0 while it cannot be told whether groups differ at all, 1 for the only group."""
    total, groups = sum(map(len, by_group.values())), len(by_group)
    if groups == 1:
        return 1.0
    if total == groups:
        return 0.0
    means = {name: fmean(ratios) for name, ratios in by_group.items()}
    everybody = fmean(ratio for ratios in by_group.values() for ratio in ratios)
    spread = sum((ratio - means[name]) ** 2 for name, ratios in by_group.items() for ratio in ratios)
    within = spread / (total - groups)
    apart = sum(len(ratios) * (means[name] - everybody) ** 2 for name, ratios in by_group.items())
    between = (apart - (groups - 1) * within) / (total - sum(len(ratios) ** 2 for ratios in by_group.values()) / total)
    return cases * between / (cases * between + within) if between > 0 else 0.0
