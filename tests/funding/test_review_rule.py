"""Which reviews are asked, and how steps of them pass: pure rules, exact edges (FEATURES C5, C7)."""

from decimal import Decimal
from itertools import product

import pytest

from funding.installation import FIRST_REVIEWS
from funding.rules.reviews import Answer, Facts, Standing, State, Unreadable, asked, check, overall, states

GOOD = {Answer.CLEARED, Answer.ADVICE}


def facts(**other):
    base = {
        "category": "customer_service",
        "technique": "Generative AI",
        "is_public_facing": True,
        "is_first_use": True,
        "assessed": Decimal("500000.00"),
    }
    return Facts(**{**base, **other})


def rule(**when):
    return [{"passes": "all", "reviews": [{"kind": "privacy", "when": when}]}]


@pytest.mark.parametrize(
    ("when", "other", "is_asked"),
    [
        ({}, {}, True),
        ({"words": ["generative"]}, {}, True),
        ({"words": ["生成式"]}, {"technique": "生成式人工智能"}, True),
        ({"words": ["generative"]}, {"technique": "OCR"}, False),
        ({"words": ["generative"]}, {"technique": ""}, True),
        ({"categories": ["customer_service"]}, {}, True),
        ({"categories": ["other"]}, {}, False),
        ({"public_facing": True}, {}, True),
        ({"public_facing": True}, {"is_public_facing": None}, True),
        ({"public_facing": True}, {"is_public_facing": False}, False),
        ({"first_use": True}, {}, True),
        ({"first_use": True}, {"is_first_use": False}, False),
        ({"amount_from": "500000.00"}, {}, True),
        ({"amount_from": "500000.00"}, {"assessed": Decimal("499999.99")}, False),
        ({"amount_from": "500000.00", "first_use": True}, {"is_first_use": False}, False),
    ],
)
def test_a_review_is_asked_when_every_condition_holds(when, other, is_asked):
    assert bool(asked(rule(**when), facts(**other))) is is_asked


def test_the_first_rule_asks_two_reviews_side_by_side_and_says_why():
    check(FIRST_REVIEWS)

    found = asked(FIRST_REVIEWS, facts())

    assert [(one.step, one.passes, one.kind) for one in found] == [(1, "all", "privacy"), (1, "all", "security")]
    assert found[0].why == (("technique", "Generative AI"), ("public_facing", "yes"), ("amount", "500000.00"))


def test_what_is_not_stated_is_never_taken_for_no():
    (first, *_others) = asked(FIRST_REVIEWS, facts(technique="", is_public_facing=None))

    assert first.why == (("technique", ""), ("public_facing", ""), ("amount", "500000.00"))


@pytest.mark.parametrize("answers", list(product([None, *Answer], repeat=3)))
def test_one_step_of_three_by_all_and_by_any(answers):
    by_all = overall(Standing(1, "all", answer) for answer in answers)
    by_any = overall(Standing(1, "any", answer) for answer in answers)
    good = [answer in GOOD for answer in answers]

    assert (by_all is State.PASSED) == all(good)
    assert (by_all is State.FAILED) == (Answer.NOT_CLEARED in answers)
    assert (by_any is State.PASSED) == any(good)
    assert (by_any is State.FAILED) == all(answer is Answer.NOT_CLEARED for answer in answers)


@pytest.mark.parametrize("answers", list(product([None, *Answer], repeat=2)))
def test_a_later_step_waits_for_the_earlier_one(answers):
    first, second = answers
    found = states([Standing(3, "all", second), Standing(1, "all", first)])

    assert list(found) == [1, 3]
    assert (found[3] is State.BLOCKED) == (first not in GOOD)


def test_nothing_asked_is_passed():
    assert overall([]) is State.PASSED


@pytest.mark.parametrize(
    "steps",
    [
        {},
        "all",
        [{"passes": "most", "reviews": [{"kind": "law", "when": {}}]}],
        [{"passes": "all", "reviews": []}],
        [{"passes": "all", "reviews": [{"kind": "taste", "when": {}}]}],
        [{"passes": "all", "reviews": [{"kind": "law", "when": {"colour": True}}]}],
        rule(words=[""]),
        rule(words=["long" * 16]),
        rule(words=["word"] * 21),
        rule(words="generative"),
        rule(first_use=False),
        rule(amount_from="0.00"),
        rule(amount_from="1.001"),
        rule(amount_from="NaN"),
        rule(amount_from="much"),
        rule(amount_from=500000),
        rule() + rule(),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(steps):
    with pytest.raises(Unreadable):
        check(steps)
