"""The bytes a report is: canonical JSON (RFC 8785) and their SHA-256. The same content gives the same bytes."""

from collections.abc import Mapping
import hashlib
from typing import Any

import rfc8785


def canonical(content: Mapping[str, Any]) -> bytes:
    """Amounts and days are text, counts whole numbers: nothing in it has a second spelling."""
    return rfc8785.dumps(dict(content))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
