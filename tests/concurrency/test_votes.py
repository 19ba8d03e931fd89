"""Votes, closes, edits and recusals of one round in the same instant. Each has an unlocked twin that must fail."""

from math import ceil
import random
import time

import pytest

from core.errors import DomainError
from funding import invariants, services
from funding.models import Decision, FundingRequest, Recusal, Round, Vote
from tests.concurrency.conftest import codes, errors
from tests.factories.funding import line

MOST_RACES = 20  # in which an unlocked twin has to go wrong at least once
ATTEMPTS = {"vote_vote": 21, "vote_close": 11, "edit_vote": 21, "recuse_vote": 21, "close_close": 20}  # in one race
SCENARIOS = list(ATTEMPTS)


def new_round(office):
    return office.round(project=office.new_project())


def cast(office, round_, member, choice="for"):
    return lambda: office.say(round_, member, choice)


def vote_vote(office, crowd):
    """Seven seats from three places each: every vote is kept, in order, and the last of each seat counts."""
    round_ = new_round(office)
    voters = office.members[:7]
    choices = ("for", "against", "abstain")
    results = crowd.together(*[cast(office, round_, voter, choice) for voter in voters for choice in choices])
    kept = sorted(round_.votes.values_list("roll_seat__number", "revision"))
    standing = round_.votes.standing().count()
    return len(errors(results)) + (kept != [(n, r) for n in range(1, 8) for r in (1, 2, 3)]) + (standing != 7)


def vote_close(office, crowd):
    """The last votes against the close: every accepted one is in the tally, every other one is told so."""
    round_ = new_round(office)
    office.vote(round_, "f" * 11)
    services.call_last(actor=office.chair, round_id=round_.pk)
    late = [cast(office, round_, member, "against") for member in office.members[11:21]]
    results = crowd.together(lambda: services.close_round(actor=office.chair, round_id=round_.pk), *late)
    return len(errors(results)) + _missing_from_the_tally(round_, results[1:], "against")


def edit_vote(office, crowd):
    """A revision against votes: no vote lands on the round that the revision ended."""
    round_ = new_round(office)
    request = FundingRequest.objects.get(pk=round_.request_id)

    def revise():
        return services.revise_request(
            actor=office.world["applicant"],
            request_id=request.pk,
            expected_version=request.version,
            reason="New price.",
            lines=[line("900000.00")],
        )

    votes = [cast(office, round_, member) for member in office.members[:20]]
    results = crowd.together(revise, *votes)
    accepted = sum(isinstance(one, Vote) for one in results)
    return len(errors(results)) + (round_.votes.count() != accepted)


def recuse_vote(office, crowd):
    """Seven members declare in one window and vote in two more: no vote comes after a declaration."""
    round_ = new_round(office)

    def declaring(member):
        return lambda: services.declare_interest(actor=member, round_id=round_.pk, note="My brother sells it.")

    works = []
    for member in office.members[1:8]:
        works += [declaring(member), cast(office, round_, member), cast(office, round_, member, "abstain")]
    results = crowd.together(*works)
    return len(errors(results)) + (Recusal.objects.filter(round=round_).count() != 7)


def close_close(office, crowd):
    """Many closers: one decision, and everybody else is told that the round is closed."""
    round_ = new_round(office)
    office.vote(round_, "f" * 11)
    services.call_last(actor=office.chair, round_id=round_.pk)

    def close():
        return services.close_round(actor=office.chair, round_id=round_.pk)

    results = crowd.together(*[close] * 20)
    told = codes(results).count("round.closed")
    return len(errors(results)) + (told != 19) + (Decision.objects.filter(round=round_).count() != 1)


def _missing_from_the_tally(round_, results, choice):
    accepted = sum(isinstance(one, Vote) for one in results)
    refused = codes(results).count("round.closed")
    round_.refresh_from_db()
    return (round_.result[choice] != accepted) + (accepted + refused != len(results))


RACES = {race.__name__: race for race in (vote_vote, vote_close, edit_vote, recuse_vote, close_close)}


@pytest.mark.prove("votes")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_race_loses_doubles_or_miscounts_a_vote(scenario, office, crowd, proof):
    races = proof.size(gate=5, full=ceil(10_000 / ATTEMPTS[scenario]))
    wrong = sum(RACES[scenario](office, crowd) for _race in range(races))
    proof.figure("attempts", races * ATTEMPTS[scenario])
    broken = invariants.check()
    proof.figure("wrong", wrong)
    proof.figure("broken_invariants", len(broken))

    assert wrong == 0
    assert broken == []


@pytest.mark.prove("votes")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_without_its_lock_the_same_race_goes_wrong(scenario, office, crowd, without_locks, proof):
    found = races = 0
    while not found and races < MOST_RACES:
        races += 1
        found = RACES[scenario](office, crowd) + len(invariants.check())
    proof.figure("races_until_wrong", races)

    assert found > 0


@pytest.mark.prove("votes")
def test_twenty_voters_and_a_closer_lose_double_or_delay_no_vote(office, crowd, proof):
    chance = random.Random(proof.seed)
    tried = lost = doubled = late = miscounted = unexpected = 0
    for _round in range(proof.size(gate=10, full=1_000)):
        round_, results = _whole_round(office, crowd, chance)
        tried += 20
        unexpected += len(errors(results))
        accepted = [one for one in results[1:] if isinstance(one, Vote)]
        stored = list(round_.votes.all())
        lost += len({vote.pk for vote in accepted} - {vote.pk for vote in stored})
        doubled += len(stored) - len({vote.roll_seat_id for vote in stored})
        late += sum(vote.cast_at > round_.closed_at for vote in stored)
        miscounted += round_.result["voted"] != len(accepted)
    broken = invariants.check()
    for name, value in (("votes", tried), ("lost", lost), ("doubled", doubled), ("late", late)):
        proof.figure(name, value)
    proof.figure("wrong_tallies", miscounted)
    proof.figure("broken_invariants", len(broken))

    assert (lost, doubled, late, miscounted, unexpected) == (0, 0, 0, 0, 0)
    assert broken == []


@pytest.mark.prove("votes")
def test_without_the_lock_twenty_voters_and_a_closer_do_go_wrong(office, crowd, without_locks, proof):
    chance = random.Random(proof.seed)
    found = races = 0
    while not found and races < MOST_RACES:
        races += 1
        round_, results = _whole_round(office, crowd, chance)
        accepted = [one for one in results[1:] if isinstance(one, Vote)]
        found = len(errors(results)) + (round_.result.get("voted") != len(accepted)) + len(invariants.check())
    proof.figure("races_until_wrong", races)

    assert found > 0


def _whole_round(office, crowd, chance):
    """Twenty members vote at once while the chair closes as soon as there is a quorum."""
    round_ = new_round(office)
    choices = [chance.choice(["for", "against", "abstain"]) for _member in office.members[1:]]
    votes = [cast(office, round_, member, word) for member, word in zip(office.members[1:], choices, strict=True)]
    results = crowd.together(lambda: _close_when_there_is_a_quorum(office, round_), *votes)
    return Round.objects.get(pk=round_.pk), results


def _close_when_there_is_a_quorum(office, round_):
    give_up = time.monotonic() + 60
    while True:
        try:
            return office.close(round_)
        except DomainError as refusal:
            if refusal.code != "round.quorum" or time.monotonic() > give_up:
                raise
            time.sleep(0.002)
