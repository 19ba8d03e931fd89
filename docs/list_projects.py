"""Print every project as a line of JSON: TRACKER_TOKEN=... python3 list_projects.py https://tracker.example.org"""

from collections.abc import Iterator
import json
import os
import sys
import time
from typing import Any
from urllib import error, request


def rows(address: str, token: str) -> Iterator[dict[str, Any]]:
    """Row by row, page after page: `next` is the address of the page to come, and null after the last."""
    while address:
        page = read(request.Request(address, headers={"Authorization": f"Bearer {token}"}))
        yield from page["results"]
        address = page["next"]


def read(asked: request.Request) -> dict[str, Any]:
    """One answer. Too many requests, or a service that is away for a moment, say when to come again."""
    for _attempt in range(5):
        try:
            with request.urlopen(asked, timeout=30) as answer:
                return dict(json.load(answer))
        except error.HTTPError as refusal:
            if refusal.code not in {429, 503}:
                sys.exit(refusal.read().decode())
            time.sleep(float(refusal.headers.get("Retry-After", 5)))
    sys.exit("Not answered. Try again later.")


if __name__ == "__main__":
    for row in rows(f"{sys.argv[1]}/api/v1/projects/?cursor=&page_size=200", os.environ["TRACKER_TOKEN"]):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
