"""Which groups are hidden, and that nobody works one out: every small table is tried (FEATURES E9, TRUST T24)."""

from decimal import Decimal
from itertools import product

import pytest

from kpis.breakdown_wording import DIMENSIONS, GROUPS
from kpis.rules import breakdowns
from kpis.rules.breakdowns import Dimension, cell_named, groups_of, size
from kpis.rules.refusal import Refused


def hidden_of(smallest, *sizes):
    return {int(cell) for cell in breakdowns.hidden({str(i): n for i, n in enumerate(sizes)}, smallest=smallest)}


@pytest.mark.parametrize(
    ("sizes", "out"),
    [
        ((10, 20, 30), set()),
        ((0, 20, 30), set()),  # nobody is in the first group, and that may be known
        ((5, 20, 30), set()),
        ((4, 20, 30), {0, 1}),  # alone it would be the whole less the others
        ((4, 6, 30), {0, 1}),
        ((4, 5, 30), {0, 1, 2}),  # 9 for two groups of which one is small would say too much
        ((1, 20, 20, 30), {0, 1, 2}),  # equals are hidden together, so that no order of names tells them apart
        ((2, 3, 40, 50), {0, 1, 2}),
        ((4,), {0}),
        ((), set()),
    ],
)
def test_small_groups_are_hidden_with_the_next_smallest(sizes, out):
    assert hidden_of(5, *sizes) == out


def test_one_hides_no_group():
    assert hidden_of(1, 1, 2, 3) == set()


@pytest.mark.parametrize(("smallest", "groups", "largest"), [(3, 3, 13), (5, 3, 13), (2, 4, 7), (3, 4, 8)])
def test_nobody_works_a_small_group_out_even_knowing_the_rule(smallest, groups, largest):
    """All tables that look the same are compared: a hidden small group has at least two sizes among them."""
    alike = {}
    for sizes in product(range(largest + 1), repeat=groups):
        out = hidden_of(smallest, *sizes)
        if out:
            shown = tuple(None if place in out else count for place, count in enumerate(sizes))
            alike.setdefault((shown, sum(sizes)), []).append(sizes)
    judged = 0
    for (shown, whole), tables in alike.items():
        rest = whole - sum(count for count in shown if count is not None)
        if rest > largest or not any(shown):  # not every such table was made, or there was nothing left to hide
            continue
        for place, count in enumerate(shown):
            if count is None:
                possible = {sizes[place] for sizes in tables}
                judged += 1
                assert len(possible) > 1 or min(possible) >= smallest, (shown, whole, possible)
    assert judged > 20


def test_without_cover_the_comparison_finds_the_small_group(monkeypatch):
    """The unsafe twin: hiding small groups alone gives them away, and the comparison above sees it."""
    monkeypatch.setattr(
        breakdowns, "hidden", lambda sizes, smallest: {cell for cell, count in sizes.items() if 0 < count < smallest}
    )
    with pytest.raises(AssertionError):
        test_nobody_works_a_small_group_out_even_knowing_the_rule(5, 3, 13)


def test_a_group_is_named_as_one_of_the_measures_own():
    assert cell_named("channel:counter", ["channel"]) == "channel:counter"
    assert cell_named("", ["channel"]) == cell_named(None, []) == ""
    for text in ("channel:counter", "counter", "district:north", 5, ["channel:counter"], "channel:Counter", "x" * 200):
        with pytest.raises(Refused, match="cell"):
            cell_named(text, ["language"])


def test_a_ratio_is_as_large_as_what_it_is_counted_over():
    assert size(Decimal(3), Decimal(400)) == 400
    assert size(Decimal(3), None) == 3
    assert size(None, Decimal(0)) == size(None, None) == 0


def test_every_group_has_its_words():
    assert set(GROUPS) == set(groups_of(list(Dimension)))
    assert set(DIMENSIONS) == set(Dimension)
