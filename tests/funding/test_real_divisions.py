"""203 divisions of the Legislative Council, 2012 to 2014, through the same tally function as every round of ours.

The Council's rule is data: carried by more than half of the members present. Who sits there without voting is
present, so counts as one who abstains does. Most motions need a majority in each of two groups: the engine counts
one group; that both must carry is said here (Basic Law, Annex II).
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from defusedxml import ElementTree
import pytest

from funding import facts
from funding.models import VotingRule
from funding.rules.tally import Finding, Tally, count

FOLDER = "hk_legco_council_votes_xml"
COUNCIL = VotingRule(quorum_share_percent=0, quorum_least=1, majority_percent=50, majority_base="present")
WORDS = {"Yes": "for", "No": "against", "Abstain": "abstain", "Present": "abstain"}
RESULTS = {Finding.CARRIED: "Passed", Finding.LOST: "Negatived"}
GROUPS = {"functional-constituency": "Functional", "geographical-constituency": "Geographical"}


@dataclass(frozen=True)
class Division:
    """One vote of the record: members by group with what each did, and what the record says came of it."""

    where: str
    is_separate: bool
    votes: tuple[tuple[str, str], ...]
    recorded: dict[str, dict[str, str]]

    def of_group(self, group: str) -> list[str]:
        return [vote for constituency, vote in self.votes if constituency == GROUPS.get(group, constituency)]


def divisions_in(file: Path) -> list[Division]:
    root = ElementTree.parse(file).getroot()
    return [
        Division(
            where=f"{file.name} {vote.get('number')}",
            is_separate=vote.findtext("vote-separate-mechanism") == "Yes",
            votes=tuple((one.get("constituency"), one.findtext("vote")) for one in vote.iter("member")),
            recorded={group.tag: {part.tag: part.text or "" for part in group} for group in vote.find("vote-summary")},
        )
        for vote in root.iterfind("meeting/vote")
    ]


@pytest.fixture(scope="module")
def read() -> dict[Path, list[Division]]:
    return {}


@pytest.fixture
def divisions(real: Any, read: dict[Path, list[Division]]) -> list[Division]:
    folder = real(FOLDER)
    if folder not in read:
        read[folder] = [one for file in sorted(folder.glob("*.xml")) for one in divisions_in(file)]
    return read[folder]


def tally(votes: list[str]) -> Tally:
    """Absent members are seats from which nothing was said."""
    return count(
        [WORDS[vote] for vote in votes if vote != "Absent"],
        seats=len(votes),
        recused=0,
        rule=facts.voting_rule(COUNCIL),
    )


def overall(division: Division) -> str:
    """A motion voted on in two groups passes if it passes in both; any other is counted as one body."""
    if not division.is_separate:
        return RESULTS[tally(division.of_group("overall")).finding]
    carried = [tally(division.of_group(group)).finding is Finding.CARRIED for group in GROUPS]
    return "Passed" if all(carried) else "Negatived"


@pytest.mark.prove("funding")
def test_every_group_and_every_motion_has_the_result_of_the_record(divisions, proof):
    proof.size(gate=len(divisions), full=len(divisions))
    kinds: Counter[str] = Counter()
    wrong = []
    for division in divisions:
        groups = list(GROUPS) if division.is_separate else ["overall"]
        for group in groups:
            found = tally(division.of_group(group))
            kinds["groups"] += 1
            kinds["more_for_than_against_yet_lost"] += (
                found.finding is Finding.LOST and found.votes_for > found.votes_against
            )
            if RESULTS[found.finding] != division.recorded[group]["result"]:
                wrong.append((division.where, group))
        if overall(division) != division.recorded["overall"]["result"]:
            wrong.append((division.where, "overall"))
    proof.figure("votes", sum(len(one.votes) for one in divisions))
    for name, number in kinds.items():
        proof.figure(name, number)
    proof.figure("wrong", len(wrong))

    assert wrong == []
    assert (len(divisions), kinds["groups"]) == (203, 387)
    assert kinds["more_for_than_against_yet_lost"] > 0


def test_the_numbers_of_every_group_are_those_of_the_record(divisions):
    for division in divisions:
        for group in list(GROUPS) if division.is_separate else ["overall"]:
            votes, recorded = division.of_group(group), division.recorded[group]
            found = tally(votes)
            silent = votes.count("Present")
            numbers = {
                "present-count": found.base_count,
                "vote-count": found.voted - silent,
                "yes-count": found.votes_for,
                "no-count": found.votes_against,
                "abstain-count": found.abstained - silent,
            }
            assert {name: str(number) for name, number in numbers.items()} == {
                name: recorded[name] for name in numbers
            }, (division.where, group)


def test_a_majority_of_votes_cast_alone_would_contradict_the_record(divisions):
    """The twin that must fail: the record tells the two rules apart."""
    cast = VotingRule(quorum_share_percent=0, quorum_least=1, majority_percent=50, majority_base="cast")
    contradicted = 0
    for division in divisions:
        for group in list(GROUPS) if division.is_separate else ["overall"]:
            votes = division.of_group(group)
            said = [WORDS[vote] for vote in votes if vote != "Absent"]
            found = count(said, seats=len(votes), recused=0, rule=facts.voting_rule(cast))
            contradicted += RESULTS[found.finding] != division.recorded[group]["result"]

    assert contradicted > 0
