"""Whether a push was signed with a key of its source: Standard Webhooks' scheme `v1`, HMAC with SHA-256 (TRUST T20).

What is signed is `{id}.{timestamp}.{raw body}`. An id holds no dot, so that none of it can be read as the time.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import hashlib
import hmac
import re

SCHEME = "v1"
PREFIX = "whsec_"  # of a secret as it is shown; the rest is Base64
SECRET_BYTES = 32
WINDOW = timedelta(minutes=5)  # either way, both ends included
MOST_SIGNATURES = 4  # a sender may sign with the old key and the new one

ID = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)
SECONDS = re.compile(r"[1-9][0-9]{8,10}", re.ASCII)
DIGEST = re.compile(rf"{SCHEME},([A-Za-z0-9+/]{{43}}=)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sending:
    """One push as it came: the id and time it names, its signatures, and the very bytes of its body."""

    push_id: str
    timestamp: str
    signatures: tuple[str, ...]
    body: bytes


def sending(push_id: str, timestamp: str, signature: str, body: bytes) -> Sending | None:
    """The push that these headers describe; None when one of them is missing or not written as it should be."""
    written = signature.split(" ")
    if not ID.fullmatch(push_id) or not SECONDS.fullmatch(timestamp) or len(written) > MOST_SIGNATURES:
        return None
    found = tuple(match[1] for text in written if (match := DIGEST.fullmatch(text)))
    return Sending(push_id, timestamp, found, body) if found else None


def is_in_time(push: Sending, *, now: datetime) -> bool:
    """Neither an old push sent again nor one kept for later."""
    return abs(now - datetime.fromtimestamp(int(push.timestamp), UTC)) <= WINDOW


def signature(secret: bytes, push: Sending) -> str:
    """What this secret makes of a push, in Base64."""
    signed = b".".join((push.push_id.encode(), push.timestamp.encode(), push.body))
    return base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode("ascii")


def signed_with(push: Sending, secrets: Sequence[bytes]) -> int | None:
    """Which of the secrets signed it. Every one is tried against every signature, in constant time."""
    found = None
    for number, secret in enumerate(secrets):
        if _is_among(signature(secret, push), push.signatures):
            found = number
    return found


def secret_text(secret: bytes) -> str:
    return PREFIX + base64.b64encode(secret).decode("ascii")


def secret_bytes(text: str) -> bytes:
    return base64.b64decode(text.removeprefix(PREFIX), validate=True)


def _is_among(made: str, given: Iterable[str]) -> bool:
    equal = False
    for text in given:
        equal |= hmac.compare_digest(made, text)
    return equal
