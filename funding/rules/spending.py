"""What follows from money planned, committed, released and spent. Pure; amounts in HK$."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Line:
    """Planned money of one financial year (the year it starts) and one category."""

    financial_year: int
    category: str
    amount: Decimal


def opening(lines: Iterable[Line], approved: Decimal) -> list[Line]:
    """The budget an approval begins with: the lines asked for, in their order, up to the amount approved.

    Where less was approved, the last lines are cut; what is left over after all lines goes to the last one.
    """
    found: list[Line] = []
    left = approved
    for line in lines:
        if left <= ZERO:
            break
        amount = min(line.amount, left)
        found.append(Line(line.financial_year, line.category, amount))
        left -= amount
    if left > ZERO and found:
        last = found[-1]
        found[-1] = Line(last.financial_year, last.category, last.amount + left)
    return found


def overspent(*, spent: Decimal, approved: Decimal, tolerance: Decimal) -> Decimal:
    """How much was spent above what was approved; nothing while the excess is within the tolerance."""
    excess = spent - approved
    return excess if excess > max(tolerance, ZERO) else ZERO


def may_release(*, committed: Decimal, released: Decimal) -> Decimal:
    """What may still be released of the money committed in one envelope; never below zero."""
    return max(committed - released, ZERO)


def may_carry(*, committed: Decimal, released: Decimal, spent: Decimal, year_over: bool) -> Decimal:
    """What may be carried to a later year: committed, and neither released nor spent.

    Once the year is over nothing more is paid out of it, so what was released and not spent may go along.
    """
    return max(committed - (spent if year_over else max(released, spent)), ZERO)


def lapses(*, committed: Decimal, released: Decimal, carried: Decimal) -> Decimal:
    """How much of a release falls away with a carry-over: what would stand above the commitment left behind."""
    return max(released - (committed - carried), ZERO)


def wants_explanation(*, planned: Decimal, spent: Decimal, percent: int, year_over: bool) -> bool:
    """Whether a variance has to be explained: over the plan at any time, under it once the year is over."""
    difference = spent - planned
    if difference < ZERO and not year_over:
        return False
    return abs(difference) * 100 > planned * percent


def last_day(financial_year: int) -> date:
    """31 March, on which a financial year ends."""
    return date(financial_year + 1, 3, 31)


def is_of_year(day: date, financial_year: int) -> bool:
    """Whether a day lies in a financial year, 1 April to 31 March: a payment belongs to the year of its day."""
    return date(financial_year, 4, 1) <= day <= last_day(financial_year)
