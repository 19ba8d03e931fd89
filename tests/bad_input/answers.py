"""What every refused answer has in common (TRUST 4.0)."""

import json
from typing import Any

from tests.bad_input.cases import GOOD

SLOWEST = 2.0  # seconds
LONGEST_ECHO = 40  # characters of the input an answer may repeat
INSIDE = ("Traceback", "psycopg", "django", "SELECT ", "/work/", "core_", "funding_")


def is_an_error(answer: Any, case: Any) -> None:
    """One error shape, one sentence, nothing of the inside, and not what was sent."""
    error = answer.json()
    assert set(error) == {"code", "message", "fields"}
    assert error["code"] == case.code
    assert error["message"]
    assert "\n" not in error["message"]
    text = answer.content.decode()
    assert not any(word in text for word in INSIDE)
    sent = case.raw or ""
    assert not (len(sent) > LONGEST_ECHO and sent in text)


def the_next_request_works(bad_world: Any) -> None:
    client = bad_world.client("applicant")
    made = client.post("/api/v1/requests/", json.dumps(GOOD), content_type="application/json")
    assert made.status_code == 201, made.content
    assert client.get("/api/v1/requests/").status_code == 200
