"""TRUST 4.2, 4.9 and the amounts of issue 2: each refused as written, nothing stored, the next request works."""

import time

import pytest

from core.models import SecurityRefusal
from tests.bad_input.answers import SLOWEST, is_an_error, the_next_request_works
from tests.bad_input.cases import read
from tests.bad_input.conftest import counts


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
        is_an_error(answer, case)
    if case.count is not None:
        assert answer.json()["count"] == case.count
    if case.allow:
        assert "GET" in answer["Allow"]
    assert SecurityRefusal.objects.count() == refusals + case.audit
    if case.audit:
        assert SecurityRefusal.objects.latest("pk").rule == case.code
    the_next_request_works(bad_world)


def test_every_row_of_the_two_tables_is_here():
    ids = {case.id.split(" ")[0] for name in ("api", "headers") for case in read(name)}
    with_tests_of_their_own = {"HD-02", "HD-03", "HD-04", "HD-06", "HD-09", "HD-10"}

    assert {f"AP-{n:02d}" for n in range(1, 27)} <= ids
    assert {f"HD-{n:02d}" for n in range(1, 13)} == {i for i in ids if i.startswith("HD")} | with_tests_of_their_own
