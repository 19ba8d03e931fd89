"""When a host that does not answer is left alone (TRUST F15).

Ten failures in a row open the breaker. From then on one run in fifteen minutes probes the host, the others wait; any
answer, also one that is refused, closes it.
"""

from datetime import datetime, timedelta

OPENS_AFTER = 10
PROBE_EVERY = timedelta(minutes=15)


def is_open(failures: int) -> bool:
    return failures >= OPENS_AFTER


def may_call(failures: int, last_called_at: datetime | None, *, now: datetime) -> bool:
    """Whether a run may call a host that failed so many times in a row."""
    return not is_open(failures) or last_called_at is None or now - last_called_at >= PROBE_EVERY
