"""A value against its target, and against where it started. Bands with memory are for a later rule."""

from decimal import Decimal
from enum import StrEnum


class Standing(StrEnum):
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    NO_DATA = "no_data"
    NO_TARGET = "no_target"


class Change(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


def against_target(value: Decimal | None, target: Decimal | None, *, direction: str) -> Standing:
    """Reaching it exactly is reaching it. No data is its own answer, never a miss."""
    if target is None:
        return Standing.NO_TARGET
    if value is None:
        return Standing.NO_DATA
    reached = value >= target if direction == "up" else value <= target
    return Standing.REACHED if reached else Standing.NOT_REACHED


def change(value: Decimal, baseline: Decimal, *, direction: str) -> Change:
    if value == baseline:
        return Change.SAME
    return Change.BETTER if (value > baseline) == (direction == "up") else Change.WORSE
