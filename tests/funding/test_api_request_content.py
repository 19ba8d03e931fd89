"""Promises, programme, reuse, versions, copies and the edit table over the API, by the same services as the pages."""

import hashlib
import json

import pytest

from funding.models import FundingRequest
from tests.funding.scene import Scene, make_scene

REQUESTS = "/api/v1/requests/"
SENT = {
    "project": "AA-2026-001",
    "title_en": "Reading visa papers",
    "lines": [{"category": "services", "financial_year": 2026, "amount": "300000.00"}],
    "benefits": [{"kind": "hours", "description": "Clerks", "amount": "1200.00", "due_on": "2027-03-31"}],
    "new_programme": "Papers for visitors",
    "reuse": "nothing_found",
    "reuse_considered": ["AA-2026-001"],
}


@pytest.fixture
def scene(world) -> Scene:
    return make_scene(world)


@pytest.fixture
def api(client, scene):
    client.force_login(scene.world["applicant"])

    def call(method, path, data=None, **headers):
        body = {} if data is None else {"data": json.dumps(data), "content_type": "application/json"}
        return client.generic(method, path, headers=headers, **body)

    return call


def test_everything_of_a_draft_is_sent_and_read_back(api):
    made = api("POST", REQUESTS, SENT)

    told = made.json()
    assert made.status_code == 201
    assert told["benefits"] == [{"number": 1, **SENT["benefits"][0]}]
    assert told["programme"].startswith("PG-")
    assert (told["reuse"], told["reuse_considered"], told["supplements"]) == ("nothing_found", ["AA-2026-001"], None)


def test_what_is_not_sent_stays_as_it_is_stored(api):
    made = api("POST", REQUESTS, SENT)
    address = f"{REQUESTS}{made.json()['reference']}/"

    changed = api("PATCH", address, {"title_en": "Other"}, **{"If-Match": made["ETag"]})

    assert changed.status_code == 200
    assert changed.json()["benefits"] == made.json()["benefits"]
    assert changed.json()["programme"] == made.json()["programme"]


def test_a_programme_that_is_not_there_is_refused_beside_its_field(api):
    answer = api("POST", REQUESTS, {**SENT, "programme": "PG-2026-9999"})

    assert answer.status_code == 400
    assert "programme" in answer.json()["fields"]
    assert not FundingRequest.objects.exists()


def test_versions_are_whole_and_their_digest_can_be_worked_out_again(api, scene):
    made = api("POST", REQUESTS, SENT)
    address = f"{REQUESTS}{made.json()['reference']}/"
    api("POST", f"{address}submit/", {}, **{"If-Match": made["ETag"]})
    submitted = api("GET", address)
    lines = [{**SENT["lines"][0], "amount": "320000.00"}]
    api("POST", f"{address}revise/", {"reason": "Dearer.", "lines": lines}, **{"If-Match": submitted["ETag"]})

    newest, first = api("GET", f"{address}versions/").json()
    apart = api("GET", f"{address}differences/?before=1&after=2").json()

    stored = FundingRequest.objects.get().versions.get(number=1)
    assert first["content"]["benefits"][0]["amount"] == "1200.00"
    assert first["digest"] == hashlib.sha256(stored.content.encode()).hexdigest()
    assert newest["own_amount"] == "320000.00"
    assert apart["own_by"] == "20000.00"
    assert [(pair["kind"], pair["by"]) for pair in apart["lines"]] == [("changed", "20000.00")]
    assert apart["changes"] == []
    assert [pair["kind"] for pair in apart["benefits"]] == ["same"]
    assert api("GET", f"{address}differences/?before=1&after=9").status_code == 404


def test_a_request_is_copied(api, scene):
    request = scene.submitted("300000.00")

    made = api("POST", f"{REQUESTS}{request.reference}/copy/", {})

    assert made.status_code == 201
    assert (made.json()["status"], made.json()["own_amount"]) == ("draft", "300000.00")
    assert made.json()["reuse_considered"] == [request.reference]


def test_the_edit_table_says_who_writes_what(api):
    rows = {row["field"]: row for row in api("GET", f"{REQUESTS}edit-table/").json()}

    cells = {cell["state"]: cell["way"] for cell in rows["linked"]["cells"]}
    assert (cells["draft"], cells["screened"], cells["published"]) == ("edit", "add", "no")
    assert all(cell["way"] == "no" for cell in rows["tier"]["cells"])
