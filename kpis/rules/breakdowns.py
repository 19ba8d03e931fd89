"""Breakdowns: the groups a measure is told apart by, and which of them are too small to be shown (FEATURES E9).

A group is written `channel:counter`; each belongs to one dimension and none crosses two, so that the groups of a
dimension are parts of the same whole and nothing else ties them together.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum

from kpis.rules.refusal import Refused, quoted

FIRST_SMALLEST = 5  # of people or cases, where the Team has said nothing else of a measure


class Dimension(StrEnum):
    CHANNEL = "channel"
    DISTRICT = "district"
    LANGUAGE = "language"
    USER_GROUP = "user_group"


GROUPS: Mapping[Dimension, tuple[str, ...]] = {
    Dimension.CHANNEL: ("counter", "telephone", "online", "mobile_app", "kiosk", "post", "other"),
    Dimension.DISTRICT: (
        "central_and_western", "wan_chai", "eastern", "southern", "yau_tsim_mong", "sham_shui_po", "kowloon_city",
        "wong_tai_sin", "kwun_tong", "kwai_tsing", "tsuen_wan", "tuen_mun", "yuen_long", "north", "tai_po", "sha_tin",
        "sai_kung", "islands",
    ),
    Dimension.LANGUAGE: ("cantonese", "putonghua", "english", "other"),
    Dimension.USER_GROUP: (
        "general_public", "elderly", "disability", "ethnic_minority", "business", "civil_service", "other",
    ),
}  # fmt: skip


def groups_of(dimensions: Collection[str]) -> list[str]:
    """Every group of some dimensions as it is written, in the order they are shown."""
    return [f"{dimension}:{group}" for dimension in Dimension if dimension in dimensions for group in GROUPS[dimension]]


def dimension_of(cell: str) -> Dimension:
    return Dimension(cell.partition(":")[0])


def cell_named(text: object, dimensions: Collection[str]) -> str:
    """The group that a source or a person names; nothing named is the whole. Raises `Refused` for any other text."""
    if text in (None, ""):
        return ""
    if not isinstance(text, str) or text not in groups_of(dimensions):
        raise Refused("cell.unknown", quoted(text))
    return text


def size(value: Decimal | None, denominator: Decimal | None) -> Decimal:
    """How many people or cases a group's figure is about: what a ratio is counted over, else the count itself."""
    return denominator if denominator is not None else value or Decimal(0)


def hidden(sizes: Mapping[str, Decimal], *, smallest: int) -> frozenset[str]:
    """The groups of one dimension and period that are not shown: those from one to fewer than `smallest`, and cover.

    The whole is known, so what is hidden is known in sum. The next smallest groups, equal ones together, are hidden
    with them until they make twice `smallest` together: then no small one follows from the rest, even for somebody who
    knows this rule. A group of nobody is shown. Hidden ones look alike, for which is small would say too much.
    """
    small = {cell for cell, count in sizes.items() if 0 < count < smallest}
    if not small:
        return frozenset()
    found, together = set(small), sum((sizes[cell] for cell in small), Decimal(0))
    for count in sorted({count for count in sizes.values() if count >= smallest}):
        if found != small and together >= 2 * smallest:
            break
        alike = {cell for cell, other in sizes.items() if other == count}
        found |= alike
        together += count * len(alike)
    return frozenset(found)
