"""Which requests are summed with one request."""

from datetime import date, timedelta
from decimal import Decimal
import itertools
import random

from hypothesis import given
from hypothesis import strategies as st
import pytest

from funding.rules.group import Member, counted_amount, group, link_between, shifted, total, within
from funding.rules.tiers import tier_for
from tests.funding.test_tiers import FIRST_POLICY

TODAY = date(2026, 11, 22)
AMOUNT = Decimal("400000.00")


def member(key, *, project=None, on=TODAY, counts=AMOUNT, procedures=(), declared=()):
    """A request; without a project given it has one of its own."""
    project = 1_000 + key if project is None else project
    return Member(key, project, on, counts, frozenset(procedures), frozenset(declared))


def keys(start, *others, months=12):
    return {one.member.key: one.why for one in group(start, others, months=months)}


def test_requests_of_the_same_project_belong_together():
    assert keys(member(1, project=5), member(2, project=5), member(3, project=6)) == {2: "same_project"}


def test_requests_that_serve_the_same_procedure_belong_together():
    assert keys(member(1, procedures={7, 8}), member(2, procedures={8}), member(3, procedures={9})) == {
        2: "same_procedure"
    }


def test_a_declared_link_holds_whichever_of_the_two_declared_it():
    assert keys(member(1, declared={2}), member(2), member(3, declared={1})) == {2: "declared", 3: "declared"}


def test_the_group_reaches_over_several_links():
    start, bridge, end = member(1, project=5), member(2, project=5, procedures={7}), member(3, procedures={7})

    assert keys(start, bridge, end) == {2: "same_project", 3: "same_procedure"}


def test_a_withdrawn_request_still_leads_on_but_adds_nothing():
    start, bridge = member(1, project=5), member(2, project=5, procedures={7}, counts=None)
    found = group(start, [bridge, member(3, procedures={7})], months=12)

    assert total(AMOUNT, found) == Decimal("800000.00")


@pytest.mark.parametrize(
    ("day", "belongs"),
    [
        (date(2025, 11, 21), False),
        (date(2025, 11, 22), True),
        (date(2027, 11, 22), True),
        (date(2027, 11, 23), False),
    ],
)
def test_the_window_is_twelve_months_either_way_both_ends_included(day, belongs):
    assert bool(keys(member(1, procedures={7}), member(2, procedures={7}, on=day))) is belongs


def test_a_request_of_the_same_project_belongs_however_old_but_leads_no_further():
    old = member(2, project=5, on=date(2019, 1, 1), procedures={7})

    assert keys(member(1, project=5), old, member(3, procedures={7})) == {2: "same_project"}


def test_a_request_outside_the_window_does_not_hide_the_one_after_it():
    far = member(2, procedures={7}, on=date(2019, 1, 1))

    assert keys(member(1, procedures={7}), far, member(3, procedures={7})) == {3: "same_procedure"}


def test_the_sum_of_one_request_alone_has_two_places():
    assert str(total(Decimal(7), ())) == "7.00"


def test_the_window_is_the_policys():
    other = member(2, procedures={7}, on=date(2025, 1, 10))

    assert keys(member(1, procedures={7}), other, months=12) == {}
    assert keys(member(1, procedures={7}), other, months=24) == {2: "same_procedure"}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
    ],
)
def test_months_end_where_the_calendar_ends(day, months, expected):
    assert shifted(day, months) == expected


@pytest.mark.parametrize(
    ("earlier", "later", "months", "expected"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 1, True),
        (date(2026, 2, 28), date(2026, 3, 31), 1, True),
        (date(2026, 4, 30), date(2026, 5, 31), 1, True),
        (date(2026, 4, 29), date(2026, 5, 30), 1, False),
        (date(2025, 2, 28), date(2026, 2, 28), 12, True),
        (date(2024, 2, 29), date(2025, 2, 28), 12, True),
        (date(2025, 2, 28), date(2028, 2, 29), 36, True),
        (date(2025, 2, 27), date(2028, 2, 28), 36, False),
    ],
)
def test_the_last_day_of_a_month_reaches_the_last_day_of_another(earlier, later, months, expected):
    assert within(earlier, later, months=months) is expected
    assert within(later, earlier, months=months) is expected


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-800, 800), st.integers(1, 36))
def test_the_window_is_the_same_seen_from_either_end(day, distance, months):
    other = day + timedelta(days=distance)

    assert within(day, other, months=months) == within(other, day, months=months)


@pytest.mark.parametrize(
    ("status", "outcome", "expected"),
    [
        *[(status, "", Decimal(10)) for status in ("submitted", "endorsed", "screened", "deciding", "decided")],
        ("deferred", "", Decimal(10)),
        ("returned", "", Decimal(10)),
        ("published", "approved", Decimal(8)),
        ("published", "recommended", Decimal(10)),
        ("published", "rejected", None),
        ("published", "not_recommended", None),
        ("draft", "", None),
        ("withdrawn", "", None),
    ],
)
def test_what_a_request_adds_follows_from_its_state(status, outcome, expected):
    found = counted_amount(status=status, outcome=outcome, submitted=Decimal(10), approved=Decimal(8))

    assert found == expected


def test_a_link_is_named_by_its_strongest_kind():
    assert link_between(member(1, project=5, procedures={7}), member(2, project=5, procedures={7})) == "same_project"
    assert link_between(member(1), member(2)) == ""


def linked_parts(amounts, chance):
    """Parts of one amount, joined in a random tree by random kinds of links, on random days of one year."""
    parts = []
    for key, amount in enumerate(amounts):
        on = TODAY + timedelta(days=chance.randint(0, 365))
        kind = chance.choice(["project", "procedure", "declared"])
        to = chance.choice(parts) if parts else None
        parts.append(
            member(
                key,
                on=on,
                counts=amount,
                project=to.project if to and kind == "project" else None,
                procedures=to.procedures if to and kind == "procedure" else {key},
                declared={to.key} if to and kind == "declared" else (),
            )
        )
    return parts


def partition(cents, chance):
    cuts = sorted(chance.sample(range(1, cents), chance.randint(1, 5)))
    return [Decimal(b - a) / 100 for a, b in itertools.pairwise([0, *cuts, cents])]


@pytest.mark.prove("funding")
def test_splitting_an_amount_into_linked_parts_gains_nothing(proof):
    chance = random.Random(proof.seed)
    wrong = 0
    for _case in range(proof.size(gate=2_000, full=100_000)):
        cents = chance.choice([50_000_000, 2_000_000_000]) + chance.randint(-100, 100_000_000)
        parts = linked_parts(partition(max(cents, 1_000), chance), chance)
        whole = tier_for(sum(part.counts for part in parts), FIRST_POLICY)
        for part in parts:
            assessed = total(part.counts, group(part, parts, months=12))
            wrong += tier_for(assessed, FIRST_POLICY) != whole
    proof.figure("wrong", wrong)

    assert wrong == 0


@given(st.lists(st.integers(1, 3_000_000_000), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_every_part_of_a_split_has_the_tier_of_the_whole(cents, chance):
    parts = linked_parts([Decimal(one) / 100 for one in cents], chance)
    whole = tier_for(sum(part.counts for part in parts), FIRST_POLICY)

    assert {tier_for(total(p.counts, group(p, parts, months=12)), FIRST_POLICY) for p in parts} == {whole}
