"""The one screen of a round: quorum in view, the tally never before close, ballots only for whom they are open to."""

from django.urls import reverse
import pytest

from core.models import LedgerEntry
from funding.models import Choice, Round
from tests.funding.scene import Scene, make_scene


@pytest.fixture
def scene(world) -> Scene:
    return make_scene(world)


@pytest.fixture
def round_(scene) -> Round:
    return scene.round_open()


def seen(client, user, round_: Round) -> str:
    client.force_login(user)
    answer = client.get(reverse("funding:round-detail", args=[round_.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def act(client, user, round_, name, **sent):
    client.force_login(user)
    return client.post(reverse(f"funding:round-{name}", args=[round_.pk]), sent)


def test_the_frozen_paper_the_motion_and_the_quorum_are_on_one_screen(client, scene, round_):
    text = seen(client, scene.members[1], round_)

    assert "Reading visa papers" in text
    assert round_.request_version.digest in text
    assert "9 seats, 1 recused, 8 may vote; quorum 5; 0 voted." in text
    assert "5 more votes needed" in text


def test_a_vote_by_its_form_gives_a_receipt_with_its_ledger_entry(client, scene, round_):
    voter = scene.members[1]
    answer = act(client, voter, round_, "vote", choice="for", motion_digest=round_.motion_digest)

    text = seen(client, voter, round_)
    entry = LedgerEntry.objects.get(action="vote.cast")
    assert answer.status_code == 302
    assert bytes(entry.entry_hash).hex() in text
    assert f"Ledger position {entry.position}" in text
    assert "quorum 5; 1 voted." in text


def test_how_votes_fall_is_hidden_from_everybody_until_the_close(client, scene, round_):
    scene.vote(round_, scene.members[1], Choice.AGAINST, reason="Too dear for what it does.")

    for reader in (scene.chair, scene.members[2], scene.world["secretary"], scene.world["auditor"]):
        text = seen(client, reader, round_)
        assert "Too dear for what it does." not in text
        assert "for 0, against 1" not in text


def test_a_vote_against_without_a_reason_is_asked_for_one(client, scene, round_):
    answer = act(client, scene.members[1], round_, "vote", choice="against", motion_digest=round_.motion_digest)

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not round_.votes.exists()


def test_a_recused_seat_sees_neither_paper_nor_ballot(client, scene, round_):
    client.force_login(scene.recused)
    address = reverse("funding:round-detail", args=[round_.pk])
    answer = client.get(address)

    assert "act-vote" not in answer.content.decode()
    refused = act(client, scene.recused, round_, "vote", choice="for", motion_digest=round_.motion_digest)
    assert refused.status_code in (403, 404)
    assert not round_.votes.exists()


def test_who_declares_an_interest_is_taken_to_the_list_and_the_vote_is_void(client, scene, round_):
    voter = scene.members[1]
    scene.vote(round_, voter)
    answer = act(client, voter, round_, "declare", note="My sister works for the supplier.")

    assert answer["Location"] == reverse("funding:round-list")
    assert "9 seats, 2 recused, 7 may vote; quorum 4; 0 voted." in seen(client, scene.chair, round_)


def test_an_old_motion_is_refused_and_nothing_is_stored(client, scene, round_):
    answer = act(client, scene.members[1], round_, "vote", choice="for", motion_digest="0" * 64)

    assert answer.status_code == 409
    assert not round_.votes.exists()


def test_the_chair_alone_calls_last_and_closes(client, scene, round_):
    for member in scene.members[:6]:
        scene.vote(round_, member)

    assert act(client, scene.members[1], round_, "last-call").status_code == 403
    assert act(client, scene.chair, round_, "last-call").status_code == 302
    assert act(client, scene.members[1], round_, "close").status_code == 403
    assert act(client, scene.chair, round_, "close").status_code == 302

    text = seen(client, scene.chair, round_)
    assert "9 seats, 1 recused, 8 may vote, quorum 5 met (6 voted): for 6, against 0, abstain 0" in text


def test_close_without_quorum_says_how_many_are_missing(client, scene, round_):
    scene.vote(round_, scene.members[1])
    act(client, scene.chair, round_, "last-call")
    answer = act(client, scene.chair, round_, "close")

    round_.refresh_from_db()
    assert answer.status_code == 409
    assert round_.status == "open"


def test_the_last_call_is_shown_to_every_voter_with_its_end(client, world):
    scene = make_scene(world, last_call_seconds=60)
    round_ = scene.round_open()
    for member in scene.members[:5]:
        scene.vote(round_, member)
    act(client, scene.chair, round_, "last-call")

    assert "data-deadline=" in seen(client, scene.members[6], round_)
    assert act(client, scene.chair, round_, "close").status_code == 409


def test_ballots_open_at_publication_to_body_and_department_and_counts_to_others(client, scene):
    round_ = scene.round_published()

    assert "Too dear." in seen(client, scene.members[1], round_)
    assert "Too dear." in seen(client, scene.world["applicant"], round_)
    assert "Too dear." in seen(client, scene.world["auditor"], round_)
    client.force_login(scene.world["outsider"])
    others = client.get(reverse("funding:request-detail", args=[round_.request.reference])).content.decode()
    assert client.get(reverse("funding:round-detail", args=[round_.pk])).status_code == 404
    assert "Too dear." not in others
    assert "Faster answers." not in others
    assert "for 4, against 1, abstain 1" in others


def test_the_standing_is_asked_for_again_as_a_fragment(client, scene, round_):
    client.force_login(scene.chair)
    address = reverse("funding:round-standing", args=[round_.pk])
    answer = client.get(address, headers={"HX-Request": "true"})

    assert "<html" not in answer.content.decode()
    assert 'id="standing"' in answer.content.decode()


def test_the_secretary_marks_a_holder_absent(client, scene, round_):
    assert act(client, scene.world["secretary"], round_, "absent", seat_number="3").status_code == 302

    assert round_.roll.get(number=3).is_absent
    assert act(client, scene.members[1], round_, "absent", seat_number="4").status_code == 403


def test_the_list_shows_rounds_of_the_body_only_to_those_they_are_open_to(client, scene, round_):
    client.force_login(scene.members[1])
    assert round_.request.reference in client.get("/funding/rounds/").content.decode()
    client.force_login(scene.world["outsider"])
    assert round_.request.reference not in client.get("/funding/rounds/").content.decode()
