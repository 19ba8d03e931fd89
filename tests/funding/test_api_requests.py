"""Requests over the API: the same services and refusals as the pages, amounts as text both ways."""

import pytest
from rest_framework.test import APIClient

from funding.models import FundingRequest
from tests.funding.scene import Scene, make_scene

REQUESTS = "/api/v1/requests/"
LINE = {"category": "services", "financial_year": 2026, "amount": "1200000.00"}


@pytest.fixture
def scene(world) -> Scene:
    return make_scene(world)


def signed_in(user) -> APIClient:
    client = APIClient()
    client.force_login(user)
    return client


def at(request: FundingRequest, verb: str = "") -> str:
    return f"{REQUESTS}{request.reference}/" + (f"{verb}/" if verb else "")


def body(**changes):
    return {
        "project": "AA-2026-001",
        "title_en": "Reading visa papers",
        "lines": [LINE],
        "reuse": "nothing_found",
        **changes,
    }


def test_a_draft_is_made_and_shown_with_amounts_as_text(scene):
    answer = signed_in(scene.world["applicant"]).post(REQUESTS, body(), format="json")

    assert answer.status_code == 201
    assert answer["ETag"]
    assert answer.json()["own_amount"] == "1200000.00"
    assert answer.json()["lines"][0]["amount"] == "1200000.00"
    assert FundingRequest.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (499999.99999999999, "amount.type"),
        (1200000, "amount.type"),
        ("5e5", "amount.format"),
        ("１２３", "amount.format"),
        ("1,200,000.00", "amount.format"),
        ("499999.995", "amount.precision"),
        ("-1", "amount.min"),
        ("0.00", "amount.min"),
        ("1000000000000", "amount.max"),
    ],
)
def test_a_bad_amount_is_refused_by_code_and_nothing_is_stored(scene, amount, code):
    client = signed_in(scene.world["applicant"])
    for sent in (body(lines=[{**LINE, "amount": amount}]), {**body(amount=amount), "lines": None}):
        sent = {name: value for name, value in sent.items() if value is not None}
        answer = client.post(REQUESTS, sent, format="json")
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not FundingRequest.objects.exists()


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"approved_by": 5}, "field.unknown"),
        ({"status": "approved"}, "field.read_only"),
        ({"tier": "x"}, "field.read_only"),
    ],
)
def test_fields_nobody_may_send_are_refused(scene, extra, code):
    answer = signed_in(scene.world["applicant"]).post(REQUESTS, body(**extra), format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not FundingRequest.objects.exists()


def test_the_same_key_sent_twice_makes_one_request(scene):
    client = signed_in(scene.world["applicant"])
    answers = [client.post(REQUESTS, body(), format="json", headers={"Idempotency-Key": "one"}) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert FundingRequest.objects.count() == 1


def test_a_draft_is_changed_only_by_who_saw_its_version(scene):
    draft = scene.draft()
    client = signed_in(scene.world["applicant"])

    missing = client.patch(at(draft), {"title_en": "New"}, format="json")
    star = client.patch(at(draft), {"title_en": "New"}, format="json", headers={"If-Match": "*"})
    old = client.patch(at(draft), {"title_en": "New"}, format="json", headers={"If-Match": '"99"'})
    good = client.patch(at(draft), {"title_en": "New"}, format="json", headers={"If-Match": f'"{draft.version}"'})

    assert [answer.status_code for answer in (missing, star, old, good)] == [428, 428, 412, 200]
    draft.refresh_from_db()
    assert draft.title_en == "New"
    assert str(draft.own_amount) == "1200000.00"


def test_a_submitted_request_is_locked(scene):
    request = scene.round_open().request
    request.refresh_from_db()
    answer = signed_in(scene.world["applicant"]).patch(
        at(request), {"amount": "1.00"}, format="json", headers={"If-Match": f'"{request.version}"'}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "request.locked")


def test_a_hidden_draft_is_a_404_and_absent_from_lists(scene):
    draft = scene.draft(by=scene.world["applicant"])
    other = signed_in(scene.world["b_applicant"])

    assert other.get(at(draft)).status_code == 404
    assert other.get(REQUESTS, {"department": "AA"}).json()["count"] == 0


@pytest.mark.parametrize(
    ("amount", "tier"),
    [
        ("499999.99", "department"),
        ("500000.00", "working_group"),
        ("20000000.00", "working_group"),
        ("20000000.01", "legco"),
    ],
)
def test_the_route_is_explained_exactly_at_each_edge(scene, amount, tier):
    answer = signed_in(scene.world["applicant"]).post(
        f"{REQUESTS}explain-route/", {"project": "AA-2026-001", "amount": amount}, format="json"
    )

    assert answer.status_code == 200
    assert (answer.json()["tier"], answer.json()["own_amount"]) == (tier, amount)
    assert "because" in answer.json()["sentence"]
    assert not FundingRequest.objects.exists()


def test_the_whole_life_of_a_request_over_the_api(scene):
    world = scene.world
    lead, head, secretary = (signed_in(world[who]) for who in ("applicant", "head", "secretary"))
    made = lead.post(REQUESTS, body(), format="json")
    request = FundingRequest.objects.get()

    assert lead.post(at(request, "submit"), {}, format="json", headers={"If-Match": made["ETag"]}).status_code == 200
    assert head.post(at(request, "endorse"), {"statement": "Needed."}, format="json").status_code == 200
    assert secretary.post(at(request, "screen"), {}, format="json").status_code == 200
    opened = secretary.post(at(request, "open-round"), {}, format="json")
    assert opened.status_code == 201, opened.json()
    round_at, digest = f"/api/v1/rounds/{opened.json()['id']}/", opened.json()["motion_digest"]
    for member in scene.members[:5]:
        vote = signed_in(member).post(f"{round_at}vote/", {"choice": "for", "motion_digest": digest}, format="json")
        assert vote.status_code == 200, vote.json()
    chair = signed_in(scene.chair)
    assert chair.post(f"{round_at}last-call/", {}, format="json").status_code == 200
    closed = chair.post(f"{round_at}close/", {}, format="json")
    assert closed.status_code == 200
    assert "8 may vote, quorum 5 met (5 voted): for 5" in closed.json()["sentence"]
    published = secretary.post(f"{round_at}publish/", {}, format="json")
    assert (published.status_code, published.json()["amount"]) == (200, "1200000.00")

    finance = signed_in(world["finance"])
    committed = finance.post(
        f"/api/v1/decisions/{published.json()['id']}/commit/",
        {"envelope": "ai-2026", "amount": "1200000.00"},
        format="json",
    )
    assert (committed.status_code, committed.json()["amount"]) == (201, "1200000.00")
    (envelope,) = finance.get("/api/v1/envelopes/").json()["results"]
    assert (envelope["committed"], envelope["left"]) == ("1200000.00", "98800000.00")


def test_an_unknown_parameter_is_refused(scene):
    client = signed_in(scene.world["applicant"])

    answer = client.get(REQUESTS, {"fields": "department__users__password"})

    assert (answer.status_code, answer.json()["code"]) == (400, "param.unknown")


def test_the_outcome_is_given_only_once_published(scene):
    request = scene.round_closed().request
    client = signed_in(scene.world["applicant"])

    assert client.get(at(request)).json()["outcome"] == ""
    assert client.get(REQUESTS, {"outcome": "approved"}).json()["count"] == 0
