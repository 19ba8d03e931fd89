"""How the number of projects moved between two days: opening + added - exited = closing (FEATURES A13). No Django.

A project is in the register from the day it was registered until the day its leaving was approved. Both
are days of the act, never of what it was about: a leaving that is agreed late changes no number that was
reported earlier.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stay(Generic[T]):
    """One project's time in the register. `left` is the first day it is no longer there."""

    thing: T
    entered: date
    left: date | None = None

    def is_there_before(self, day: date) -> bool:
        return self.entered < day and (self.left is None or self.left >= day)


@dataclass(frozen=True, slots=True)
class Movement(Generic[T]):
    """What was there before `first` began, what came and went from `first` to `last`, what was there after."""

    first: date
    last: date
    opening: tuple[T, ...]
    added: tuple[T, ...]
    exited: tuple[T, ...]
    closing: tuple[T, ...]

    @property
    def adds_up(self) -> bool:
        return len(self.opening) + len(self.added) - len(self.exited) == len(self.closing)


def movement(stays: Iterable[Stay[T]], *, first: date, last: date) -> Movement[T]:
    """Both days are included. A project that came and went in between is named on both sides."""
    opening, added, exited, closing = [], [], [], []
    for stay in stays:
        if stay.is_there_before(first):
            opening.append(stay.thing)
        if first <= stay.entered <= last:
            added.append(stay.thing)
        if stay.left is not None and first <= stay.left <= last:
            exited.append(stay.thing)
        if stay.entered <= last and (stay.left is None or stay.left > last):
            closing.append(stay.thing)
    return Movement(first, last, tuple(opening), tuple(added), tuple(exited), tuple(closing))
