"""The register over the API: the same rows, rules and refusals as the pages."""

import json

import pytest
from rest_framework.test import APIClient

from core.models import LedgerEntry
from projects.models import Claim, Procedure, ProcedureFact, Project
from tests.factories.projects import ProcedureFactory, ProjectFactory


@pytest.fixture
def api():
    def sign_in(user):
        client = APIClient()
        client.force_authenticate(user)
        return client

    return sign_in


def test_lists_show_what_the_pages_show(world, rule, api, official):
    ProcedureFactory(reference="PROC-0001", in_use=True, project=ProjectFactory(reference="AA-2026-001"))
    ProcedureFactory(reference="PROC-0002")
    ProjectFactory(draft=True, department=world.b)
    client = api(official)

    counted = client.get("/api/v1/procedures/?state=in_use").json()
    projects = client.get("/api/v1/projects/").json()

    assert [row["reference"] for row in counted["results"]] == ["PROC-0001"]
    assert (counted["results"][0]["in_use"], counted["results"][0]["reason"]) == (True, "")
    assert counted["results"][0]["claimed_by"] == "AA-2026-001"
    assert [(row["reference"], row["in_use_count"]) for row in projects["results"]] == [("AA-2026-001", 1)]
    assert client.get("/api/v1/procedures/PROC-0002/").json()["reason"] == "not_claimed"


def test_the_way_of_a_procedure_by_the_api(project, api, applicant, verifier, at):
    with at("2026-03-05"):
        lead = api(applicant)
        made = lead.post(f"/api/v1/projects/{project.reference}/add-procedure/", {"name_en": "Visa"}, format="json")
        here = f"/api/v1/procedures/{made.json()['reference']}/"
        sent = {"project": project.reference, "went_live_on": "2026-03-03"}
        assert lead.post(here + "claim/", sent, format="json").status_code == 202
        for kind in ("operating_record", "acceptance"):
            lead.post(here + "evidence/", {"kind": kind, "note": "File 12."}, format="json")
        assert lead.get(here).json()["reason"] == "not_verified"
        verified = api(verifier).post(here + "verify/", {}, format="json")

    assert made.status_code == 201
    assert (verified.status_code, verified.json()["in_use"]) == (200, True)
    assert [fact["kind"] for fact in verified.json()["facts"]] == ["claimed", "evidence", "evidence", "verified"]


def test_a_late_claim_is_accepted_and_waits_for_a_second_person(project, procedure, api, applicant, at):
    sent = {"project": project.reference, "went_live_on": "2026-03-03", "reason": "Found late."}
    with at("2026-05-02"):
        answer = api(applicant).post(f"/api/v1/procedures/{procedure.reference}/claim/", sent, format="json")

    assert (answer.status_code, answer.json()["in_use"]) == (202, False)
    assert Claim.objects.get().is_late


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"went_live_on": "2026-03-01"}, 422, "golive.before_gate"),
        ({"went_live_on": "2026-03-06"}, 422, "date.future"),
        ({"went_live_on": "2026-02-30"}, 400, "date.format"),
        ({"went_live_on": 20260303}, 400, "date.format"),
        ({"verified_on": "2026-03-03"}, 400, "field.unknown"),
        ({"project": "XX-2026-001"}, 400, "choice.invalid"),
        ({"reason": "a\x00b"}, 400, "text.control"),
    ],
)
def test_a_claim_that_cannot_be_is_refused_and_not_stored(project, procedure, api, applicant, at, sent, status, code):
    body = {"project": project.reference, "went_live_on": "2026-03-03"} | sent
    with at("2026-03-05"):
        answer = api(applicant).post(f"/api/v1/procedures/{procedure.reference}/claim/", body, format="json")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Claim.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_a_second_claim_of_a_procedure_is_a_conflict(world, project, api, applicant):
    counted = ProcedureFactory(claimed=True, project=project)
    sent = {"project": project.reference, "went_live_on": "2026-03-03"}

    answer = api(applicant).post(f"/api/v1/procedures/{counted.reference}/claim/", sent, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "procedure.counted")
    assert project.reference in answer.json()["message"]
    assert Claim.objects.count() == 1


def test_a_change_names_the_version_it_saw(project, api, applicant):
    client, address = api(applicant), f"/api/v1/projects/{project.reference}/"
    etag = client.get(address).headers["ETag"]

    assert client.patch(address, {"title_en": "New"}, format="json").status_code == 428
    assert client.patch(address, {"title_en": "New"}, format="json", headers={"If-Match": '"9"'}).status_code == 412
    changed = client.patch(address, {"title_en": "New"}, format="json", headers={"If-Match": etag})
    assert (changed.status_code, changed.json()["title"]["en"]) == (200, "New")
    assert client.patch(address, {"title_en": "Old"}, format="json", headers={"If-Match": etag}).status_code == 412
    assert Project.objects.get(pk=project.pk).title_en == "New"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"approved_by": 1}, "field.unknown"),
        ({"reference": "X"}, "field.read_only"),
        ({"status": "draft"}, "field.read_only"),
        ({"gate_passed_on": "2020-01-01"}, "field.read_only"),
        ({"is_flagship": True}, "field.read_only"),
    ],
)
def test_fields_that_are_not_for_sending_are_refused(project, api, applicant, sent, code):
    answer = api(applicant).patch(
        f"/api/v1/projects/{project.reference}/", sent, format="json", headers={"If-Match": '"1"'}
    )

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert Project.objects.get(pk=project.pk).version == project.version


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("verify", {}),
        ("confirm-late", {}),
        ("attest", {"note": "Seen."}),
        ("evidence", {"kind": "acceptance", "note": "Note."}),
        ("retire", {"effective_on": "2026-03-03", "reason": "Gone."}),
    ],
)
def test_an_outsider_does_nothing_to_a_procedure(project, api, outsider, verb, body):
    counted = ProcedureFactory(in_use=True, project=project)
    before = ProcedureFact.objects.count()

    answer = api(outsider).post(f"/api/v1/procedures/{counted.reference}/{verb}/", body, format="json")

    assert answer.status_code in {403, 409}
    assert ProcedureFact.objects.count() == before


def test_the_same_key_again_gives_the_same_answer(project, api, applicant):
    client, address = api(applicant), f"/api/v1/projects/{project.reference}/add-procedure/"
    first, second = (
        client.post(address, {"name_en": "Visa"}, format="json", headers={"Idempotency-Key": "one"}) for _n in "12"
    )

    assert first.json() == second.json()
    assert Procedure.objects.count() == 1


def test_a_project_is_registered_in_ones_own_department_only(world, rule, api, applicant):
    said = {"title_en": "New", "category": "other"}
    own = api(applicant).post("/api/v1/projects/", said | {"department": "AA"}, format="json")
    other = api(applicant).post("/api/v1/projects/", said | {"department": "BB"}, format="json")

    assert (own.status_code, other.status_code) == (201, 403)
    assert own.json()["reference"].startswith("AA-")
    assert Project.objects.count() == 1


def test_hidden_and_missing_projects_answer_alike(world, rule, api, applicant):
    hidden = ProjectFactory(draft=True, department=world.b)
    answers = [api(applicant).get(f"/api/v1/projects/{name}/") for name in (hidden.reference, "XX-2026-999")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert json.dumps(answers[0].json()) == json.dumps(answers[1].json())
