"""The sentences of results and routes, word for word, in both languages."""

from django.utils import translation
import pytest

from funding import wording

RESULT = {
    "seats": 9,
    "recused": 1,
    "may_vote": 8,
    "quorum": 5,
    "voted": 6,
    "for": 4,
    "against": 1,
    "abstain": 1,
    "base": "cast",
    "base_count": 5,
    "majority": 50,
    "casting": "",
    "finding": "carried",
}


def test_the_result_is_said_as_the_paper_says_it():
    assert wording.result_sentence(RESULT) == (
        "9 seats, 1 recused, 8 may vote, quorum 5 met (6 voted): for 4, against 1, abstain 1;"
        " more than half of 5 votes for or against: carried."
    )


@pytest.mark.parametrize(
    ("changed", "ending"),
    [
        ({"finding": "lost"}, "not more than half of 5 votes for or against: lost."),
        ({"majority": 67}, "more than 67% of 5 votes for or against: carried."),
        ({"majority": 67, "finding": "lost"}, "not more than 67% of 5 votes for or against: lost."),
        ({"base": "present", "base_count": 6}, "more than half of 6 present: carried."),
        ({"base_count": 1}, "more than half of 1 vote for or against: carried."),
        ({"casting": "for"}, "equal votes, casting vote of the chair for: carried."),
        ({"casting": "against", "finding": "lost"}, "equal votes, casting vote of the chair against: lost."),
        (
            {"for": 3, "against": 3, "finding": "lost"},
            "equal votes for and against: a tie, and under the rule a tied motion is not carried.",
        ),
        (
            {"for": 3, "against": 3, "finding": "tied"},
            "equal votes for and against: a tie, which the casting vote of the chair settles.",
        ),
        (
            {"for": 3, "against": 3, "base": "present", "base_count": 6, "finding": "lost"},
            "not more than half of 6 present: lost.",
        ),
        ({"for": 0, "against": 0, "finding": "lost"}, "no votes for or against: lost."),
    ],
)
def test_every_rule_has_its_words(changed, ending):
    assert wording.result_sentence({**RESULT, **changed}).endswith("; " + ending)


def test_no_quorum_is_no_decision():
    said = wording.result_sentence({**RESULT, "seats": 1, "voted": 0, "finding": "no_quorum"})

    assert said == "1 seat, 1 recused, 8 may vote, quorum 5 not met (0 voted): no decision."


def test_an_open_round_has_no_sentence():
    assert wording.result_sentence({}) == ""


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
@pytest.mark.parametrize("finding", ["carried", "lost", "no_quorum"])
def test_the_result_is_said_in_chinese_with_the_same_numbers(language, finding):
    with translation.override(language):
        said = wording.result_sentence({**RESULT, "finding": finding})

    assert not any(letter.isascii() and letter.isalpha() for letter in said)
    assert all(str(RESULT[name]) in said for name in ("seats", "recused", "may_vote", "quorum", "voted"))
