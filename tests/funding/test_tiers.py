"""Which tier decides an amount: the exact edges, as data."""

from decimal import Decimal
import random

import pytest

from funding.rules.tiers import Route, TierLine, bands, fault, is_higher, raise_above_department, tier_for

FIRST_POLICY = (
    TierLine("department", Decimal("500000.00")),
    TierLine("working_group", Decimal("20000000.00"), upper_included=True),
    TierLine("legco", None),
)
CENT = Decimal("0.01")


@pytest.mark.parametrize(
    ("amount", "tier"),
    [
        ("0.01", "department"),
        ("499999.99", "department"),
        ("500000.00", "working_group"),
        ("500000.01", "working_group"),
        ("19999999.99", "working_group"),
        ("20000000.00", "working_group"),
        ("20000000.01", "legco"),
        ("999999999999.99", "legco"),
    ],
)
def test_each_edge_falls_on_the_side_the_policy_says(amount, tier):
    assert tier_for(Decimal(amount), FIRST_POLICY).tier == tier


def test_a_policy_may_put_its_edges_on_the_other_side():
    lines = (
        TierLine("department", Decimal("500000.00"), upper_included=True),
        TierLine("working_group", Decimal("20000000.00")),
        TierLine("legco", None),
    )

    assert tier_for(Decimal("500000.00"), lines).tier == "department"
    assert tier_for(Decimal("20000000.00"), lines).tier == "legco"


@pytest.mark.parametrize("amount", ["0", "0.00", "-0.01", "-500000.00"])
def test_nothing_and_less_has_no_tier(amount):
    with pytest.raises(ValueError, match=r"^Only an amount over zero has a tier\.$"):
        tier_for(Decimal(amount), FIRST_POLICY)


@pytest.mark.parametrize(
    "lines", [(), FIRST_POLICY[:2], (FIRST_POLICY[2], FIRST_POLICY[2]), (*FIRST_POLICY, FIRST_POLICY[2])]
)
def test_a_policy_that_leaves_amounts_without_a_tier_is_refused(lines):
    with pytest.raises(ValueError, match=r"^Exactly one tier has no upper end\.$"):
        tier_for(Decimal(1), lines)


OPEN = FIRST_POLICY[2]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (FIRST_POLICY, ""),
        (tuple(reversed(FIRST_POLICY)), ""),
        ((TierLine("department", Decimal("0.01")), TierLine("working_group", Decimal("0.02")), OPEN), ""),
        ((), "tiers.each_once"),
        (FIRST_POLICY[:2], "tiers.each_once"),
        ((*FIRST_POLICY, OPEN), "tiers.each_once"),
        ((FIRST_POLICY[0], FIRST_POLICY[0], OPEN), "tiers.each_once"),
        ((*FIRST_POLICY[:2], TierLine("legco", Decimal("30000000.00"))), "tiers.top_open"),
        ((FIRST_POLICY[0], TierLine("working_group", None), OPEN), "tiers.top_open"),
        ((TierLine("department", None), FIRST_POLICY[1], OPEN), "tiers.top_open"),
        ((TierLine("department", Decimal(0)), FIRST_POLICY[1], OPEN), "tiers.rising"),
        ((TierLine("department", Decimal(-1)), FIRST_POLICY[1], OPEN), "tiers.rising"),
        ((TierLine("department", Decimal(9)), TierLine("working_group", Decimal(9), True), OPEN), "tiers.rising"),
        ((TierLine("department", Decimal(9)), TierLine("working_group", Decimal(8)), OPEN), "tiers.rising"),
    ],
)
def test_lines_may_be_proposed_where_every_amount_has_one_tier(lines, expected):
    assert fault(lines) == expected


def test_the_order_of_the_lines_does_not_matter():
    assert bands(reversed(FIRST_POLICY)) == bands(FIRST_POLICY)


def test_a_band_says_where_it_begins_and_ends():
    middle = bands(FIRST_POLICY)[1]

    assert (middle.lower, middle.lower_included) == (Decimal("500000.00"), True)
    assert (middle.upper, middle.upper_included) == (Decimal("20000000.00"), True)
    assert bands(FIRST_POLICY)[2].lower_included is False
    assert (bands(FIRST_POLICY)[0].lower, bands(FIRST_POLICY)[0].lower_included) == (None, False)


@pytest.mark.prove("funding")
def test_every_amount_has_exactly_the_tier_of_plain_comparison(proof):
    chance = random.Random(proof.seed)
    wrong = 0
    for _case in range(proof.size(gate=20_000, full=1_000_000)):
        edge = chance.choice([50_000_000, 2_000_000_000])
        cents = edge + chance.randint(-100, 100) if chance.random() < 0.5 else chance.randint(1, 10**13)
        expected = "department" if cents < 50_000_000 else "working_group" if cents <= 2_000_000_000 else "legco"
        wrong += tier_for(cents * CENT, FIRST_POLICY).tier != expected
    proof.figure("wrong", wrong)

    assert wrong == 0


def test_only_the_department_tier_is_raised_when_no_head_is_free():
    small = Route("department", Decimal(1), Decimal(1), bands(FIRST_POLICY)[0])
    large = Route("legco", Decimal(1), Decimal(1), bands(FIRST_POLICY)[2])

    assert (raise_above_department(small).tier, raise_above_department(small).raised) == (
        "working_group",
        "no_free_head",
    )
    assert raise_above_department(large) == large
    assert is_higher("legco", "working_group")
    assert not is_higher("department", "department")
