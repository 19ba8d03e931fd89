"""The signature of a delivery: `v1=` HMAC-SHA-256, with the webhook's secret, of its id, its instant and its body.

Whoever receives it works the same out again, compares in constant time, and refuses instants far from now.
"""

import hashlib
import hmac


def signature(secret: str, *, delivery: str, sent_at: int, body: bytes) -> str:
    """Over `ID.SECONDS.BODY`."""
    signed = f"{delivery}.{sent_at}.".encode() + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
