"""Splitting an amount gains nothing: parts together, parts one after another, and what each body has decided in sum.

The parts of one amount hang together in a random tree, so each is linked with one that came before it. A later
link between requests that were decided while nothing joined them reopens neither (DESIGN 4); that is not a split.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
import random

import pytest

from funding.rules import group as grouping
from funding.rules.group import Member, counted_amount, total
from funding.rules.tiers import TIERS, tier_for
from tests.funding.lines import VERSIONS, Version, any_version, last_own, lines_of, money, rank

FIRST_DAY = date(2026, 1, 15)
MONTHS = 12
OPEN = ("submitted", "endorsed", "screened", "deciding")


def parts_of(cents: int, chance: random.Random) -> list[int]:
    """The amount in two to seven parts, down to single cents."""
    cuts = sorted(chance.sample(range(1, cents), min(cents - 1, chance.randint(1, 6))))
    return [end - start for start, end in zip([0, *cuts], [*cuts, cents], strict=True)]


def amount_to_split(version: Version, chance: random.Random) -> int:
    """Mostly a little over or under a line, where a split would pay."""
    near = chance.choice(version)[0] + chance.randint(-200, 200)
    return max(2, near if chance.random() < 0.5 else chance.choice(version)[0] * chance.randint(50, 400) // 100)


def tree_of(amounts: Sequence[Decimal], chance: random.Random) -> list[Member]:
    """One request for each amount, each linked by chance with an earlier one, on rising days within a year."""
    days = sorted(chance.randint(0, 365) for _amount in amounts)
    members: list[Member] = []
    for key, (amount, day) in enumerate(zip(amounts, days, strict=True), start=1):
        one = Member(key, 1_000 + key, FIRST_DAY + timedelta(days=day), amount, frozenset({key}))
        if members:
            one = _linked(one, chance.choice(members), chance)
        members.append(one)
    return members


def _linked(one: Member, to: Member, chance: random.Random) -> Member:
    kind = chance.choice(["project", "procedure", "declared"])
    if kind == "project":
        return replace(one, project=to.project)
    if kind == "procedure":
        return replace(one, procedures=one.procedures | {min(to.procedures)})
    return replace(one, declared=frozenset({to.key}))


def tier_of(one: Member, others: Sequence[Member], version: Version) -> str:
    """As the engine routes: one's own amount with its group."""
    related = grouping.group(one, others, months=MONTHS)
    return tier_for(total(one.counts or Decimal(0), related), lines_of(version)).tier


def cases(proof, *, gate, full):
    """Seeded amounts, each with a version of the policy: a known one or one with random edges."""
    chance = random.Random(proof.seed)
    known = list(VERSIONS.values())
    for _case in range(proof.size(gate=gate, full=full)):
        version = chance.choice(known) if chance.random() < 0.7 else any_version(chance)
        yield chance, version, parts_of(amount_to_split(version, chance), chance)


@pytest.mark.prove("funding")
def test_parts_submitted_together_each_have_the_tier_of_the_whole(proof):
    wrong = parts = would_escape = 0
    for chance, version, amounts in cases(proof, gate=1_000, full=100_000):
        whole = rank(sum(amounts), version)
        members = tree_of([money(one) for one in amounts], chance)
        chance.shuffle(members)
        for one in members:
            parts += 1
            wrong += tier_of(one, members, version) != TIERS[whole]
            would_escape += TIERS.index(tier_for(one.counts or Decimal(0), lines_of(version)).tier) < whole
    proof.figure("parts", parts)
    proof.figure("would_escape_alone", would_escape)
    proof.figure("wrong", wrong)

    assert would_escape > 0
    assert wrong == 0


@pytest.mark.prove("funding")
def test_parts_one_after_another_have_the_tier_of_the_running_sum_from_the_crossing_one_on(proof):
    wrong = crossings = over_a_line = 0
    for chance, version, amounts in cases(proof, gate=1_000, full=100_000):
        decided: list[Member] = []
        sums: Counter[str] = Counter()
        running = 0
        for cents, one in zip(amounts, tree_of([money(one) for one in amounts], chance), strict=True):
            before, running = rank(max(running, 1), version), running + cents
            found = tier_of(one, decided, version)
            crossings += bool(decided) and rank(running, version) > before
            wrong += found != TIERS[rank(running, version)]
            sums[found] += cents
            counts = counted_amount(
                status="published", outcome="approved", submitted=money(cents), approved=money(cents)
            )
            decided.append(replace(one, counts=counts))
        over_a_line += sum(sums[name] > last_own(edge) for name, edge in zip(TIERS, version, strict=False))
    proof.figure("crossings", crossings)
    proof.figure("wrong", wrong)
    proof.figure("bodies_over_their_line", over_a_line)

    assert crossings > 0
    assert (wrong, over_a_line) == (0, 0)


@dataclass
class Part:
    """One part in a longer story: where it stands, what it asks for and what was approved of it."""

    member: Member
    cents: int
    status: str = "submitted"
    outcome: str = ""
    approved: int = 0

    def counted(self) -> Member:
        amount = counted_amount(
            status=self.status, outcome=self.outcome, submitted=money(self.cents), approved=money(self.approved)
        )
        return replace(self.member, counts=amount)


class Story:
    """Parts come, wait, are revised, withdrawn, approved in whole or in part, or rejected, in any order."""

    def __init__(self, version: Version, members: Sequence[Member], amounts: Sequence[int], chance: random.Random):
        self.version, self.chance = version, chance
        self.coming = [Part(member, cents) for member, cents in zip(members, amounts, strict=True)]
        self.there: list[Part] = []
        self.sums: defaultdict[str, int] = defaultdict(int)

    def tell(self) -> None:
        while self.coming or self.waiting():
            if self.coming and (not self.waiting() or self.chance.random() < 0.6):
                self.there.append(self.coming.pop(0))
            else:
                self.act_on(self.chance.choice(self.waiting()))

    def waiting(self) -> list[Part]:
        return [part for part in self.there if part.status in OPEN]

    def act_on(self, part: Part) -> None:
        act = self.chance.choice(["approve", "approve", "approve_part", "reject", "withdraw", "revise", "move"])
        if act == "move":
            part.status = self.chance.choice(OPEN)
        elif act == "revise":
            part.cents = max(1, part.cents + self.chance.randint(-part.cents + 1, part.cents))
        elif act == "withdraw":
            part.status = "withdrawn"
        else:
            self.decide(part, act)

    def decide(self, part: Part, act: str) -> None:
        """By the body of the tier that the engine finds now: whole, in part or not at all."""
        body = tier_of(part.counted(), [one.counted() for one in self.there], self.version)
        part.status, part.outcome = "published", "rejected" if act == "reject" else "approved"
        if part.outcome == "approved":
            part.approved = part.cents if act == "approve" else self.chance.randint(1, part.cents)
            self.sums[body] += part.approved


@pytest.mark.prove("funding")
def test_in_no_order_of_events_does_a_body_decide_more_in_sum_than_its_line(proof):
    over = decided = full_lines = 0
    for chance, version, amounts in cases(proof, gate=600, full=100_000):
        story = Story(version, tree_of([money(one) for one in amounts], chance), amounts, chance)
        story.tell()
        decided += len(story.there)
        for name, edge in zip(TIERS, version, strict=False):
            over += story.sums[name] > last_own(edge)
            full_lines += story.sums[name] * 10 > last_own(edge) * 9
    proof.figure("parts", decided)
    proof.figure("bodies_near_their_line", full_lines)
    proof.figure("bodies_over_their_line", over)

    assert full_lines > 0
    assert over == 0


def test_without_its_links_the_same_split_would_escape():
    """The twin that must fail: the oracle sees what grouping prevents."""
    version = VERSIONS["first"]
    alone = [Member(key, 1_000 + key, FIRST_DAY, money(400_000_00), frozenset({key})) for key in range(1, 4)]
    joined = [replace(one, project=5) for one in alone]

    assert {tier_of(one, alone, version) for one in alone} == {"department"}
    assert {tier_of(one, joined, version) for one in joined} == {"working_group"}
    assert last_own(version[0]) < 3 * 400_000_00
