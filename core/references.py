"""Permanent references: `IMMD-2026-003`, `PROC-0042`, `FR-2026-0042`. Never reused, digits grow (DESIGN 2)."""

from django.db import connection


def next_reference(prefix: str, *, digits: int = 4) -> str:
    """The next reference under `prefix`, for example `FR-2026` gives `FR-2026-0042`.

    Takes the prefix's row lock until commit, so call it inside the service's transaction. A rolled-back
    transaction gives its number back; a committed one is never given out again.
    """
    return next_references(prefix, digits=digits, count=1)[0]


def next_references(prefix: str, *, digits: int = 4, count: int) -> list[str]:
    """The next `count` references under `prefix`, taken at once, by the same rules."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_referencecounter (prefix, last_number) VALUES (%s, %s)"
            " ON CONFLICT (prefix) DO UPDATE SET last_number = core_referencecounter.last_number + EXCLUDED.last_number"
            " RETURNING last_number",
            [prefix, count],
        )
        last = cursor.fetchone()[0]
    return [f"{prefix}-{number:0{digits}d}" for number in range(last - count + 1, last + 1)]
