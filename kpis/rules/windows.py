"""The window a run belongs to: the same for every planner, whatever its second."""

from datetime import UTC, datetime, timedelta

# A Monday at Hong Kong midnight, so that daily and weekly windows begin when Hong Kong's days and weeks do.
ANCHOR = datetime(2023, 12, 31, 16, tzinfo=UTC)


def window_start(now: datetime, *, minutes: int) -> datetime:
    """Beginning of the window of `minutes` that holds `now`."""
    length = timedelta(minutes=minutes)
    return ANCHOR + (now - ANCHOR) // length * length
