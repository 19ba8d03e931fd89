"""Every committee of up to seven seats, whatever each seat does, against a count by hand."""

from collections import defaultdict
from itertools import product
import random

from django.db import transaction
import pytest

from core.errors import DomainError
from funding import facts, services
from funding.rules.tally import Base, Choice, Tie, VotingRule, count
from tests.funding.committees import SEAT_STATES, Numbers, by_hand, standing

RULES = (
    VotingRule(),
    VotingRule(recused_in_quorum_base=True),
    VotingRule(base=Base.PRESENT, quorum_least=1),
    VotingRule(tie=Tie.CASTING_VOTE, quorum_least=2),
    VotingRule(quorum_share=0, quorum_least=1, majority=50, base=Base.PRESENT),
    VotingRule(quorum_share=66, quorum_least=1, majority=66, recused_in_quorum_base=True),
    VotingRule(quorum_share=33, majority=75, tie=Tie.CASTING_VOTE),
    VotingRule(quorum_share=99, quorum_least=1, majority=99),
)


def counted(seats, rule, casting=None):
    """As the engine counts, in the words of the count by hand."""
    found = count(standing(seats), seats=len(seats), recused=seats.count("recused"), rule=rule, casting=casting)
    return Numbers(
        found.may_vote,
        found.voted,
        found.votes_for,
        found.votes_against,
        found.abstained,
        found.quorum,
        str(found.finding),
    )


@pytest.mark.prove("funding")
def test_whatever_each_seat_does_the_count_is_that_of_hands_counted_one_by_one(proof):
    largest = proof.size(gate=4, full=7)
    cases = wrong = 0
    for size in range(1, largest + 1):
        for seats in product(SEAT_STATES, repeat=size):
            for rule in RULES:
                for casting in (None, Choice.FOR, Choice.AGAINST):
                    cases += 1
                    wrong += counted(seats, rule, casting) != by_hand(seats, rule, casting)
    proof.figure("cases", cases)
    proof.figure("wrong", wrong)

    assert wrong == 0


@pytest.mark.prove("funding")
def test_it_never_matters_which_seat_said_what(proof):
    """All arrangements of the same votes over the seats have one count."""
    largest = proof.size(gate=4, full=7)
    counts = defaultdict(set)
    for size in range(1, largest + 1):
        for seats in product(SEAT_STATES, repeat=size):
            for number, rule in enumerate(RULES):
                counts[number, tuple(sorted(seats))].add(counted(seats, rule))
    proof.figure("committees", len(counts))
    proof.figure("with_more_than_one_count", sum(len(found) > 1 for found in counts.values()))

    assert {len(found) for found in counts.values()} == {1}


@pytest.mark.prove("funding")
def test_a_recused_seat_counts_as_one_seat_less(proof):
    """Where recused seats are out of the base of quorum, a vote among the others alone has the same numbers."""
    largest = proof.size(gate=4, full=7)
    cases = different = 0
    for size in range(1, largest + 1):
        for seats in product(SEAT_STATES, repeat=size):
            others = [seat for seat in seats if seat != "recused"]
            for rule in RULES:
                if not rule.recused_in_quorum_base:
                    cases += 1
                    different += counted(seats, rule) != counted(others, rule)
    proof.figure("cases", cases)
    proof.figure("different", different)

    assert different == 0


def test_one_more_vote_for_never_turns_a_carried_motion():
    for size in range(1, 5):
        for seats in product(SEAT_STATES, repeat=size):
            for rule in RULES:
                if counted(seats, rule).finding != "carried":
                    continue
                for place, seat in enumerate(seats):
                    if seat in ("against", "abstain", "absent"):
                        turned = (*seats[:place], "for", *seats[place + 1 :])
                        assert counted(turned, rule).finding == "carried", (seats, turned, rule)


SEATS = 4


def acts_of(chance):
    """For each seat what it says, in its own order: votes, changed votes, perhaps a declared interest at last."""
    said = []
    for seat in range(SEATS):
        acts = [chance.choice(["for", "against", "abstain"]) for _vote in range(chance.choice([0, 1, 1, 2, 3]))]
        if chance.random() < 0.3:
            acts.insert(chance.randint(0, len(acts)), "declare")
        said.append([(seat, act) for act in acts])
    return said


def final(acts):
    """Where a seat stands after its acts: recused from when it declared, else by its last word."""
    words = [act for _seat, act in acts]
    return "recused" if "declare" in words else (words[-1] if words else "absent")


def voted_before_declaring(acts):
    words = [act for _seat, act in acts]
    return "declare" in words[1:] and words[0] != "declare"


def shuffled(said, chance):
    """All acts in one random order that keeps each seat's own."""
    waiting = [list(acts) for acts in said if acts]
    order = []
    while waiting:
        acts = chance.choice(waiting)
        order.append(acts.pop(0))
        waiting = [left for left in waiting if left]
    return order


def carry_out(office, round_, order):
    for seat, act in order:
        member = office.members[seat]
        try:
            with transaction.atomic():
                if act == "declare":
                    services.declare_interest(actor=member, round_id=round_.pk, note="Mine.")
                else:
                    office.say(round_, member, act)
        except DomainError as refusal:
            assert refusal.code == "vote.conflict"  # spoke again after stepping back


@pytest.mark.prove("funding")
def test_stored_votes_in_any_order_of_seats_are_counted_as_the_last_word_of_each(office, proof):
    chance = random.Random(proof.seed)
    round_ = office.round("1200000.00")
    rule = facts.voting_rule(round_.rule)
    rest = ["absent"] * (len(office.members) - SEATS)
    acts = wrong = recused_who_had_voted = 0
    for _story in range(proof.size(gate=3, full=300)):
        said = acts_of(chance)
        expected = by_hand([*(final(one) for one in said), *rest], rule)
        recused_who_had_voted += sum(voted_before_declaring(one) for one in said)
        for order in (shuffled(said, chance), shuffled(said, chance)):
            with transaction.atomic():
                carry_out(office, round_, order)
                found = facts.tally_of(round_)
                transaction.set_rollback(True)
            acts += len(order)
            numbers = (found.may_vote, found.voted, found.votes_for, found.votes_against, found.abstained)
            wrong += (*numbers, found.quorum, str(found.finding)) != expected
    proof.figure("acts", acts)
    proof.figure("recused_who_had_voted", recused_who_had_voted)
    proof.figure("wrong", wrong)

    assert recused_who_had_voted > 0
    assert wrong == 0
