"""Quarters of the calendar year, by their last days. Plain values, no Django."""

from calendar import monthrange
from datetime import date


def quarter_end(day: date) -> date:
    """The last day of the quarter a day lies in."""
    month = (day.month + 2) // 3 * 3
    return date(day.year, month, monthrange(day.year, month)[1])


def is_quarter_end(day: date) -> bool:
    return day == quarter_end(day)


def quarter_ends(first: date, last: date) -> list[date]:
    """Every quarter's last day from the quarter of `first` up to `last`."""
    found, end = [], quarter_end(first)
    while end <= last:
        found.append(end)
        end = quarter_end(date(end.year + end.month // 12, end.month % 12 + 1, 1))
    return found
