"""The count equals a plain replay of the facts, written anew here; and what must never count never does (I6)."""

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st
import pytest

from projects.rules.count import Counts, count, standing
from projects.rules.facts import Fact, Kind, Reason, Rule, Scope
from tests.projects.test_count import DAYS, IN_USE, RULE, claimed, evidence, fact, histories, verified

LATER = Rule(
    date(2026, 9, 1),
    frozenset({"record"}),
    attestation_months=6,
    late_claim_days=30,
    transition_on=date(2027, 2, 1),
    verifier_scope=Scope.BRANCH,
)
RULES = [RULE, LATER]


def months_on(day, months):
    """The same day of the month so many months later, or the last day that month has."""
    first = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return min(first + timedelta(day.day - 1), last)


def governing(day):
    return LATER if day >= LATER.starts_on else RULE if day >= RULE.starts_on else None


class Replay:
    """One claim as a clerk would keep it: a card that is filled in fact by fact."""

    def __init__(self, opening):
        self.opening = opening
        self.hands, self.shown = set(), set()
        self.judgements, self.seconds = [], []
        self.over = False

    def read(self, told):
        if told.kind in (Kind.CLAIMED, Kind.EVIDENCE, Kind.TRANSFERRED):
            self.hands.add((told.position, told.person))
        if told.kind is Kind.EVIDENCE:
            self.shown.add(told.evidence)
        if told.kind is Kind.CLAIM_ENDED:
            self.over = True
        if told.kind in (Kind.VERIFIED, Kind.ATTESTED):
            self.judgements.append(told)
        if told.kind is Kind.CONFIRMED_LATE:
            self.seconds.append(told)

    def clean(self, told):
        return told.person is not None and all(told.person != who or at >= told.position for at, who in self.hands)

    def day_verified(self):
        firsts = [one for one in self.judgements if one.kind is Kind.VERIFIED and self.clean(one)]
        rule = self.opening.rule or governing(self.opening.recorded_on)
        delay = (self.opening.recorded_on - self.opening.effective_on).days
        days = [one.effective_on for one in firsts]
        if rule and delay > rule.late_claim_days:
            days = [
                max(one.effective_on, second.effective_on)
                for one in firsts
                for second in self.seconds
                if self.clean(second) and None not in (one.person, second.person) and one.person != second.person
            ]
        return max(min(days), self.opening.effective_on) if days else None

    def counts(self, on):
        """Whether it is verified, and whether it is in use."""
        day = self.day_verified()
        if day is None or self.over:
            return day is not None, False
        clean = [one for one in self.judgements if self.clean(one)]
        last = sorted(clean, key=lambda one: (one.effective_on, one.position))[-1]
        rule = last.rule or governing(last.effective_on)
        if rule is RULE and on >= LATER.transition_on:
            rule = LATER
        if rule is None or not rule.required_evidence <= self.shown:
            return True, False
        far = [one for one in clean if rule is not LATER or one.distance is Scope.BRANCH]
        fresh = [day if one.kind is Kind.VERIFIED else one.effective_on for one in far]
        return True, bool(fresh) and on <= months_on(max(fresh), rule.attestation_months)


def replay(facts, on, known_at):
    """Claimed, verified, in use: every fact is read once, in the order the system learned them."""
    cards, gone, retired = {}, False, False
    for told in sorted(facts, key=lambda one: one.position):
        if told.position > known_at:
            break
        true_by_then = told.effective_on <= on
        gone |= true_by_then and told.kind in (Kind.MERGED, Kind.SPLIT)
        retired |= true_by_then and told.kind is Kind.RETIRED
        if told.kind is Kind.CLAIMED and told.claim not in cards:
            cards[told.claim] = Replay(told)
        if told.claim in cards and true_by_then:
            cards[told.claim].read(told)
    begun = [card for card in cards.values() if card.opening.effective_on <= on]
    if gone or not begun:
        return False, False, False
    found = [card.counts(on) for card in begun]
    ever = any(verified for verified, _in_use in found)
    return (
        ever or (not retired and any(not card.over for card in begun)),
        ever,
        not retired and any(in_use for _verified, in_use in found),
    )


@st.composite
def stories(draw):
    """Histories with both rules and verifiers from near and far, as `histories` with more to go wrong."""
    facts = draw(histories())
    return [
        Fact(
            f.position,
            f.kind,
            f.effective_on,
            f.recorded_on,
            f.claim,
            f.person,
            f.evidence,
            draw(st.sampled_from([RULE, LATER, None])) if f.effective_on >= LATER.starts_on else f.rule,
            f.project,
            draw(st.sampled_from(list(Scope))),
        )
        for f in facts
    ]


@given(st.lists(stories(), max_size=3), DAYS, st.integers(0, 14))
def test_the_count_as_at_any_instant_equals_a_plain_replay(procedures, day, known_at):
    replayed = [replay(facts, day, known_at) for facts in procedures]
    sums = [sum(column) for column in zip(*replayed, strict=True)] or [0, 0, 0]

    assert count(procedures, rules=RULES, on=day, known_at=known_at) == Counts(*sums)


@pytest.mark.prove("registers")
def test_the_count_equals_the_replay_at_full_size(proof):
    cases = proof.size(gate=200, full=20_000)
    seen = {"in_use": 0, "verified": 0}

    @settings(max_examples=cases, deadline=None, database=None)
    @given(stories(), DAYS, st.integers(0, 14))
    def check(facts, day, known_at):
        found = standing(facts, rules=RULES, on=day, known_at=known_at)
        assert (found.claimed, found.verified, found.in_use) == replay(facts, day, known_at)
        seen["in_use"] += found.in_use
        seen["verified"] += found.verified

    check()
    for name, value in seen.items():
        proof.figure(name, value)
    assert seen["in_use"] > 0


def claimants_before(fact, facts):
    """Whoever had claimed the same claim when this fact was recorded, and nobody by name."""
    earlier = (o for o in facts if o.kind is Kind.CLAIMED and o.claim == fact.claim and o.position < fact.position)
    return {None, *(o.person for o in earlier)}


@given(stories(), DAYS)
@example(facts=[*IN_USE, fact(Kind.CLAIMED, date(2025, 11, 1), 6, person=2)], day=date(2027, 1, 1))
def test_whatever_counts_is_live_shown_verified_by_somebody_else_and_fresh(facts, day):
    """Blank, future, lapsed, retired and self-verified never count."""
    found = standing(facts, rules=[RULE], on=day)
    if not found.in_use:
        return
    true_now = [f for f in facts if f.effective_on <= day]
    assert not any(f.kind in (Kind.RETIRED, Kind.MERGED, Kind.SPLIT) for f in true_now)
    assert {f.evidence for f in true_now} >= RULE.required_evidence
    assert any(f.person not in claimants_before(f, true_now) for f in true_now if f.kind is Kind.VERIFIED)
    assert found.claimed_on <= day <= found.attest_by


@pytest.mark.parametrize(
    ("facts", "day", "reason"),
    [
        (
            [claimed(), *evidence(), fact(Kind.VERIFIED, date(2026, 3, 10), 3, person=1)],
            date(2026, 3, 10),
            "self_verified",
        ),
        ([claimed(), verified()], date(2026, 3, 10), "evidence_missing"),
        ([claimed(on=date(2026, 4, 1)), *evidence(), verified()], date(2026, 3, 31), "future"),
        (IN_USE, date(2027, 3, 11), "lapsed"),
        ([*IN_USE, fact(Kind.RETIRED, date(2026, 5, 1), 9)], date(2026, 5, 1), "retired"),
        ([*IN_USE, fact(Kind.MERGED, date(2026, 5, 1), 9)], date(2026, 5, 1), "merged"),
        ([*IN_USE, fact(Kind.SPLIT, date(2026, 5, 1), 9)], date(2026, 5, 1), "split"),
    ],
)
def test_what_never_counts_says_why(facts, day, reason):
    found = standing(facts, rules=[RULE], on=day)

    assert (found.in_use, found.reason) == (False, Reason(reason))


@given(st.sets(st.sampled_from(list(Kind)), max_size=4), DAYS)
def test_a_second_claim_adds_nothing_to_a_procedure_that_counts(kinds, day):
    """Facts of another claim, whatever they are, never make one procedure count twice."""
    more = [fact(kind, day, 20 + n, claim=2, person=5) for n, kind in enumerate(sorted(kinds))]
    found = count([[*IN_USE, claimed(19, on=day, claim=2), *more]], rules=[RULE], on=day)

    assert max(found.claimed, found.verified, found.in_use) <= 1


EDGES = [
    *[date(2026, month, 1) for month in range(1, 13)],
    date(2027, 1, 1),
    date(2027, 3, 1),
    date(2027, 4, 1),
    date(2028, 1, 1),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2028, 12, 31),
    date(2029, 1, 1),
]


def test_there_are_forty_edge_instants():
    assert len(EDGES) * 2 == 40
