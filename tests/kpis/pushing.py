"""A department's system that signs what it sends, and whatever else a test wants it to do wrong."""

from collections.abc import Mapping
import itertools
import json
import time
from typing import Any

from django.test import Client

from kpis.rules import signing
from kpis.rules.signing import Sending
from tests.factories.kpis import SECRET

_ids = itertools.count(1)


def reading(kpi: Any, period: str = "2026-01", value: str = "10") -> dict[str, str]:
    return {"kpi": kpi.reference, "period": period, "value": value}


def address_of(source: Any) -> str:
    return f"/api/v1/sources/{getattr(source, 'reference', source)}/push/"


def body_of(*readings: Mapping[str, Any]) -> bytes:
    return json.dumps({"readings": list(readings)}).encode()


def signed(body: bytes, *, push_id: str, secret: str = SECRET, late: int = 0) -> dict[str, str]:
    """The three headers; `late` seconds after the push was signed, before it when negative."""
    timestamp = str(int(time.time()) - late)
    made = signing.signature(signing.secret_bytes(secret), Sending(push_id, timestamp, (), body))
    return {"webhook-id": push_id, "webhook-timestamp": timestamp, "webhook-signature": f"v1,{made}"}


class System:
    """Sends to one source with one secret."""

    def __init__(self, source: Any, secret: str = SECRET) -> None:
        self.source = source
        self.secret = secret
        self.client = Client()

    def send(self, *readings: Mapping[str, Any], push_id: str = "", late: int = 0, **headers: str) -> Any:
        return self.send_raw(body_of(*readings), push_id=push_id, late=late, **headers)

    def send_raw(self, body: bytes, *, push_id: str = "", late: int = 0, **headers: str) -> Any:
        push_id = push_id or f"push-{next(_ids)}"
        sent = signed(body, push_id=push_id, secret=self.secret, late=late)
        return self.post(body, sent | {name.replace("_", "-"): text for name, text in headers.items()})

    def post(self, body: bytes, headers: Mapping[str, str], content_type: str = "application/json") -> Any:
        return self.client.post(address_of(self.source), body, content_type=content_type, headers=headers)
