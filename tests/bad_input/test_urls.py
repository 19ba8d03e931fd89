"""TRUST 4.8: addresses that say too much, too often or nothing readable."""

from collections import Counter
import time

import pytest

from core.models import SecurityRefusal
from tests.bad_input.answers import SLOWEST, is_an_error
from tests.bad_input.cases import read
from tests.bad_input.conftest import counts
from tests.factories.accounts import PASSWORD

CASES = read("urls")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_bad_address_is_answered_as_written_and_changes_nothing(bad_world, case):
    client = bad_world.client(case.sender)
    before, refusals = counts(), SecurityRefusal.objects.count()

    started = time.process_time()
    answer = client.get(case.path(bad_world.names))
    seconds = time.process_time() - started

    assert answer.status_code == case.status, answer.content[:500]
    assert seconds < SLOWEST
    assert counts() == before
    if case.to.startswith("/api/"):
        if case.code:
            is_an_error(answer, case)
        if case.count is not None:
            assert answer.json()["count"] == case.count
    elif case.status != 200:
        assert not any(word in answer.content.decode() for word in ("Traceback", "psycopg", "SELECT "))
    assert SecurityRefusal.objects.count() == refusals + case.audit
    assert client.get("/api/v1/projects/").status_code == 200


@pytest.mark.parametrize("aim", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_ur07_signing_in_never_leads_away(bad_world, aim):
    answer = bad_world.client("anonymous").post(
        "/accounts/login/", {"login": "applicant", "password": PASSWORD, "next": aim}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("path", ["/projects/", "/api/v1/projects/", "/nowhere/"])
def test_ur12_an_address_of_ten_thousand_characters_is_too_long(bad_world, path):
    client = bad_world.client("applicant")

    assert client.get(f"{path}?q={'x' * 10_000}").status_code == 414
    assert client.get("/projects/").status_code == 200


def test_every_row_of_the_table_is_here():
    rows = Counter(case.id.split(" ")[0].rstrip("b") for case in CASES)

    assert {f"UR-{n:02d}" for n in range(1, 13)} - set(rows) == {"UR-07", "UR-12"}
