"""What a closed round decided, worked out from the votes that stand (DESIGN 5). The rule is data."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Base(StrEnum):
    """What a majority is a majority of."""

    CAST = "cast"
    PRESENT = "present"


class Tie(StrEnum):
    FAILS = "fails"
    CASTING_VOTE = "casting_vote"


class Finding(StrEnum):
    CARRIED = "carried"
    LOST = "lost"
    TIED = "tied"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True, slots=True)
class VotingRule:
    """Quorum is more than `quorum_share` % of the seats in its base, and at least `quorum_least`.

    Carried is more than `majority` % of `base`. With `tie` the chair's casting vote may settle equal votes.
    """

    quorum_share: int = 50
    quorum_least: int = 3
    majority: int = 50
    base: Base = Base.CAST
    recused_in_quorum_base: bool = False
    tie: Tie = Tie.FAILS

    def quorum(self, *, seats: int, recused: int) -> int:
        """How many seats have to vote. Whole seats, so more than half of 8 is 5 and more than half of 9 is 5."""
        base = seats if self.recused_in_quorum_base else seats - recused
        return max(base * self.quorum_share // 100 + 1, self.quorum_least)

    def carries(self, votes_for: int, *, of: int) -> bool:
        return votes_for * 100 > self.majority * of

    def chair_settles_a_tie(self, cast: int) -> bool:
        """Equal votes of `cast` in all: the casting vote is one vote more, and helps only if that one would carry."""
        return self.tie is Tie.CASTING_VOTE and self.base is Base.CAST and self.carries(cast // 2 + 1, of=cast + 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of a round. Whole seats; `voted` counts abstentions, `base_count` is what the majority is of."""

    seats: int
    recused: int
    quorum: int
    votes_for: int
    votes_against: int
    abstained: int
    base_count: int
    finding: Finding

    @property
    def may_vote(self) -> int:
        return self.seats - self.recused

    @property
    def voted(self) -> int:
        return self.votes_for + self.votes_against + self.abstained

    @property
    def missing(self) -> int:
        """Votes still missing for quorum."""
        return max(0, self.quorum - self.voted)

    @property
    def has_quorum(self) -> bool:
        return self.missing == 0


def count(
    standing: Iterable[str], *, seats: int, recused: int, rule: VotingRule, casting: Choice | None = None
) -> Tally:
    """Count the standing votes, at most one for each unrecused seat, of a roll of `seats`.

    Abstaining counts for quorum and among those present, never for a majority of votes cast. Nobody for and
    nobody against is lost. Equal votes for and against are lost, unless the rule lets the chair decide:
    then they are tied until `casting` says how.
    """
    votes = Counter(Choice(choice) for choice in standing)
    for_, against, abstained = votes[Choice.FOR], votes[Choice.AGAINST], votes[Choice.ABSTAIN]
    quorum = rule.quorum(seats=seats, recused=recused)
    voted = for_ + against + abstained
    base_count = voted if rule.base is Base.PRESENT else for_ + against
    if voted < quorum:
        finding = Finding.NO_QUORUM
    elif rule.carries(for_, of=base_count):
        finding = Finding.CARRIED
    elif for_ == against > 0 and rule.chair_settles_a_tie(base_count):
        finding = {None: Finding.TIED, Choice.FOR: Finding.CARRIED}.get(casting, Finding.LOST)
    else:
        finding = Finding.LOST
    return Tally(seats, recused, quorum, for_, against, abstained, base_count, finding)
