"""A second way to count a vote: seat by seat, whole numbers, nothing taken from the engine."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from funding.rules.tally import Base, Tie, VotingRule

Seat: TypeAlias = str
"""What one seat did: `for`, `against`, `abstain`, `absent` or `recused`."""

SEAT_STATES = ("for", "against", "abstain", "absent", "recused")


class Numbers(NamedTuple):
    """What there is to see of one vote."""

    may_vote: int
    voted: int
    votes_for: int
    votes_against: int
    abstained: int
    quorum: int
    finding: str


def by_hand(seats: Sequence[Seat], rule: VotingRule, casting: str | None = None) -> Numbers:
    """Hands are counted one by one, and every "more than" is tried out, from nothing up."""
    may_vote = voted = hands_for = hands_against = hands_down = 0
    for seat in seats:
        if seat == "recused":
            continue
        may_vote += 1
        if seat == "absent":
            continue
        voted += 1
        if seat == "for":
            hands_for += 1
        elif seat == "against":
            hands_against += 1
        else:
            hands_down += 1
    base = len(seats) if rule.recused_in_quorum_base else may_vote
    quorum = rule.quorum_least
    while not 100 * quorum > rule.quorum_share * base:
        quorum += 1
    counts = (may_vote, voted, hands_for, hands_against, hands_down, quorum)
    if voted < quorum:
        return Numbers(*counts, "no_quorum")
    against_it = hands_against + (hands_down if rule.base is Base.PRESENT else 0)
    if _more_than_share(hands_for, against_it, rule.majority):
        return Numbers(*counts, "carried")
    equal = hands_for > 0 and hands_for == hands_against and rule.base is Base.CAST
    if equal and rule.tie is Tie.CASTING_VOTE and _more_than_share(hands_for + 1, hands_against, rule.majority):
        return Numbers(*counts, {None: "tied", "for": "carried"}.get(casting, "lost"))
    return Numbers(*counts, "lost")


def _more_than_share(wanting: int, not_wanting: int, share: int) -> bool:
    """Whether those who want it outweigh the others: of a hundred parts they hold more than `share`."""
    return wanting * (100 - share) > not_wanting * share


def standing(seats: Iterable[Seat]) -> list[str]:
    """The votes that stand: what the seats said that were there and not recused."""
    return [seat for seat in seats if seat in ("for", "against", "abstain")]
