"""Financial years: 1 April to 31 March, named by the year they start in (DESIGN 2)."""

from datetime import date


def financial_year_of(day: date) -> int:
    """2026 for every day from 1 April 2026 to 31 March 2027."""
    return day.year if day.month >= 4 else day.year - 1


def financial_year_words(starts: int) -> str:
    """`2026-27`."""
    return f"{starts}-{(starts + 1) % 100:02d}"
