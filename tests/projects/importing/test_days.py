"""Dates as real registers write them: never a wrong day, never more exact than the cell."""

import pytest

from core.errors import DomainError
from projects.importing.days import stated_day


@pytest.mark.parametrize(
    ("text", "order", "day", "precision"),
    [
        ("", "iso", None, ""),
        ("2025", "iso", "2025-01-01", "year"),
        ("2025-09", "iso", "2025-09-01", "month"),
        ("2025-09-17", "iso", "2025-09-17", "day"),
        ("2017-11-01 00:00:00", "dmy", "2017-11-01", "day"),
        ("2025-04-28T18:31:09Z", "iso", "2025-04-28", "day"),
        ("01/2024", "mdy", "2024-01-01", "month"),
        ("Jul-25", "iso", "2025-07-01", "month"),
        ("March 2024", "iso", "2024-03-01", "month"),
        ("1 March 2024", "iso", "2024-03-01", "day"),
        ("March 1, 2024", "iso", "2024-03-01", "day"),
        ("30/06/2008", "dmy", "2008-06-30", "day"),
        ("6/12/2010", "dmy", "2010-12-06", "day"),
        ("6/12/2010", "mdy", "2010-06-12", "day"),
        ("01/01/2026 00:00:00", "mdy", "2026-01-01", "day"),
        ("7/15/1905", "mdy", "2023-01-01", "year"),
        ("15/7/1905", "dmy", "2023-01-01", "year"),
        ("7/7/1905", "mdy", "2015-01-01", "year"),
        ("1905-07-14", "iso", "2022-01-01", "year"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(text, order, day, precision):
    found = stated_day(text, order=order)

    assert (found.first and found.first.isoformat(), found.precision) == (day, precision)


@pytest.mark.parametrize(
    ("text", "order", "code"),
    [
        ("22-Jul", "mdy", "date.damaged"),
        ("25-Feb", "dmy", "date.damaged"),
        ("10/12023", "mdy", "date.format"),
        ("1/012/2014", "dmy", "date.format"),
        ("30/06/08", "dmy", "date.format"),
        ("30/06/2008", "mdy", "date.format"),
        ("30/06/2008", "iso", "date.format"),
        ("Q4FY25", "mdy", "date.format"),
        ("TODO", "mdy", "date.format"),
        ("Pre-2021", "mdy", "date.format"),
        ("2015-2022", "mdy", "date.format"),
        ("2024-02-15 (contract kick-off); 2024-08-23 (signed Acquisition Plan)", "mdy", "date.format"),
        ("Low: 31/03/2025, Mid: 31/03/2025, High: 31/03/2025", "dmy", "date.format"),
        ("1/1/1905", "mdy", "date.range"),
        ("2199-01-01", "iso", "date.range"),
        ("2026-02-30", "iso", "date.format"),
    ],
)
def test_what_states_no_day_for_certain_is_refused(text, order, code):
    with pytest.raises(DomainError) as refused:
        stated_day(text, order=order)

    assert refused.value.code == code
