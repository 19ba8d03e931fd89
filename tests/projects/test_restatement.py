"""A past day as known then and as known now; a target judged at its end, and restated beside it (DESIGN 3)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
import pytest

from projects.rules.count import Counts, count
from projects.rules.facts import Fact, Kind, Reason, Rule, Scope
from projects.rules.impact import impact
from projects.rules.quarters import is_quarter_end, quarter_ends
from projects.rules.restatement import judged, restated
from tests.projects.test_count import (
    DAYS,
    IN_USE,
    RECORDED,
    RULE,
    VERIFIED,
    claimed,
    evidence,
    fact,
    histories,
    verified,
)

DUE = date(2026, 12, 31)
LIVE = [claimed(1, on=date(2026, 12, 28), recorded_on=date(2026, 12, 29)), *evidence(2)]


def judge_by(facts, **more):
    return judged(DUE, {7: facts}, rules=[RULE], within_days=31, **more)


@pytest.mark.parametrize(
    ("verified_on", "reached", "within"),
    [
        (date(2026, 12, 31), 1, 1),
        (date(2027, 1, 1), 0, 1),
        (date(2027, 1, 31), 0, 1),
        (date(2027, 2, 1), 0, 0),
    ],
)
def test_a_target_is_judged_at_the_end_of_its_day_and_restated_for_31_more(verified_on, reached, within):
    found = judge_by([*LIVE, verified(3, on=verified_on)])

    assert (found.reached, found.within, found.closes_on) == (reached, within, date(2027, 1, 31))
    assert [one.key for one in found.joining] == [7] * (within - reached)


def test_a_go_live_after_the_day_never_joins_however_soon_it_is_verified():
    late = [
        claimed(1, on=date(2027, 1, 1), recorded_on=date(2027, 1, 1)),
        *evidence(2),
        verified(3, on=date(2027, 1, 2)),
    ]

    assert judge_by(late).within == 0


def test_a_claim_that_ended_by_the_day_does_not_join_and_one_that_ended_later_does():
    counted = [*LIVE, verified(3, on=date(2027, 1, 10))]

    assert judge_by([*counted, fact(Kind.CLAIM_ENDED, date(2027, 1, 20), 4)]).within == 1
    assert (
        judge_by([*LIVE, fact(Kind.CLAIM_ENDED, DUE, 3), fact(Kind.VERIFIED, date(2027, 1, 10), 4, person=2)]).within
        == 0
    )


def test_what_was_in_use_on_the_day_stays_reached_whatever_is_learned_later():
    learned = fact(Kind.RETIRED, date(2026, 12, 1), 9, recorded_on=date(2027, 1, 5))
    found = judge_by([*IN_USE, learned])

    assert (found.reached, found.within) == (1, 1)
    assert restated(DUE, {7: [*IN_USE, learned]}, rules=[RULE]).now.in_use == 0


def test_a_restated_day_names_exactly_the_procedures_that_differ():
    late_news = fact(Kind.CLAIM_ENDED, date(2026, 5, 1), 4, recorded_on=date(2026, 6, 1))
    found = restated(date(2026, 5, 15), {1: IN_USE, 2: [*IN_USE, late_news]}, rules=[RULE])

    assert (found.then, found.now) == (Counts(2, 2, 2), Counts(2, 2, 1))
    assert [(one.key, one.then.in_use, one.now.reason) for one in found.differences] == [(2, True, Reason.CLAIM_ENDED)]


@given(histories(), histories(), DAYS)
def test_a_day_as_known_then_never_moves_and_the_difference_is_the_list(one, other, day):
    known = {1: one, 2: other}
    found = restated(day, known, rules=[RULE])
    earlier = {key: [f for f in facts if f.recorded_on <= day] for key, facts in known.items()}

    assert found.then == restated(day, earlier, rules=[RULE]).then
    assert found.then == count(earlier.values(), rules=[RULE], on=day)
    moved = sum(d.now.in_use for d in found.differences) - sum(d.then.in_use for d in found.differences)
    assert found.now.in_use - found.then.in_use == moved


@given(histories(), DAYS)
def test_a_restated_target_is_never_less_than_what_was_reached(facts, day):
    found = judged(day, {1: facts}, rules=[RULE], within_days=31)

    assert found.within >= found.reached
    later = [f for f in facts if f.recorded_on <= found.closes_on]
    assert judged(day, {1: later}, rules=[RULE], within_days=31) == found


STRICTER = Rule(date(2026, 6, 1), RULE.required_evidence | {"training"})


def test_the_impact_of_a_rule_names_who_falls_at_its_transition_and_who_later():
    known = {1: IN_USE, 2: [*IN_USE, replace(IN_USE[1], position=8, evidence="training")]}
    at_once = impact(known, rules=[RULE], proposed=replace(STRICTER, transition_on=date(2026, 9, 1)), today=VERIFIED)
    waiting = impact(known, rules=[RULE], proposed=STRICTER, today=VERIFIED)

    assert (at_once.day, at_once.before, at_once.after) == (date(2026, 9, 1), 2, 1)
    assert [(one.key, one.after.missing) for one in at_once.falling] == [(1, ("training",))]
    assert (waiting.before, waiting.after, waiting.falling) == (2, 2, ())
    assert [one.key for one in waiting.later] == [1]


def test_a_rule_that_asks_less_brings_back_what_lapsed():
    longer = Rule(date(2027, 4, 1), RULE.required_evidence, attestation_months=24, transition_on=date(2027, 4, 1))
    found = impact({1: IN_USE}, rules=[RULE], proposed=longer, today=date(2027, 4, 1))

    assert (found.before, found.after, [one.key for one in found.joining]) == (0, 1, [1])


def test_a_rule_that_asks_for_verifiers_from_further_away_reaches_earlier_ones_at_its_transition():
    further = Rule(
        date(2026, 6, 1), RULE.required_evidence, transition_on=date(2026, 9, 1), verifier_scope=Scope.BRANCH
    )
    near, far = IN_USE, [*IN_USE[:-1], replace(IN_USE[-1], distance=Scope.BRANCH)]
    again = fact(Kind.ATTESTED, date(2026, 10, 1), 9, person=4, distance=Scope.BRANCH)
    found = impact({1: near, 2: far, 3: [*near, again]}, rules=[RULE], proposed=further, today=date(2026, 11, 1))

    assert [(one.key, one.after.reason) for one in found.falling] == [(1, Reason.VERIFIER_TOO_NEAR)]
    assert found.after == 2


def test_whoever_had_a_hand_in_the_claim_verifies_nothing_also_in_the_rules():
    own = [claimed(), *evidence(), fact(Kind.VERIFIED, VERIFIED, 3, person=1)]
    moved = [claimed(), *evidence(), Fact(3, Kind.TRANSFERRED, RECORDED, RECORDED, claim=1, person=5)]
    by_mover = [*moved, fact(Kind.VERIFIED, VERIFIED, 4, person=5)]
    reasons = [restated(VERIFIED, {1: facts}, rules=[RULE]).now for facts in (own, by_mover)]

    assert reasons == [Counts(1, 0, 0)] * 2


def test_quarters_end_on_the_last_day_of_march_june_september_and_december():
    assert quarter_ends(date(2026, 11, 22), date(2027, 9, 30)) == [
        date(2026, 12, 31),
        date(2027, 3, 31),
        date(2027, 6, 30),
        date(2027, 9, 30),
    ]
    assert [is_quarter_end(day) for day in (DUE, DUE - timedelta(1), date(2027, 2, 28))] == [True, False, False]
