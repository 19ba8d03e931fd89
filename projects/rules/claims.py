"""One claim judged on one day: is it live, was it verified, and what is the first thing that is missing?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from projects.rules.facts import Fact, Kind, Reason, Rule, anniversary, is_late, rule_in_force

JUDGING = (Kind.VERIFIED, Kind.ATTESTED)
TOUCHING = (Kind.CLAIMED, Kind.EVIDENCE, Kind.TRANSFERRED)


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """One claim judged on one day."""

    claimed_on: date
    is_live: bool
    is_late: bool
    verified_on: date | None
    reason: Reason | None
    attest_by: date | None = None
    missing: tuple[str, ...] = ()
    project: int | None = None


def by_claim(known: Sequence[Fact]) -> list[list[Fact]]:
    """The facts of each claim, in the order the claims were recorded; facts of no claim are left out."""
    grouped: dict[int, list[Fact]] = defaultdict(list)
    for fact in known:
        if fact.claim is not None and (fact.kind is Kind.CLAIMED or fact.claim in grouped):
            grouped[fact.claim].append(fact)
    return list(grouped.values())


def judge(claim: Sequence[Fact], *, rules: Sequence[Rule], on: date, retired_on: date | None) -> JudgedClaim:
    opening = claim[0]
    past = [fact for fact in claim if fact.effective_on <= on]
    ended = any(fact.kind is Kind.CLAIM_ENDED for fact in past)
    retired = retired_on is not None and retired_on <= on
    opened_under = opening.rule or rule_in_force(rules, opening.recorded_on)
    late = opened_under is not None and is_late(
        opening.effective_on, recorded_on=opening.recorded_on, rule=opened_under
    )
    verified_on = _verified_on(opening, past, late=late)
    judging = [f for f in past if f.kind in JUDGING and not _by_hand_in_it(f, past)] if verified_on else []
    rule = _rule_for(judging, rules, on)
    missing = _missing(past, rule)
    far_enough = [f for f in judging if rule is not None and f.is_far_enough(rule)]
    attest_by = _attest_by(far_enough, verified_on, rule)
    return JudgedClaim(
        claimed_on=opening.effective_on,
        is_live=opening.effective_on <= on and not ended and not retired,
        is_late=late,
        verified_on=verified_on,
        attest_by=attest_by,
        missing=missing,
        project=_claiming(past),
        reason=_first_fault(
            (opening.effective_on > on, Reason.FUTURE),
            (retired, Reason.RETIRED),
            (ended, Reason.CLAIM_ENDED),
            (rule is None, Reason.NO_RULE),
            (bool(missing), Reason.EVIDENCE_MISSING),
            (not any(f.kind is Kind.VERIFIED for f in past), Reason.NOT_VERIFIED),
            (not _independent(past, Kind.VERIFIED), Reason.SELF_VERIFIED),
            (verified_on is None, Reason.SECOND_VERIFIER_MISSING),
            (not far_enough, Reason.VERIFIER_TOO_NEAR),
            (attest_by is None or attest_by < on, Reason.LAPSED),
        ),
    )


def _claiming(past: Sequence[Fact]) -> int | None:
    """The project that counts it: the one that claimed, or the last one the claim was transferred to."""
    held = [fact for fact in past if fact.kind in (Kind.CLAIMED, Kind.TRANSFERRED) and fact.project is not None]
    return max(held, key=lambda fact: (fact.effective_on, fact.position)).project if held else None


def _first_fault(*tests: tuple[bool, Reason]) -> Reason | None:
    return next((reason for is_fault, reason in tests if is_fault), None)


def _verified_on(opening: Fact, past: Sequence[Fact], *, late: bool) -> date | None:
    """The day verification was complete: for a late claim only once a second person has confirmed it."""
    verified = _independent(past, Kind.VERIFIED)
    if late:
        second = _independent(past, Kind.CONFIRMED_LATE)
        complete = [max(v.effective_on, c.effective_on) for v in verified for c in second if _two_people(v, c)]
    else:
        complete = [v.effective_on for v in verified]
    return max(min(complete), opening.effective_on) if complete and past[0] is opening else None


def _independent(past: Sequence[Fact], kind: Kind) -> list[Fact]:
    return [fact for fact in past if fact.kind is kind and not _by_hand_in_it(fact, past)]


def _by_hand_in_it(fact: Fact, past: Sequence[Fact]) -> bool:
    """Whether nobody by name, or somebody who had claimed, shown or moved it before; that verifies nothing."""
    before = (other for other in past if other.kind in TOUCHING and other.position < fact.position)
    return fact.person is None or any(other.person == fact.person for other in before)


def _two_people(one: Fact, other: Fact) -> bool:
    return one.person is not None and other.person is not None and one.person != other.person


def _rule_for(judging: Sequence[Fact], rules: Sequence[Rule], on: date) -> Rule | None:
    """The rule the claim was last judged under; a later one reaches it at its transition date (DESIGN 3)."""
    last = max(judging, key=lambda f: (f.effective_on, f.position), default=None)
    if last is None:
        return rule_in_force(rules, on)
    rule = last.rule or rule_in_force(rules, last.effective_on)
    for newer in sorted(rules, key=lambda r: r.starts_on):
        reaches = newer.transition_on is not None and newer.transition_on <= on
        if rule is not None and reaches and newer.starts_on > rule.starts_on:
            rule = newer
    return rule


def _missing(past: Sequence[Fact], rule: Rule | None) -> tuple[str, ...]:
    if rule is None:
        return ()
    return tuple(sorted(rule.required_evidence - {f.evidence for f in past if f.kind is Kind.EVIDENCE}))


def _attest_by(judging: Sequence[Fact], verified_on: date | None, rule: Rule | None) -> date | None:
    """The last day in use unless attested again: the rule's months after the latest of those far enough."""
    if verified_on is None or rule is None or not judging:
        return None
    last = max(verified_on if f.kind is Kind.VERIFIED else f.effective_on for f in judging)
    return anniversary(last, rule.attestation_months)
