"""Partitions of readings, made before their months begin."""

from datetime import date

from django.db import connection

YEARS_AHEAD = 2  # whole years after this one; a reading may be of a period that is over, so this is ample


def plan_partitions(*, today: date) -> int:
    """Make the monthly partitions that are missing until the end of the planned years. Returns how many were made.

    Any number of calls make each once. A reading of a month without one is kept by the default partition.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT kpis_reading_partitions(%s)", [today.year + YEARS_AHEAD])
        made: int = cursor.fetchone()[0]
    return made
