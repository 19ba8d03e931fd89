"""Whether a procedure counts, from its facts alone (DESIGN 3). Plain values in and out, no Django.

Three nested answers for one day: **claimed** (a claim is live, or one was ever verified) contains
**verified** (a claim was ever verified) contains **in use** (live, evidence complete, verified, not
retired, attested within the rule's period). A claim that ends before it is verified leaves all three;
one that ends, lapses or is retired afterwards leaves only "in use".

The day on which a claim ends or a procedure is retired is the first day it no longer counts. A procedure
merged into another or split into others leaves all three on that day: what it became is counted instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from projects.rules.claims import JudgedClaim, by_claim, judge
from projects.rules.facts import Fact, Kind, Reason, Rule, anniversary

BECAME = {Kind.MERGED: Reason.MERGED, Kind.SPLIT: Reason.SPLIT}


@dataclass(frozen=True, slots=True)
class Standing:
    """What one procedure is on one day. `reason` is empty exactly when it is in use."""

    claimed: bool
    verified: bool
    in_use: bool
    reason: Reason | None
    claimed_on: date | None = None
    verified_on: date | None = None
    retired_on: date | None = None
    attest_by: date | None = None  # last day in use unless attested again
    missing: tuple[str, ...] = ()  # kinds of evidence still to be added
    is_late: bool = False
    project: int | None = None  # the project that counts it, or did last


@dataclass(frozen=True, slots=True)
class Counts:
    claimed: int
    verified: int
    in_use: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days in use, both included."""

    first: date
    last: date


def standing(facts: Iterable[Fact], *, rules: Sequence[Rule], on: date, known_at: int | None = None) -> Standing:
    """What the procedure with these facts is on the day `on`, knowing facts up to position `known_at` (None: all)."""
    known = sorted((f for f in facts if known_at is None or f.position <= known_at), key=lambda f: f.position)
    became = min((f for f in known if f.kind in BECAME and f.effective_on <= on), key=_when, default=None)
    if became is not None:
        return Standing(False, False, False, BECAME[became.kind])
    retired_on = min((f.effective_on for f in known if f.kind is Kind.RETIRED), default=None)
    judged = [judge(claim, rules=rules, on=on, retired_on=retired_on) for claim in by_claim(known)]
    begun = [claim for claim in judged if claim.reason is not Reason.FUTURE]
    if not begun:
        reason = Reason.RETIRED if retired_on and retired_on <= on else _unbegun(judged)
        return Standing(False, False, False, reason, retired_on=_past(retired_on, on))
    verified_on = min((c.verified_on for c in begun if c.verified_on), default=None)
    shown = next((c for c in begun if c.reason is None), begun[-1])
    return Standing(
        claimed=verified_on is not None or any(claim.is_live for claim in begun),
        verified=verified_on is not None,
        in_use=shown.reason is None,
        reason=shown.reason,
        claimed_on=shown.claimed_on,
        verified_on=verified_on,
        retired_on=_past(retired_on, on),
        attest_by=shown.attest_by,
        missing=shown.missing,
        is_late=shown.is_late,
        project=shown.project,
    )


def count(
    procedures: Iterable[Iterable[Fact]], *, rules: Sequence[Rule], on: date, known_at: int | None = None
) -> Counts:
    """How many procedures are claimed, verified and in use on one day."""
    found = [standing(facts, rules=rules, on=on, known_at=known_at) for facts in procedures]
    return Counts(sum(s.claimed for s in found), sum(s.verified for s in found), sum(s.in_use for s in found))


def spans(facts: Sequence[Fact], *, rules: Sequence[Rule], as_known_then: bool = False) -> list[Span]:
    """Every unbroken stretch of days in use, oldest first.

    With `as_known_then`, each day is judged by what had been recorded by its end, so that a fact learned
    late changes no earlier day; without it, by everything known now.
    """
    found: list[Span] = []
    since: date | None = None
    for day in _turning_days(facts, rules):
        known = [f for f in facts if f.recorded_on <= day] if as_known_then else facts
        in_use = standing(known, rules=rules, on=day).in_use
        if in_use and since is None:
            since = day
        elif not in_use and since is not None:
            found.append(Span(since, day - timedelta(days=1)))
            since = None
    return found


def curve(
    procedures: Iterable[Sequence[Fact]],
    *,
    rules: Sequence[Rule],
    first: date,
    last: date,
    as_known_then: bool = False,
) -> list[int]:
    """How many procedures are in use on each day from `first` to `last`, both included."""
    steps = [0] * ((last - first).days + 2)
    for facts in procedures:
        for span in spans(facts, rules=rules, as_known_then=as_known_then):
            start, end = max(span.first, first), min(span.last, last)
            if start <= end:
                steps[(start - first).days] += 1
                steps[(end - first).days + 1] -= 1
    return list(accumulate(steps))[:-1]


def _turning_days(facts: Iterable[Fact], rules: Sequence[Rule]) -> list[date]:
    """Every day on which the answer can change; between two of them it cannot."""
    days: set[date] = {rule.starts_on for rule in rules}
    days |= {rule.transition_on for rule in rules if rule.transition_on}
    periods = {rule.attestation_months for rule in rules}
    for fact in facts:
        days |= {fact.effective_on, fact.recorded_on}
        stated = {fact.rule.attestation_months} if fact.rule else set()
        days |= {anniversary(fact.effective_on, months) + timedelta(days=1) for months in periods | stated}
    return sorted(days)


def _unbegun(judged: Sequence[JudgedClaim]) -> Reason:
    return Reason.FUTURE if judged else Reason.NOT_CLAIMED


def _when(fact: Fact) -> tuple[date, int]:
    return fact.effective_on, fact.position


def _past(day: date | None, on: date) -> date | None:
    return day if day is not None and day <= on else None
