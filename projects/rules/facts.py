"""The words the count is worked out in: facts of a procedure, versions of the rule, reasons for not counting.

Every fact has two times. `effective_on` says when it became true and decides the answer for a day;
`position` and `recorded_on` say when the system learned it and decide what was known. Plain values, no Django.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    CLAIMED = "claimed"
    EVIDENCE = "evidence"
    CONFIRMED_LATE = "confirmed_late"
    VERIFIED = "verified"
    ATTESTED = "attested"
    RETIRED = "retired"
    MERGED = "merged"
    SPLIT = "split"
    TRANSFERRED = "transferred"
    CLAIM_ENDED = "claim_ended"


class Scope(StrEnum):
    """How far from the delivering departments a verifier stood, or must stand; the second contains the first."""

    FAMILY = "family"  # outside those departments, their bureaux and their own departments
    BRANCH = "branch"  # outside everything under the topmost bureau


class Reason(StrEnum):
    """Why a procedure is not in use: the first thing that is missing."""

    NOT_CLAIMED = "not_claimed"
    FUTURE = "future"
    NO_RULE = "no_rule"
    EVIDENCE_MISSING = "evidence_missing"
    NOT_VERIFIED = "not_verified"
    SELF_VERIFIED = "self_verified"
    VERIFIER_TOO_NEAR = "verifier_too_near"
    SECOND_VERIFIER_MISSING = "second_verifier_missing"
    LAPSED = "lapsed"
    CLAIM_ENDED = "claim_ended"
    RETIRED = "retired"
    MERGED = "merged"
    SPLIT = "split"


# Reasons that leave the claim standing: it is live, and something else is missing. None is in use.
STILL_LIVE = frozenset(
    {
        None,
        Reason.EVIDENCE_MISSING,
        Reason.NOT_VERIFIED,
        Reason.SELF_VERIFIED,
        Reason.VERIFIER_TOO_NEAR,
        Reason.SECOND_VERIFIER_MISSING,
        Reason.LAPSED,
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of what makes a procedure count; in force from `starts_on` until the next one starts."""

    starts_on: date
    required_evidence: frozenset[str]
    attestation_months: int = 12
    late_claim_days: int = 14
    transition_on: date | None = None
    verifier_scope: Scope = Scope.FAMILY


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that became true. `claim` tells the claims of one procedure apart.

    `project` is the one that claims from here on: of the claim itself and of each transfer.
    """

    position: int
    kind: Kind
    effective_on: date
    recorded_on: date
    claim: int | None = None
    person: int | None = None
    evidence: str = ""
    rule: Rule | None = None
    project: int | None = None
    distance: Scope = Scope.FAMILY  # of whoever verified or attested

    def is_far_enough(self, rule: Rule) -> bool:
        return rule.verifier_scope is Scope.FAMILY or self.distance is Scope.BRANCH


def anniversary(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day: 29 February lapses on 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def rule_in_force(rules: Iterable[Rule], on: date) -> Rule | None:
    return max((rule for rule in rules if rule.starts_on <= on), key=lambda rule: rule.starts_on, default=None)


def is_late(went_live_on: date, *, recorded_on: date, rule: Rule) -> bool:
    """A go-live more than the rule's number of Hong Kong calendar days before the day it is recorded."""
    return (recorded_on - went_live_on).days > rule.late_claim_days
