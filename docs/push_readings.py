"""Send readings to govai_tracker: PUSH_KEY=whsec_... python3 push_readings.py ADDRESS ID < readings.json"""

import base64
import hmac
import json
import os
import sys
import time
from urllib import error, request

AGAIN = (409, 429, 500, 502, 503, 504)  # wait, then send the same id again


def headers(key: str, push_id: str, body: bytes) -> dict[str, str]:
    timestamp = str(int(time.time()))
    signed = b".".join((push_id.encode(), timestamp.encode(), body))
    made = hmac.digest(base64.b64decode(key.removeprefix("whsec_")), signed, "sha256")
    signature = "v1," + base64.b64encode(made).decode()
    named = {"webhook-id": push_id, "webhook-timestamp": timestamp, "webhook-signature": signature}
    return {"Content-Type": "application/json", **named}


def push(address: str, key: str, push_id: str, readings: list[dict[str, str]]) -> dict[str, object]:
    """One batch of at most 1,000. The same id is stored once, however often it is sent."""
    body = json.dumps({"readings": readings}).encode()
    for wait in (0, 1, 5, 30, 120):
        time.sleep(wait)
        try:
            with request.urlopen(request.Request(address, body, headers(key, push_id, body)), timeout=30) as answer:
                return json.load(answer)
        except error.HTTPError as refusal:
            if refusal.code not in AGAIN:
                sys.exit(refusal.read().decode())
        except OSError as away:
            sys.stderr.write(f"{away}\n")
    sys.exit("Not delivered. Send it again later under the same id.")


if __name__ == "__main__":
    json.dump(push(sys.argv[1], os.environ["PUSH_KEY"], sys.argv[2], json.load(sys.stdin)), sys.stdout, indent=1)
