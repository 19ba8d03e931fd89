"""Whether an agenda fits its time, and the order of its items. Whole minutes, places from 1."""

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def over(minutes: Sequence[int], *, held: int) -> int:
    """By how many minutes the items run over the time the room is held; 0 when they fit."""
    return max(0, sum(minutes) - held)


def moved(items: Sequence[Item], item: Item, *, to: int) -> list[Item]:
    """The items with one at place `to`; a place before the first or after the last is the first or the last."""
    others = [one for one in items if one != item]
    place = min(max(to, 1), len(others) + 1)
    return [*others[: place - 1], item, *others[place - 1 :]]
