"""F21 and F25: no act without its record, and no second act when an answer is lost."""

from http.client import HTTPConnection, HTTPException
import json

from django.db import connections
from django.test import Client
import pytest

from core.api import authentication
from core.models import LedgerEntry
from funding import services
from funding.models import FundingRequest, Vote
from tests.bad_input.cases import GOOD
from tests.faults.hooks import HEADER
from tests.funding.scene import make_scene
from tests.plugins.personas import make_world


@pytest.fixture
def ledger_refuses(committed_db):
    """The app's role may not insert into the ledger."""
    role = connections["default"].settings_dict["USER"]

    def say(statement):
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement)

    yield lambda: say(f"REVOKE INSERT ON core_ledgerentry FROM {role}")
    say(f"GRANT INSERT ON core_ledgerentry TO {role}")


def send(member, path, **body):
    client = Client(raise_request_exception=False)
    client.force_login(member, backend="accounts.backends.DatedRolesBackend")
    return client.post(path, json.dumps(body), content_type="application/json")


@pytest.mark.prove("faults")
def test_f21_no_vote_and_no_close_without_its_record(ledger_refuses):
    scene = make_scene(make_world())
    round_ = scene.round_open()
    for member in scene.members[:5]:
        scene.vote(round_, member)
    voter, path = scene.members[5], f"/api/v1/rounds/{round_.pk}"
    ballot = {"choice": "for", "motion_digest": round_.motion_digest}
    services.call_last(actor=scene.chair, round_id=round_.pk)
    before = (Vote.objects.count(), LedgerEntry.objects.count())
    ledger_refuses()

    answers = [send(voter, f"{path}/vote/", **ballot), send(scene.chair, f"{path}/close/")]

    round_.refresh_from_db()
    assert [answer.status_code for answer in answers] == [503, 503]
    assert [answer["Retry-After"] for answer in answers] == ["5", "5"]
    assert (Vote.objects.count(), LedgerEntry.objects.count()) == before
    assert round_.status == "open"


@pytest.mark.prove("faults")
def test_f25_a_repeat_after_a_lost_answer_gives_the_same_request(bench):
    scene = make_scene(make_world())
    token, _until = authentication.issue(scene.world["applicant"])
    port = bench.free_port()
    bench.front(port)
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": "one-sending",
        "Host": "localhost",
    }

    with pytest.raises((HTTPException, ConnectionError)):
        _post(port, headers | {HEADER: "1"})
    made = FundingRequest.objects.get()  # committed, though nobody was told
    repeats = [_post(port, headers) for _ in range(2)]

    assert [status for status, _body in repeats] == [201, 201]
    assert {body["reference"] for _status, body in repeats} == {made.reference}
    assert FundingRequest.objects.count() == 1


def _post(port, headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", "/api/v1/requests/", json.dumps(GOOD), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()
