"""The count, from facts alone (DESIGN 3)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
import pytest

from projects.models import ProcedureFact
from projects.rules.count import Counts, Span, count, curve, spans, standing
from projects.rules.facts import Fact, Kind, Reason, Rule, anniversary, is_late

RULE = Rule(starts_on=date(2025, 10, 1), required_evidence=frozenset({"record", "acceptance"}))
WENT_LIVE = date(2026, 3, 2)
RECORDED = date(2026, 3, 5)
VERIFIED = date(2026, 3, 10)


def fact(kind, on, position, *, recorded_on=None, claim=1, **more):
    return Fact(position, kind, on, recorded_on or on, claim=claim, rule=RULE, **more)


def claimed(position=1, *, recorded_on=RECORDED, on=WENT_LIVE, claim=1):
    return fact(Kind.CLAIMED, on, position, recorded_on=recorded_on, claim=claim, person=1)


def evidence(position=2, *, claim=1):
    return [
        fact(Kind.EVIDENCE, RECORDED, position, claim=claim, person=1, evidence="record"),
        fact(Kind.EVIDENCE, RECORDED, position, claim=claim, person=1, evidence="acceptance"),
    ]


def verified(position=3, *, on=VERIFIED, claim=1):
    return fact(Kind.VERIFIED, on, position, claim=claim, person=2)


IN_USE = [claimed(), *evidence(), verified()]


def on(day, facts, **more):
    found = standing(facts, rules=[RULE], on=day, **more)
    return found.claimed, found.verified, found.in_use, found.reason


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        ([], VERIFIED, (False, False, False, Reason.NOT_CLAIMED)),
        ([claimed()], WENT_LIVE - timedelta(1), (False, False, False, Reason.FUTURE)),
        ([claimed()], WENT_LIVE, (True, False, False, Reason.EVIDENCE_MISSING)),
        ([claimed(), *evidence()], RECORDED, (True, False, False, Reason.NOT_VERIFIED)),
        (IN_USE, VERIFIED - timedelta(1), (True, False, False, Reason.NOT_VERIFIED)),
        (IN_USE, VERIFIED, (True, True, True, None)),
        (IN_USE, date(2027, 3, 10), (True, True, True, None)),
        (IN_USE, date(2027, 3, 11), (True, True, False, Reason.LAPSED)),
    ],
)
def test_a_procedure_counts_from_its_verification_to_the_end_of_the_anniversary_day(facts, day, expected):
    assert on(day, facts) == expected


def test_attesting_again_starts_the_period_anew_and_brings_a_lapsed_one_back():
    again = [*IN_USE, fact(Kind.ATTESTED, date(2027, 6, 1), 4, person=2)]

    assert spans(again, rules=[RULE]) == [
        Span(VERIFIED, date(2027, 3, 10)),
        Span(date(2027, 6, 1), date(2028, 6, 1)),
    ]


def test_a_claim_that_ended_after_verification_stays_claimed_and_verified():
    ended = [*IN_USE, fact(Kind.CLAIM_ENDED, date(2026, 5, 1), 4)]

    assert on(date(2026, 4, 30), ended) == (True, True, True, None)
    assert on(date(2026, 5, 1), ended) == (True, True, False, Reason.CLAIM_ENDED)


def test_a_claim_that_ended_before_verification_leaves_the_count():
    ended = [claimed(), fact(Kind.CLAIM_ENDED, date(2026, 5, 1), 2)]

    assert on(date(2026, 5, 1), ended) == (False, False, False, Reason.CLAIM_ENDED)


def test_a_retired_procedure_stays_verified_and_one_that_never_was_leaves():
    retired = fact(Kind.RETIRED, date(2026, 5, 1), 9)

    assert on(date(2026, 5, 1), [*IN_USE, retired]) == (True, True, False, Reason.RETIRED)
    assert on(date(2026, 5, 1), [claimed(), retired]) == (False, False, False, Reason.RETIRED)
    assert on(date(2026, 5, 1), [Fact(9, Kind.RETIRED, date(2026, 5, 1), date(2026, 5, 1))])[3] is Reason.RETIRED


def test_a_second_claim_after_an_ended_one_keeps_what_was_verified():
    facts = [*IN_USE, fact(Kind.CLAIM_ENDED, date(2026, 5, 1), 4), claimed(5, on=date(2026, 6, 1), claim=2)]

    assert on(date(2026, 6, 1), facts) == (True, True, False, Reason.EVIDENCE_MISSING)


@pytest.mark.parametrize(("days", "late"), [(14, False), (15, True)])
def test_a_go_live_more_than_fourteen_days_back_is_late(days, late):
    assert is_late(RECORDED - timedelta(days), recorded_on=RECORDED, rule=RULE) is late


def test_a_late_claim_counts_only_once_a_second_person_confirmed_it():
    late = [claimed(recorded_on=WENT_LIVE + timedelta(15)), *evidence(), verified(3, on=date(2026, 3, 20))]
    same_person = fact(Kind.CONFIRMED_LATE, date(2026, 3, 22), 4, person=2)
    second = fact(Kind.CONFIRMED_LATE, date(2026, 3, 25), 5, person=3)

    assert on(date(2026, 3, 30), late) == (True, False, False, Reason.SECOND_VERIFIER_MISSING)
    assert on(date(2026, 3, 30), [*late, same_person])[3] is Reason.SECOND_VERIFIER_MISSING
    assert on(date(2026, 3, 24), [*late, second])[2] is False
    assert on(date(2026, 3, 25), [*late, second]) == (True, True, True, None)


def test_without_a_rule_in_force_nothing_counts():
    bare = [Fact(f.position, f.kind, f.effective_on, f.recorded_on, f.claim, f.person, f.evidence) for f in IN_USE]

    assert standing(bare, rules=[], on=VERIFIED).reason is Reason.NO_RULE


def test_a_new_rule_reaches_older_procedures_at_its_transition_or_their_next_attestation():
    stricter = Rule(date(2026, 6, 1), RULE.required_evidence | {"training"}, transition_on=date(2026, 9, 1))
    unset = Rule(date(2026, 6, 1), stricter.required_evidence)

    before, after = (standing(IN_USE, rules=[RULE, stricter], on=date(2026, 8, 31) + timedelta(n)) for n in (0, 1))

    assert (before.in_use, after.in_use, after.missing) == (True, False, ("training",))
    assert standing(IN_USE, rules=[RULE, unset], on=date(2026, 9, 1)).in_use


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_an_anniversary_is_the_same_day_or_the_months_last(day, months, expected):
    assert anniversary(day, months) == expected


def test_the_kinds_of_the_rules_are_those_of_the_stored_facts():
    assert set(Kind) == set(ProcedureFact.Kind.values)


DAYS = st.dates(date(2025, 11, 1), date(2028, 3, 1))


@st.composite
def histories(draw):
    """Facts of one procedure in any order people and clerks could produce, later than they became true or not."""
    kinds = draw(st.lists(st.sampled_from(list(Kind)), max_size=9))
    facts = []
    for position, kind in enumerate(kinds, start=1):
        effective_on = draw(DAYS)
        facts.append(
            Fact(
                position,
                kind,
                effective_on,
                effective_on + timedelta(draw(st.integers(0, 40))),
                claim=draw(st.sampled_from([1, 1, 2])),
                person=draw(st.sampled_from([1, 2, 3, None])),
                evidence=draw(st.sampled_from(["record", "acceptance", ""])) if kind is Kind.EVIDENCE else "",
                rule=draw(st.sampled_from([RULE, None])),
            )
        )
    return [*draw(st.sampled_from([[], IN_USE])), *[_moved(f) for f in facts]]


def _moved(f):
    return Fact(f.position + 3, f.kind, f.effective_on, f.recorded_on, f.claim, f.person, f.evidence, f.rule)


@given(histories(), DAYS)
def test_claimed_contains_verified_contains_in_use(facts, day):
    found = standing(facts, rules=[RULE], on=day)

    assert found.claimed >= found.verified >= found.in_use
    assert found.in_use == (found.reason is None)


@given(histories(), DAYS, st.integers(0, 12))
def test_a_fact_recorded_later_never_changes_what_was_known_before(facts, day, known_at):
    earlier = [f for f in facts if f.position <= known_at]

    assert standing(facts, rules=[RULE], on=day, known_at=known_at) == standing(earlier, rules=[RULE], on=day)


@given(histories(), DAYS)
def test_the_curve_of_days_as_known_then_never_moves_when_later_facts_arrive(facts, day):
    known = [f for f in facts if f.recorded_on <= day]
    ask = {"rules": [RULE], "first": date(2025, 10, 1), "last": day, "as_known_then": True}

    assert curve([facts], **ask) == curve([known], **ask)


@given(histories(), DAYS)
def test_a_blank_or_future_claim_never_counts(facts, day):
    future = [f for f in facts if f.kind is not Kind.CLAIMED or f.effective_on > day]
    blank = [f for f in facts if not f.evidence]

    assert not standing(future, rules=[RULE], on=day).claimed
    assert not standing(blank, rules=[RULE], on=day).in_use


@given(st.lists(histories(), max_size=4), st.randoms(use_true_random=False), DAYS)
def test_the_order_of_facts_of_different_procedures_never_matters(procedures, random, day):
    shuffled = [random.sample(facts, len(facts)) for facts in procedures]
    random.shuffle(shuffled)

    assert count(shuffled, rules=[RULE], on=day) == count(procedures, rules=[RULE], on=day)


@given(st.lists(histories(), max_size=3), st.booleans())
def test_the_curve_is_the_count_of_each_day(procedures, as_known_then):
    first, last = date(2026, 2, 1), date(2026, 4, 30)
    line = curve(procedures, rules=[RULE], first=first, last=last, as_known_then=as_known_then)

    for n, in_use in enumerate(line):
        day = first + timedelta(n)
        known = [[f for f in facts if not as_known_then or f.recorded_on <= day] for facts in procedures]
        assert in_use == count(known, rules=[RULE], on=day).in_use
    assert len(line) == 89


def test_counts_are_of_procedures():
    assert count([IN_USE, [claimed()], []], rules=[RULE], on=VERIFIED) == Counts(claimed=2, verified=1, in_use=1)
