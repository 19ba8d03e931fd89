"""The second counter: rounds counted again from exported entries alone, by a script that shares nothing with ours."""

from datetime import timedelta
import json
import random

from hypothesis import given
from hypothesis import strategies as st
import pytest
import rfc8785

from core import clock
from funding import services
from funding.models import Round, VotingRule
from tests.offline import VERIFIER, checked, contents, exported, faults, sealed_anew

LETTERS = ("f", "a", "s", "-")


def test_a_whole_course_is_counted_again_with_the_same_result(office):
    office.published("1200000.00", "ffffas")

    check = checked(exported())

    assert check.faults == []
    assert check.recount.counted == 1


@pytest.mark.parametrize("choices", ["fffff", "aaaaa", "ffaas", "sssss", "ffffaaas-", "fffffffff"])
def test_carried_lost_and_equal_votes_are_counted_alike(office, choices):
    office.published("1200000.00", choices)

    assert faults(exported()) == []


def test_random_rounds_with_changed_votes_recusals_and_alternates_are_counted_alike(office):
    chance = random.Random(20261122)
    for _number in range(6):
        round_ = office.round("1200000.00", project=office.new_project())
        services.mark_absent(actor=office.world["secretary"], round_id=round_.pk, seat_number=2)
        office.say(round_, office.alternates[2], "against")
        for _again in range(2):
            office.vote(round_, "f-" + "".join(chance.choices(LETTERS, k=7)))
        recused = chance.choice(office.members[2:])
        services.declare_interest(actor=recused, round_id=round_.pk, note="A cousin.")
        services.declare_interest(actor=office.alternates[2], round_id=round_.pk, note="A friend.")
        for member in office.members[3:]:
            if member is not recused:
                office.say(round_, member, chance.choice(["for", "against", "abstain"]))
        office.close(round_)

    check = checked(exported())

    assert check.faults == []
    assert check.recount.counted == 6


@pytest.mark.parametrize("casting", ["for", "against"])
def test_a_casting_vote_is_followed(office, casting):
    VotingRule.objects.update(tie=VotingRule.Tie.CASTING_VOTE)
    round_ = office.round()
    office.vote(round_, "fffaaas")
    office.close(round_, casting_vote=casting)

    assert faults(exported()) == []


def test_no_quorum_at_the_deadline_is_counted_alike(office):
    deadline = clock.now() + timedelta(days=3)
    round_ = office.round("1200000.00", mode=Round.Mode.CIRCULATION, deadline_at=deadline)
    office.vote(round_, "ff")
    Round.objects.update(deadline_at=clock.now() - timedelta(seconds=1))
    assert services.close_due_rounds(now=clock.now()) == 1

    check = checked(exported())

    assert (check.faults, check.recount.counted) == ([], 1)


def test_a_decision_of_a_head_is_published_as_it_was_made(office):
    request = office.submitted("300000.00")
    services.decide_in_department(actor=office.world["head"], request_id=request.pk, approve=True)
    services.publish_department_decision(actor=office.world["secretary"], request_id=request.pk)
    told = contents(exported())

    assert faults(exported()) == []
    told[-1]["facts"]["amount"] = "299999.00"
    assert any("publishes another decision" in fault for fault in faults(sealed_anew(told)))


def first(told, action):
    return next(content for content in told if content["action"] == action)


def vote(told, number):
    return [content for content in told if content["action"] == "vote.cast"][number]


def drop(told, action):
    told.remove(first(told, action))


def double(told, action):
    told.insert(told.index(first(told, action)) + 1, json.loads(json.dumps(first(told, action))))


def after_the_close(told):
    late = vote(told, 0)
    told.remove(late)
    told.insert(told.index(first(told, "round.closed")) + 1, late)


FORGED = {
    "another choice": (lambda told: vote(told, 4)["facts"].update(choice="for"), "with for 4; counted again: 5"),
    "another result": (lambda told: first(told, "round.closed")["facts"].update({"for": 5}), "with for 5"),
    "another finding": (lambda told: first(told, "round.closed")["facts"].update(finding="lost"), "with finding lost"),
    "another quorum": (lambda told: first(told, "round.closed")["facts"].update(quorum=3), "with quorum 3"),
    "a casting vote without a tie": (
        lambda told: first(told, "round.closed")["facts"].update(casting="for"),
        "with casting for",
    ),
    "a vote taken out": (lambda told: told.remove(vote(told, 0)), "counted again"),
    "a vote cast twice": (lambda told: double(told, "vote.cast"), "is not the next vote of seat 1"),
    "a stranger's vote": (lambda told: vote(told, 0).update(actor="person:999999"), "who does not hold seat 1"),
    "another motion": (lambda told: vote(told, 0)["facts"].update(motion="0" * 64), "on another motion"),
    "a choice that is none": (lambda told: vote(told, 0)["facts"].update(choice="maybe"), "neither for nor against"),
    "a vote after the close": (after_the_close, "is a vote after the round had ended"),
    "a recused seat": (
        lambda told: first(told, "round.opened")["facts"]["roll"][0].update(recused=True),
        "is a vote by somebody recused from seat 1",
    ),
    "no opening": (lambda told: drop(told, "round.opened"), "was never opened"),
    "two openings": (lambda told: double(told, "round.opened"), "a second time"),
    "two closes": (lambda told: double(told, "round.closed"), "had ended with entry"),
    "no close": (lambda told: drop(told, "round.closed"), "that no entry decided"),
    "another outcome": (
        lambda told: first(told, "decision.published")["facts"].update(outcome="rejected"),
        "publishes outcome rejected",
    ),
    "more money": (
        lambda told: first(told, "decision.published")["facts"].update(amount="1300000.00"),
        "publishes amount 1300000",
    ),
    "facts that are none": (lambda told: first(told, "round.closed").update(facts={}), "does not tell what entries"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_act_is_named_even_where_every_hash_was_worked_out_again(office, name):
    change, words = FORGED[name]
    office.published("1200000.00", "ffffas")
    told = contents(exported())
    change(told)

    found = faults(sealed_anew(told))

    assert any(words in fault and fault.startswith("entry ") for fault in found), found


def test_votes_of_an_alternate_are_judged(office):
    round_ = office.round()
    services.mark_absent(actor=office.world["secretary"], round_id=round_.pk, seat_number=2)
    office.say(round_, office.alternates[2], "for")
    told = contents(exported())

    assert faults(exported()) == []
    drop(told, "round.marked_absent")
    assert any("holder was not marked absent" in fault for fault in faults(sealed_anew(told)))


@given(
    st.recursive(
        st.text() | st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1) | st.booleans(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
        max_leaves=12,
    )
)
def test_the_one_spelling_is_that_of_the_writer(value):
    spelled = rfc8785.dumps(value)

    assert VERIFIER.canonical(value, is_ascii=spelled.isascii()) == spelled
