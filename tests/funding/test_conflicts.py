"""Who can never vote on a request."""

import pytest

from funding.rules.conflicts import Involved, all_conflicted, grounds

INVOLVED = Involved(
    applicants=frozenset({1}),
    leads=frozenset({2}),
    endorsers=frozenset({3}),
    editors=frozenset({4}),
    same_department=frozenset({1, 5}),
    declared=frozenset({6}),
)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (1, ("applicant", "same_department")),
        (2, ("lead",)),
        (3, ("endorsed",)),
        (4, ("editor",)),
        (5, ("same_department",)),
        (6, ("declared",)),
        (7, ()),
    ],
)
def test_every_ground_is_named(person, expected):
    assert grounds(person, INVOLVED, same_department_recused=True) == expected


def test_the_policy_may_let_the_same_department_declare_but_never_the_applicant():
    assert grounds(5, INVOLVED, same_department_recused=False) == ()
    assert grounds(1, INVOLVED, same_department_recused=False) == ("applicant",)


@pytest.mark.parametrize(
    ("heads", "expected"), [([], False), ([1], True), ([2], True), ([4], True), ([3], False), ([1, 9], False)]
)
def test_a_department_is_passed_over_only_if_every_head_is_involved(heads, expected):
    assert all_conflicted(heads, INVOLVED.own_item_of) is expected
