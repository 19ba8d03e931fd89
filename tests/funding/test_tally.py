"""What a closed round decided: every committee against plain counting."""

from fractions import Fraction
import itertools

import pytest

from funding.rules.tally import Base, Choice, Finding, Tie, VotingRule, count

FIRST_RULE = VotingRule()


def finding(votes, *, seats=9, recused=0, rule=FIRST_RULE, casting=None):
    words = {"f": "for", "a": "against", "s": "abstain"}
    return count([words[v] for v in votes], seats=seats, recused=recused, rule=rule, casting=casting).finding


@pytest.mark.parametrize(
    ("seats", "recused", "quorum"), [(9, 0, 5), (9, 1, 5), (8, 0, 5), (9, 2, 4), (5, 0, 3), (4, 0, 3), (3, 2, 3)]
)
def test_quorum_is_more_than_half_of_unrecused_seats_and_at_least_three(seats, recused, quorum):
    assert FIRST_RULE.quorum(seats=seats, recused=recused) == quorum


def test_recused_seats_stay_in_the_base_of_quorum_where_the_rule_says_so():
    rule = VotingRule(recused_in_quorum_base=True)

    assert (FIRST_RULE.quorum(seats=9, recused=4), rule.quorum(seats=9, recused=4)) == (3, 5)


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ("ffff", Finding.NO_QUORUM),
        ("fffff", Finding.CARRIED),
        ("ffaas", Finding.LOST),
        ("fffaa", Finding.CARRIED),
        ("fssss", Finding.CARRIED),
        ("sssss", Finding.LOST),
        ("fffaaa", Finding.LOST),
        ("assss", Finding.LOST),
    ],
)
def test_the_first_rule(votes, expected):
    assert finding(votes) is expected


def test_a_majority_of_those_present_counts_abstentions_against():
    assert finding("ffsss", rule=VotingRule(base=Base.PRESENT)) is Finding.LOST
    assert finding("ffass", rule=VotingRule(base=Base.CAST)) is Finding.CARRIED


@pytest.mark.parametrize(("votes", "expected"), [("ffffaa", Finding.LOST), ("fffffaa", Finding.CARRIED)])
def test_more_than_a_share_means_more(votes, expected):
    assert finding(votes, rule=VotingRule(majority=67)) is expected


@pytest.mark.parametrize(
    ("casting", "expected"),
    [(None, Finding.TIED), (Choice.FOR, Finding.CARRIED), (Choice.AGAINST, Finding.LOST)],
)
def test_a_tie_waits_for_the_casting_vote_where_the_rule_has_one(casting, expected):
    assert finding("fffaaa", rule=VotingRule(tie=Tie.CASTING_VOTE), casting=casting) is expected


def test_a_casting_vote_changes_nothing_without_a_tie_or_without_the_rule():
    rule = VotingRule(tie=Tie.CASTING_VOTE)

    assert finding("ffaaa", rule=rule, casting=Choice.FOR) is Finding.LOST
    assert finding("fffaaa", casting=Choice.FOR) is Finding.LOST
    assert finding("sssss", rule=rule, casting=Choice.FOR) is Finding.LOST


def test_a_casting_vote_that_could_not_carry_is_not_waited_for():
    assert finding("fffaaa", rule=VotingRule(tie=Tie.CASTING_VOTE, majority=67)) is Finding.LOST


def test_the_numbers_add_up():
    found = count(["for", "for", "against", "abstain"], seats=9, recused=1, rule=FIRST_RULE)

    assert (found.may_vote, found.quorum, found.voted, found.missing, found.has_quorum) == (8, 5, 4, 1, False)
    assert (found.votes_for, found.votes_against, found.abstained, found.base_count) == (2, 1, 1, 3)


def test_an_unknown_choice_is_refused():
    with pytest.raises(ValueError, match="maybe"):
        count(["maybe"], seats=9, recused=0, rule=FIRST_RULE)


def by_hand(votes, *, seats, recused, rule):
    """The rule again, in fractions and the other way round."""
    base = seats if rule.recused_in_quorum_base else seats - recused
    if Fraction(len(votes), 1) <= Fraction(base * rule.quorum_share, 100) or len(votes) < rule.quorum_least:
        return "no_quorum"
    for_, against = votes.count("f"), votes.count("a")
    of = len(votes) if rule.base is Base.PRESENT else for_ + against
    if of and Fraction(for_, of) > Fraction(rule.majority, 100):
        return "carried"
    chair = rule.tie is Tie.CASTING_VOTE and rule.base is Base.CAST
    would = chair and for_ == against and for_ > 0 and Fraction(for_ + 1, of + 1) > Fraction(rule.majority, 100)
    return "tied" if would else "lost"


RULES = [
    VotingRule(share, least, majority, base, recused_in, tie)
    for share in (33, 50, 67)
    for least in (1, 3)
    for majority in (50, 67)
    for base in Base
    for recused_in in (False, True)
    for tie in Tie
]


@pytest.mark.prove("funding")
def test_every_vote_of_every_committee_agrees_with_plain_counting(proof):
    largest = proof.size(gate=5, full=7)
    cases = wrong = 0
    for seats in range(1, largest + 1):
        for recused in range(seats + 1):
            for voted in range(seats - recused + 1):
                for votes in itertools.combinations_with_replacement("fas", voted):
                    for rule in RULES:
                        cases += 1
                        found = finding(votes, seats=seats, recused=recused, rule=rule)
                        wrong += found != by_hand(votes, seats=seats, recused=recused, rule=rule)
    proof.figure("cases", cases)
    proof.figure("wrong", wrong)

    assert wrong == 0
