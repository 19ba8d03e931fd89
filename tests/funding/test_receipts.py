"""A voter's own receipt: where the ledger keeps the vote, to reopen and to keep; nobody else's, and never the tally."""

from django.urls import reverse
import pytest
from rest_framework.test import APIClient

from core.models import LedgerEntry
from funding import services
from funding.models import Choice
from tests.funding.scene import make_scene


@pytest.fixture
def scene(world):
    return make_scene(world)


@pytest.fixture
def round_(scene):
    return scene.round_open()


def by_page(user, round_):
    client = APIClient()
    client.force_login(user)
    return client.get(reverse("funding:round-receipt", args=[round_.pk]))


def by_api(user, round_):
    client = APIClient()
    client.force_login(user)
    return client.get(f"/api/v1/rounds/{round_.pk}/receipt/")


def test_a_receipt_names_the_entry_of_ones_own_vote(scene, round_):
    voter = scene.members[1]
    scene.vote(round_, voter)

    receipt = by_api(voter, round_).json()

    entry = LedgerEntry.objects.get(action="vote.cast")
    assert (receipt["entry"], receipt["hash"]) == (entry.position, bytes(entry.entry_hash).hex())
    assert (receipt["seat"], receipt["choice"], receipt["stands"]) == (2, "for", True)
    assert (receipt["motion"], receipt["motion_version"]) == (round_.motion_digest, 1)


def test_the_file_of_the_page_is_the_receipt_of_the_api(scene, round_):
    voter = scene.members[1]
    scene.vote(round_, voter)

    answer = by_page(voter, round_)

    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Cache-Control"] == "no-store"
    assert answer.json() == {name: value for name, value in by_api(voter, round_).json().items() if name != "stands"}


def test_a_changed_vote_has_the_receipt_of_its_last_word(scene, round_):
    voter = scene.members[1]
    scene.vote(round_, voter)
    scene.vote(round_, voter, Choice.AGAINST, reason="Too dear.")

    receipt = by_api(voter, round_).json()

    assert (receipt["revision"], receipt["choice"]) == (2, "against")


@pytest.mark.parametrize("ask", [by_page, by_api])
def test_nobody_has_a_receipt_of_anothers_vote(scene, round_, ask):
    scene.vote(round_, scene.members[1])

    for reader in (scene.chair, scene.members[2], scene.world["secretary"], scene.world["auditor"]):
        assert ask(reader, round_).status_code == 404


@pytest.mark.parametrize("ask", [by_page, by_api])
def test_a_receipt_never_tells_how_others_voted(scene, round_, ask):
    voter = scene.members[1]
    scene.vote(round_, voter)
    before = ask(voter, round_).json()
    for member in scene.members[2:6]:
        scene.vote(round_, member, Choice.AGAINST, reason="Too dear.")

    assert ask(voter, round_).json() == before


def test_a_receipt_can_be_reopened_after_the_close(scene, round_):
    for member in scene.members[:6]:
        scene.vote(round_, member)
    services.call_last(actor=scene.chair, round_id=round_.pk)
    services.close_round(actor=scene.chair, round_id=round_.pk)

    assert by_api(scene.members[1], round_).json()["stands"] is True
    assert by_page(scene.members[1], round_).status_code == 200


def test_a_vote_made_void_says_so_once_its_round_is_published(client, scene, round_):
    voter = scene.members[1]
    for member in scene.members[:7]:
        scene.vote(round_, member)
    services.declare_interest(actor=voter, round_id=round_.pk, note="A cousin.")
    assert by_api(voter, round_).status_code == 404  # the paper is closed to the recused until publication
    services.call_last(actor=scene.chair, round_id=round_.pk)
    services.close_round(actor=scene.chair, round_id=round_.pk)
    services.publish_decision(actor=scene.world["secretary"], round_id=round_.pk)

    client.force_login(voter)
    text = client.get(reverse("funding:round-detail", args=[round_.pk])).content.decode()
    assert by_api(voter, round_).json()["stands"] is False
    assert "This vote no longer counts" in text
