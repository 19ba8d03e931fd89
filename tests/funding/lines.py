"""Policy versions with their lines in whole cents, and a second reading of them that knows nothing of `Decimal`."""

from collections.abc import Sequence
from decimal import Decimal
import random
from typing import TypeAlias

from funding.rules.tiers import TIERS, TierLine

Edge: TypeAlias = tuple[int, bool]
"""The upper end of a tier in cents, and whether it is the tier's own."""

Version: TypeAlias = tuple[Edge, Edge]
"""The edges of the department's and of the working group's tier; above them is the Legislative Council's."""

HK_DOLLAR = 100
LARGEST = 10**14 - 1

VERSIONS: dict[str, Version] = {
    "first": ((500_000 * HK_DOLLAR, False), (20_000_000 * HK_DOLLAR, True)),
    "both_sides_changed": ((500_000 * HK_DOLLAR, True), (20_000_000 * HK_DOLLAR, False)),
    "both_included": ((1_000_000 * HK_DOLLAR, True), (30_000_000 * HK_DOLLAR, True)),
    "both_excluded": ((1_400_000 * HK_DOLLAR, False), (15_000_000 * HK_DOLLAR, False)),
    "odd_cents": ((499_999_99, True), (20_000_000_01, False)),
    "one_cent_apart": ((500_000_00, False), (500_000_01, False)),
    "one_cent_apart_included": ((500_000_00, True), (500_000_01, True)),
    "smallest": ((2, False), (3, True)),
    "largest": ((99_999_999_999_998, True), (99_999_999_999_999, False)),
}


def money(cents: int) -> Decimal:
    """Whole cents as the amount they are."""
    return Decimal(f"{cents // 100}.{cents % 100:02}")


def lines_of(version: Version) -> tuple[TierLine, ...]:
    """The version as the engine takes it."""
    (department, in_department), (group, in_group) = version
    return (
        TierLine("department", money(department), in_department),
        TierLine("working_group", money(group), in_group),
        TierLine("legco", None),
    )


def last_own(edge: Edge) -> int:
    """The largest amount in cents that still belongs to the tier."""
    cents, included = edge
    return cents if included else cents - 1


def rank(cents: int, version: Version) -> int:
    """0, 1 or 2 for department, working group or Legislative Council: how many tiers the amount is too large for."""
    return sum(cents > last_own(edge) for edge in version)


def tier(cents: int, version: Version) -> str:
    return TIERS[rank(cents, version)]


def around(edges: Sequence[Edge]) -> list[int]:
    """Every edge, and one cent to either side of it."""
    return [cents + step for cents, _included in edges for step in (-1, 0, 1)]


def any_cents(chance: random.Random, version: Version) -> int:
    """Half of all amounts lie within HK$1 of an edge, the others anywhere, small and large alike."""
    if chance.random() < 0.5:
        return max(1, chance.choice(version)[0] + chance.randint(-100, 100))
    return chance.randint(1, 10 ** chance.randint(1, 14))


def any_version(chance: random.Random) -> Version:
    """Two random edges, the second above the first, each on a random side."""
    low = chance.randint(2, 10 ** chance.randint(1, 13))
    high = low + chance.randint(1, 10 ** chance.randint(1, 13))
    return (low, chance.random() < 0.5), (high, chance.random() < 0.5)
