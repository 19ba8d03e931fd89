"""Whether a recorded outcome of the Finance Committee follows from its counts, and how its papers are numbered."""

from dataclasses import dataclass
import re

from funding.rules.tally import Base, Choice, Finding, Tally, VotingRule, count

PAPER = re.compile(r"FCR\(([0-9]{4})-([0-9]{2})\)[1-9][0-9]{0,3}", re.ASCII)
APPROVED = "approved"
REJECTED = "rejected"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Counts:
    """Members, whole numbers. `present` includes the chairman; `casting` is the chairman's vote in a tie, or empty."""

    present: int
    votes_for: int
    votes_against: int
    abstained: int
    casting: str = ""

    @property
    def voted(self) -> int:
        return self.votes_for + self.votes_against + self.abstained

    @property
    def is_empty(self) -> bool:
        return not any((self.present, self.voted, self.casting))


def is_paper_number(text: str) -> bool:
    """`FCR(2026-27)12`: the financial year, whose two parts follow one another, and a number from 1."""
    found = PAPER.fullmatch(text)
    return found is not None and (int(found[1]) + 1) % 100 == int(found[2])


def tally_of(counts: Counts, rule: VotingRule) -> Tally:
    """The counts under the committee's own rule. Whoever is present without voting counts for quorum alone.

    Where the rule is of members present, silence counts like an abstention; among votes cast it is nothing.
    """
    silent = counts.present - counts.votes_for - counts.votes_against
    said = [Choice.FOR] * counts.votes_for + [Choice.AGAINST] * counts.votes_against + [Choice.ABSTAIN] * silent
    casting = Choice(counts.casting) if counts.casting else None
    return count(said, seats=counts.present, recused=0, rule=rule, casting=casting)


def fault(outcome: str, counts: Counts, rule: VotingRule) -> str:
    """Why the outcome cannot be that of these counts, as a word; empty where it can."""
    if outcome == WITHDRAWN:
        return "" if counts.is_empty else "withdrawn"
    if counts.voted > counts.present:
        return "present"
    result = tally_of(counts, rule)
    if result.finding is Finding.NO_QUORUM:
        return "quorum"
    tied = counts.votes_for == counts.votes_against > 0 and rule.base is Base.CAST
    if counts.casting and not (tied and rule.chair_settles_a_tie(result.base_count)):
        return "casting"
    if result.finding is Finding.TIED:
        return "tie"
    carried = result.finding is Finding.CARRIED
    return "" if carried == (outcome == APPROVED) else "majority"
