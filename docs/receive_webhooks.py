"""Receive what govai_tracker tells: WEBHOOK_SECRET=... python3 receive_webhooks.py PORT, behind your https."""

import hashlib
import hmac
from http.server import BaseHTTPRequestHandler, HTTPServer
import os
import sys
import time

FURTHEST = 300  # seconds between the sending and now


def is_genuine(secret: str, headers: dict[str, str], body: bytes, now: float) -> bool:
    """Whether somebody who has the secret signed this body, just now."""
    delivery, sent = headers.get("x-govai-delivery", ""), headers.get("x-govai-sent", "")
    if not sent.isdecimal() or abs(now - int(sent)) > FURTHEST:
        return False
    made = hmac.new(secret.encode(), f"{delivery}.{sent}.".encode() + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"v1={made}", headers.get("x-govai-signature", ""))


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        named = {name.lower(): value for name, value in self.headers.items()}
        genuine = is_genuine(os.environ["WEBHOOK_SECRET"], named, body, time.time())
        if genuine:  # keep the delivery's name: what comes twice under it is the same
            sys.stdout.write(f"{named['x-govai-delivery']} {body.decode()}\n")
            sys.stdout.flush()
        self.send_response(204 if genuine else 401)
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
