"""The tier of any amount under any policy version, against plain whole numbers of cents."""

from dataclasses import replace
from decimal import Decimal
import random

import pytest

from core.money import parse_amount
from funding.rules.tiers import TIERS, TierLine, bands, fault, tier_for
from tests.funding.lines import (
    LARGEST,
    VERSIONS,
    Version,
    any_cents,
    any_version,
    around,
    last_own,
    lines_of,
    money,
    rank,
    tier,
)

READ = [(version, lines_of(version)) for version in VERSIONS.values()]


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_every_edge_and_a_cent_to_either_side_has_the_tier_the_version_says(version):
    lines = lines_of(version)

    for cents in (1, *around(version), LARGEST):
        if cents > 0:
            assert tier_for(money(cents), lines).tier == tier(cents, version), cents


@pytest.mark.prove("funding")
def test_a_million_amounts_have_their_tier_under_each_policy_version(proof):
    chance = random.Random(proof.seed)
    wrong = edges = 0
    for _case in range(proof.size(gate=4_000, full=1_000_000)):
        cents = any_cents(chance, chance.choice(READ)[0])
        amount = parse_amount(str(money(cents))) if cents <= LARGEST else money(cents)
        for version, lines in READ:
            edges += any(abs(cents - edge) <= 1 for edge, _included in version)
            wrong += tier_for(amount, lines).tier != TIERS[rank(cents, version)]
    proof.figure("versions", len(READ))
    proof.figure("edges_or_a_cent_beside", edges)
    proof.figure("wrong", wrong)

    assert edges > 0
    assert wrong == 0


@pytest.mark.prove("funding")
def test_any_version_a_person_may_propose_gives_every_amount_the_band_that_holds_it(proof):
    chance = random.Random(proof.seed)
    wrong = 0
    for _case in range(proof.size(gate=3_000, full=200_000)):
        version = any_version(chance)
        lines = list(lines_of(version))
        chance.shuffle(lines)
        wrong += fault(lines) != ""
        for cents in (*around(version), any_cents(chance, version)):
            if cents < 1:
                continue
            band = tier_for(money(cents), lines)
            place = TIERS.index(band.tier)
            first = 1 if place == 0 else last_own(version[place - 1]) + 1
            holds = first <= cents and (place == 2 or cents <= last_own(version[place]))
            wrong += not holds or band not in bands(lines)
    proof.figure("wrong", wrong)

    assert wrong == 0


def lifted(version: Version, chance: random.Random) -> Version:
    """The version with one line higher: by money, or by taking in its own edge. The lines still rise."""
    (low, low_in), (high, high_in) = version
    if chance.random() < 0.5:
        top = high - 1
        moved = chance.choice([low, min(low + 1, top), chance.randint(low, max(low, top))])
        return (moved, low_in if moved > low else True), (high, high_in)
    moved = high + chance.choice([0, 1, chance.randint(1, 10**12)])
    return (low, low_in), (moved, high_in if moved > high else True)


@pytest.mark.prove("funding")
def test_lifting_a_line_never_sends_an_amount_further_up(proof):
    chance = random.Random(proof.seed)
    risen = came_down = 0
    for _case in range(proof.size(gate=2_000, full=200_000)):
        before = chance.choice(list(VERSIONS.values())) if chance.random() < 0.3 else any_version(chance)
        after = lifted(before, chance)
        lines_before, lines_after = lines_of(before), lines_of(after)
        for cents in (*around(before), *around(after), any_cents(chance, before)):
            if cents < 1:
                continue
            was = TIERS.index(tier_for(money(cents), lines_before).tier)
            now = TIERS.index(tier_for(money(cents), lines_after).tier)
            risen += now > was
            came_down += now < was
    proof.figure("came_down", came_down)
    proof.figure("risen", risen)

    assert came_down > 0
    assert risen == 0


@pytest.mark.prove("funding")
def test_a_larger_amount_never_has_a_lower_tier(proof):
    chance = random.Random(proof.seed)
    fallen = 0
    for _case in range(proof.size(gate=1_000, full=100_000)):
        version = any_version(chance)
        lines = lines_of(version)
        cents = sorted(
            max(1, one) for one in (*around(version), any_cents(chance, version), any_cents(chance, version))
        )
        ranks = [TIERS.index(tier_for(money(one), lines).tier) for one in cents]
        fallen += ranks != sorted(ranks)
    proof.figure("fallen", fallen)

    assert fallen == 0


def test_an_edge_written_with_more_or_fewer_places_is_the_same_edge():
    for text in ("500000", "500000.0", "500000.00", "5E+5"):
        lines = (replace(lines_of(VERSIONS["first"])[0], upper=Decimal(text)), *lines_of(VERSIONS["first"])[1:])

        assert [tier_for(money(cents), lines).tier for cents in (499_999_99, 500_000_00)] == [
            "department",
            "working_group",
        ]


def test_a_policy_of_two_tiers_has_one_edge():
    lines = (TierLine("department", Decimal("5000000.00")), TierLine("legco", None))

    assert [tier_for(money(cents), lines).tier for cents in (4_999_999_99, 5_000_000_00, 5_000_000_01)] == [
        "department",
        "legco",
        "legco",
    ]
