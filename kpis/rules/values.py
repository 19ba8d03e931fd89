"""What is a value, and whether it is believed. Text with ASCII digits only; nothing is ever rounded on the way in."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
import re
from typing import NamedTuple

from kpis.rules.refusal import Refused

PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?", re.ASCII)
MORE_DECIMALS = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{7,}", re.ASCII)
STORED = Decimal("0.000001")
HUNDRED = Decimal(100)


class Formula(StrEnum):
    VALUE = "value"
    RATIO = "ratio"
    PERCENTAGE = "percentage"


def number(raw: object) -> Decimal:
    """The number a text says: `12.5`, `-3`; not `1,234`, `1e3`, `NaN`, full-width digits or a seventh decimal."""
    if not isinstance(raw, str):
        raise Refused("value.type")
    if not PLAIN_NUMBER.fullmatch(raw):
        raise Refused("value.precision" if MORE_DECIMALS.fullmatch(raw) else "value.type")
    return Decimal(raw)


class Measured(NamedTuple):
    """A value with the parts it came from, where it is a ratio."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def measured(
    formula: Formula | str,
    *,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
) -> Measured:
    """The reading that the given parts make under a formula.

    A ratio is worked out here and never sent ready-made; with nothing to count (0 of 0) its value is
    None, not 0. Raises `Refused` when a part is missing, superfluous or impossible.
    """
    if Formula(formula) is Formula.VALUE:
        if value is None or numerator is not None or denominator is not None:
            raise Refused("value.parts")
        return Measured(value)
    if value is not None or numerator is None or denominator is None:
        raise Refused("value.parts")
    if denominator < 0 or (denominator == 0 and numerator != 0):
        raise Refused("value.denominator")
    if denominator == 0:
        return Measured(None, numerator, denominator)
    factor = HUNDRED if Formula(formula) is Formula.PERCENTAGE else Decimal(1)
    return Measured((factor * numerator / denominator).quantize(STORED, ROUND_HALF_EVEN), numerator, denominator)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Both ends included; None is open."""

    lowest: Decimal | None = None
    highest: Decimal | None = None

    def hold(self, value: Decimal | None) -> bool:
        if value is None:
            return True
        return (self.lowest is None or value >= self.lowest) and (self.highest is None or value <= self.highest)
