"""Rounds over the API: votes as named acts, the tally closed until the close."""

import pytest
from rest_framework.test import APIClient

from funding.models import Round
from tests.funding.scene import Scene, make_scene


@pytest.fixture
def scene(world) -> Scene:
    return make_scene(world)


@pytest.fixture
def round_(scene) -> Round:
    return scene.round_open()


def call(user, round_, verb="", sent=None, method="post"):
    client = APIClient()
    client.force_login(user)
    path = f"/api/v1/rounds/{round_.pk}/" + (f"{verb}/" if verb else "")
    if method == "get":
        return client.get(path)
    return getattr(client, method)(path, sent or {}, format="json")


def ballot(round_, **changes):
    return {"choice": "for", "motion_digest": round_.motion_digest, **changes}


def test_a_vote_is_the_voters_own(scene, round_):
    answer = call(scene.members[1], round_, "vote", ballot(round_, member=5))

    assert (answer.status_code, answer.json()["code"]) == (400, "field.read_only")
    assert not round_.votes.exists()


@pytest.mark.parametrize("choice", ["maybe", "", None, 1, ["for"]])
def test_a_choice_that_is_none_is_refused(scene, round_, choice):
    answer = call(scene.members[1], round_, "vote", ballot(round_, choice=choice))

    assert answer.status_code == 400
    assert not round_.votes.exists()


def test_maybe_is_refused_by_its_code(scene, round_):
    assert call(scene.members[1], round_, "vote", ballot(round_, choice="maybe")).json()["code"] == "choice.invalid"


def test_a_second_vote_replaces_the_first_and_both_are_kept(scene, round_):
    voter = scene.members[1]
    first = call(voter, round_, "vote", ballot(round_))
    second = call(voter, round_, "vote", ballot(round_, choice="abstain"))

    assert (first.json()["revision"], second.json()["revision"]) == (1, 2)
    assert round_.votes.count() == 2
    assert call(voter, round_, method="get").json()["standing"]["voted"] == 1


def test_a_round_is_never_patched(scene, round_):
    answer = call(scene.members[1], round_, sent={"status": "closed"}, method="patch")

    round_.refresh_from_db()
    assert answer.status_code == 403
    assert round_.status == "open"


def test_an_open_round_gives_counts_of_seats_and_no_tally(scene, round_):
    scene.vote(round_, scene.members[1])
    shown = call(scene.chair, round_, method="get").json()

    assert shown["standing"] == {"seats": 9, "recused": 1, "may_vote": 8, "quorum": 5, "voted": 1}
    assert shown["sentence"] == ""
    assert {seat["choice"] for seat in shown["roll"]} == {""}


def test_close_without_quorum_is_a_conflict(scene, round_):
    scene.vote(round_, scene.members[1])
    call(scene.chair, round_, "last-call")
    answer = call(scene.chair, round_, "close")

    assert (answer.status_code, answer.json()["code"]) == (409, "round.quorum")
    assert "4" in answer.json()["message"]


def test_an_interest_is_declared_and_the_paper_closes(scene, round_):
    voter = scene.members[1]
    answer = call(voter, round_, "declare-interest", {"note": "My sister works for the supplier."})

    assert answer.status_code == 200
    assert answer.json()["ground"] == "declared"
    assert call(voter, round_, "vote", ballot(round_)).status_code in (403, 404)


@pytest.mark.parametrize("number", ["1" * 40, "abc", "0"])
def test_a_round_that_cannot_be_is_a_404(scene, number):
    client = APIClient()
    client.force_login(scene.chair)

    assert client.get(f"/api/v1/rounds/{number}/").status_code == 404
