"""Imports over the API: the same services, one error shape, nothing stored on refusal."""

import json

import pytest

from projects.models import ImportBatch, Project
from tests.projects.importing.conftest import upload

ROOT = "/api/v1/imports/"
TEXT = "id,title,department,stage\nX1,Reading visa papers,A&A,idea\nX2,Sorting,A&A,Deployed\n"


@pytest.fixture
def api(client, applicant):
    client.force_login(applicant)
    return client


def offer(api, text=TEXT, **more):
    return api.post(ROOT, {"file": upload(text), "source": "return"} | more)


def send(api, address, body):
    return api.post(address, json.dumps(body), content_type="application/json")


def test_a_file_is_offered_mapped_and_confirmed(api):
    offered = offer(api)
    assert offered.status_code == 201
    address = f"{ROOT}{offered.json()['reference']}/"
    assert offered.json()["columns"] == ["id", "title", "department", "stage"]

    judged = send(api, f"{address}map/", {"words": {"stage": {"Deployed": "live"}}, "titles_repeat": True})
    assert (judged.status_code, judged.json()["summary"]["verdicts"]["new"]) == (202, 2)
    rows = api.get(f"{address}rows/?verdict=new").json()
    assert [row["number"] for row in rows["results"]] == [1, 2]

    stored = send(api, f"{address}confirm/", {})
    assert (stored.json()["status"], Project.objects.count()) == ("confirmed", 2)
    assert send(api, f"{address}confirm/", {}).status_code == 409
    assert api.get(ROOT).json()["count"] == 1


def test_refused_rows_are_listed_and_nothing_is_stored(api):
    address = f"{ROOT}{offer(api).json()['reference']}/"
    judged = send(api, f"{address}map/", {})

    assert judged.json()["faults"][0]["code"] == "choice.invalid"
    refused = send(api, f"{address}confirm/", {})
    assert (refused.status_code, refused.json()["code"]) == (422, "import.refused")
    assert not Project.objects.exists()
    faults = b"".join(api.get(f"{address}faults/").streaming_content).decode()
    assert "choice.invalid" in faults


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"columns": {"verified": 1}}, "field.unknown"),
        ({"columns": {"title_en": 40}}, "mapping.unknown"),
        ({"columns": {"reference": 0, "title_en": 0}}, "mapping.twice"),
        ({"columns": {"stage": 3}}, "mapping.missing"),
        ({"status": "confirmed"}, "field.unknown"),
        ({"days": "ymd"}, "choice.invalid"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(api, body, code):
    address = f"{ROOT}{offer(api).json()['reference']}/"

    answer = send(api, f"{address}map/", body)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert ImportBatch.objects.get().status == "offered"


def test_a_file_that_is_no_table_is_refused_in_the_one_shape(api):
    answer = offer(api, text="")

    assert (answer.status_code, answer.json()["code"]) == (422, "csv.empty")
    assert not ImportBatch.objects.exists()


def test_the_same_sending_offers_one_file(api):
    head = {"Idempotency-Key": "once"}
    first = api.post(ROOT, {"file": upload(TEXT), "source": "return"}, headers=head)
    second = api.post(ROOT, {"file": upload(TEXT), "source": "return"}, headers=head)

    assert first.json()["reference"] == second.json()["reference"]
    assert ImportBatch.objects.count() == 1


def test_an_import_of_somebody_else_is_not_there(api, client, b_applicant):
    address = f"{ROOT}{offer(api).json()['reference']}/"
    client.force_login(b_applicant)

    assert client.get(address).status_code == 404
    assert send(client, f"{address}confirm/", {}).status_code == 404
    assert client.get(ROOT).json()["count"] == 0
