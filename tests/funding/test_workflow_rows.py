"""TRUST 4.11, the rows about requests and rounds, each answered over the API as written there."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from core import clock
from core.models import SecurityRefusal
from funding import services
from funding.models import Choice, Round, SeatTerm
from tests.funding.scene import Scene, make_scene


@pytest.fixture
def scene(world) -> Scene:
    return make_scene(world)


def call(user, path, sent=None, method="post", **headers):
    client = APIClient()
    client.force_login(user)
    answer = getattr(client, method)(f"/api/v1/{path}", sent or {}, format="json", headers=headers)
    return answer.status_code, answer.json().get("code", "")


def ballot(round_: Round, **changes):
    return {"choice": "for", "motion_digest": round_.motion_digest, **changes}


def test_wf_01_the_lead_does_not_vote_on_the_own_request(scene):
    round_ = scene.round_open()

    assert call(scene.world["applicant"], f"rounds/{round_.pk}/vote/", ballot(round_)) == (403, "vote.conflict")
    assert not round_.votes.exists()
    assert SecurityRefusal.objects.filter(rule="vote.conflict").exists()


def test_wf_02_the_last_vote_of_a_seat_counts_and_only_its_holder_casts_it(scene):
    round_ = scene.round_open()
    path = f"rounds/{round_.pk}/vote/"
    assert call(scene.members[1], path, ballot(round_))[0] == 200
    assert call(scene.members[1], path, ballot(round_, choice="abstain"))[0] == 200
    assert call(scene.world["secretary"], path, ballot(round_)) == (403, "seat.holder")

    assert [vote.choice for vote in round_.votes.order_by("revision")] == [Choice.FOR, Choice.ABSTAIN]
    assert [vote.choice for vote in round_.votes.standing()] == [Choice.ABSTAIN]


def test_wf_03_a_vote_after_the_close_is_a_conflict(scene):
    round_ = scene.round_closed()

    assert call(scene.members[7], f"rounds/{round_.pk}/vote/", ballot(round_)) == (409, "round.closed")


def test_wf_04_a_term_that_ended_yesterday_votes_no_more(scene):
    round_ = scene.round_open()
    SeatTerm.objects.filter(person=scene.members[1].person).update(ends_on=clock.today() - timedelta(days=1))

    status, code = call(scene.members[1], f"rounds/{round_.pk}/vote/", ballot(round_))

    assert (status, code) == (403, "seat.ended")
    assert not round_.votes.exists()


def test_wf_05_a_vote_on_an_older_motion_is_stale(scene):
    round_ = scene.round_open()

    answer = call(scene.members[1], f"rounds/{round_.pk}/vote/", ballot(round_, motion_digest="0" * 64))

    assert answer == (409, "version.stale")
    assert not round_.votes.exists()


def test_wf_06_no_close_without_a_quorum(scene):
    round_ = scene.round_open()
    scene.vote(round_, scene.members[1])

    assert call(scene.chair, f"rounds/{round_.pk}/close/") == (409, "round.quorum")
    round_.refresh_from_db()
    assert round_.status == "open"


def test_wf_09_the_third_part_of_a_split_is_routed_by_the_sum(scene):
    parts = [scene.submitted("400000.00") for _part in range(3)]

    for part in parts:
        part.refresh_from_db()
    assert [str(part.assessed_amount) for part in parts] == ["1200000.00"] * 3
    assert {part.tier for part in parts} == {"working_group"}


def test_wf_14_no_seat_joins_an_open_round(scene):
    round_ = scene.round_open()

    answer = call(scene.world["secretary"], f"rounds/{round_.pk}/", {"roll": [{"number": 10}]}, method="patch")

    assert answer == (409, "round.roster")
    assert round_.roll.count() == 9


def test_wf_15_a_head_does_not_decide_what_they_lead(scene):
    request = scene.submitted("300000.00", by=scene.world["head"])

    answer = call(scene.world["head"], f"requests/{request.reference}/decide/", {"approve": True})

    assert answer == (403, "vote.conflict")
    assert not request.decisions.exists()


def test_wf_16_no_step_is_jumped(scene):
    draft = scene.draft("300000.00")

    assert call(scene.world["head"], f"requests/{draft.reference}/decide/", {"approve": True}) == (409, "state.move")
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_wf_17_more_money_after_an_approval_is_decided_on_the_sum(scene):
    first = scene.submitted("480000.00")
    services.decide_in_department(actor=scene.world["head"], request_id=first.pk, approve=True)
    services.publish_department_decision(actor=scene.world["secretary"], request_id=first.pk)

    more = scene.submitted("40000.00")

    assert (str(more.assessed_amount), more.tier) == ("520000.00", "working_group")
