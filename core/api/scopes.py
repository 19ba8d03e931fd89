"""What a token may be used for: less than its account may do, never more (FEATURES O1).

`read` reads everything the account sees. `write:projects` also acts on projects, and so on by area; `write` acts
everywhere. A token without scopes, as a log-in gives it, does whatever its account may do.
"""

from collections.abc import Collection

READ, WRITE = "read", "write"
AREAS = ("projects", "funding", "kpis", "work", "exports")
SCOPES = (READ, WRITE, *(f"{WRITE}:{area}" for area in AREAS))
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def allows(scopes: Collection[str], *, method: str, area: str) -> bool:
    """Whether a request of this method to this area is within them. People and tokens are in no area of a scope."""
    if not scopes:
        return True
    if method in SAFE:
        return READ in scopes
    return area in AREAS and (WRITE in scopes or f"{WRITE}:{area}" in scopes)
