"""TRUST 4.2, 4.9 and the amounts of issue 2: each refused as written, nothing stored, the next request works."""

import json
import time

import pytest

from core.models import SecurityRefusal
from tests.bad_input.cases import GOOD, read
from tests.bad_input.conftest import counts

SLOWEST = 2.0  # seconds
LONGEST_ECHO = 40  # characters of the input an answer may repeat
INSIDE = ("Traceback", "psycopg", "django", "SELECT ", "/work/", "core_", "funding_")


@pytest.mark.parametrize("case", [*read("api"), *read("headers"), *read("amounts")], ids=str)
def test_a_bad_input_is_answered_as_written_and_changes_nothing(bad_world, case):
    client = bad_world.client(case.sender)
    before, refusals = counts(), SecurityRefusal.objects.count()

    started = time.monotonic()
    answer = client.generic(
        case.call,
        case.path(bad_world.names),
        case.body(bad_world.names),
        content_type=case.content_type,
        headers=case.head(bad_world.names),
    )
    seconds = time.monotonic() - started

    assert answer.status_code == case.status, answer.content[:500]
    assert seconds < SLOWEST
    assert counts() == before
    if case.code:
        _is_an_error(answer, case)
    if case.count is not None:
        assert answer.json()["count"] == case.count
    if case.allow:
        assert "GET" in answer["Allow"]
    assert SecurityRefusal.objects.count() == refusals + case.audit
    if case.audit:
        assert SecurityRefusal.objects.latest("pk").rule == case.code
    _the_next_request_works(bad_world)


def test_every_row_of_the_two_tables_is_here():
    ids = {case.id.split(" ")[0] for name in ("api", "headers") for case in read(name)}
    with_tests_of_their_own = {"HD-02", "HD-03", "HD-04", "HD-06", "HD-09", "HD-10"}

    assert {f"AP-{n:02d}" for n in range(1, 27)} <= ids
    assert {f"HD-{n:02d}" for n in range(1, 13)} == {i for i in ids if i.startswith("HD")} | with_tests_of_their_own


def _is_an_error(answer, case):
    error = answer.json()
    assert set(error) == {"code", "message", "fields"}
    assert error["code"] == case.code
    assert error["message"] and "\n" not in error["message"]
    text = answer.content.decode()
    assert not any(word in text for word in INSIDE)
    sent = case.raw or ""
    assert not (len(sent) > LONGEST_ECHO and sent in text)


def _the_next_request_works(bad_world):
    client = bad_world.client("applicant")
    made = client.post("/api/v1/requests/", json.dumps(GOOD), content_type="application/json")
    assert made.status_code == 201, made.content
    assert client.get("/api/v1/requests/").status_code == 200
