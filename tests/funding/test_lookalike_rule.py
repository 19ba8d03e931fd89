"""What looks like a part of the same work, and how it is worked out. No database."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from funding.rules.lookalikes import POINTS, Paper, Settings, suspicion
from funding.rules.tiers import TierLine
from tests.funding.planted import Writer

FIRST_VALUES = Settings(window_days=180, least_share=20, wording=40, ask_at=60)
TIER_LINES = [
    TierLine("department", Decimal("500000.00")),
    TierLine("working_group", Decimal("20000000.00"), upper_included=True),
    TierLine("legco", None),
]
DAY = date(2026, 5, 4)
TITLE = "Reading visa papers by machine 以人工智能閱讀簽證文件"
WORDS = "Officers read every visa paper by hand today."


def paper(key, amount="400000.00", **facts):
    given = {"department": 1, "lead": 11, "submitted_on": DAY, "title": TITLE, "words": WORDS, **facts}
    return Paper(key=key, amount=Decimal(amount), **given)


def suspect(judged, *others, **changed):
    settings = replace(FIRST_VALUES, **changed)
    return suspicion(judged, others, settings=settings, lines=TIER_LINES)


def keys(found):
    return [one.key for one in found.alike] if found else []


def test_two_alike_papers_under_a_line_that_they_pass_together_are_asked_about():
    found = suspect(paper(1), paper(2))

    assert (found.line, found.together, found.tier) == (Decimal("500000.00"), Decimal("800000.00"), "working_group")
    assert keys(found) == [2]


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("250000.00", "250000.00", True),
        ("250000.00", "249999.99", False),
        ("499999.99", "100000.00", True),
        ("499999.99", "99999.99", False),
        ("500000.00", "400000.00", False),
        ("10000000.00", "10000000.01", True),
        ("10000000.00", "10000000.00", False),
        ("20000000.00", "4000000.00", True),
        ("20000000.01", "4000000.00", False),
    ],
)
def test_each_is_under_the_line_near_enough_to_it_and_together_they_are_over(one, other, asked):
    assert bool(suspect(paper(1, one), paper(2, other))) is asked


def test_small_parts_are_summed_before_the_line_is_looked_at():
    assert keys(suspect(paper(1, "200000.00"), paper(2, "200000.00"))) == []
    assert keys(suspect(paper(1, "200000.00"), paper(2, "200000.00"), paper(3, "200000.00"))) == [2, 3]


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"lead": 12}, True),
        ({"department": 2}, True),
        ({"department": 2, "lead": 12, "suppliers": frozenset({7})}, True),
        ({"department": 2, "lead": 12}, False),
        ({"submitted_on": DAY + timedelta(days=180)}, True),
        ({"submitted_on": DAY - timedelta(days=180)}, True),
        ({"submitted_on": DAY + timedelta(days=181)}, False),
    ],
)
def test_somebody_or_something_is_the_same_and_the_days_are_close(facts, asked):
    assert bool(suspect(paper(1, suppliers=frozenset({7})), paper(2, **facts), ask_at=1)) is asked


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Machine reads the papers of visas. 簡介", True),
        ("第二期：人工智能閱讀簽證文件", True),
        ("Reading visa papers by machine, phase 2", True),
        ("Forecast of the volume of hawker licence renewals 預測小販牌照續期的數量", False),
        ("", False),
    ],
)
def test_titles_agree_in_english_or_in_chinese(title, asked):
    assert bool(suspect(paper(1), paper(2, title=title), ask_at=1)) is asked


def test_words_that_every_paper_of_the_department_has_say_little():
    said = "AI assistant of the department for {} with a language model"
    others = [paper(key, title=said.format(f"subject{key} matter{key}")) for key in range(2, 12)]

    assert keys(suspect(paper(1, title=said.format("hawker licence renewals")), *others)) == []


def test_the_working_adds_up_to_the_score():
    (found,) = suspect(paper(1), paper(2, lead=12)).alike

    assert found.score == sum(part.points for part in found.parts)
    assert {part.what: part.most for part in found.parts} == POINTS
    assert {part.what: part.points for part in found.parts} == {
        "wording": 50,
        "lead": 0,
        "supplier": 0,
        "department": 5,
        "days": 10,
        "line": 12,
    }
    assert sum(POINTS.values()) == 100


def test_a_score_under_the_asking_one_is_not_asked():
    assert suspect(paper(1), paper(2), ask_at=87)
    assert not suspect(paper(1), paper(2), ask_at=88)


@pytest.mark.prove("funding")
def test_planted_splits_are_found_among_honest_requests(proof):
    """Each request is judged when it comes, against those before it of its department, lead or supplier."""
    requests = proof.size(gate=200, full=1_000)
    splits = requests * 30 // 1_000
    year = Writer(proof.seed).year(requests=requests, splits=splits)
    near, asked, true, found = defaultdict(set), 0, 0, set()
    papers = {one.key: one for one in year.papers}
    for one in year.papers:
        kin = [("d", one.department), ("l", one.lead), *(("s", key) for key in one.suppliers)]
        others = [papers[key] for key in sorted(set().union(*(near[place] for place in kin)))]
        for key in keys(suspect(one, *others)):
            split = year.split_of.get(one.key)
            asked += 1
            if split is not None and split == year.split_of.get(key):
                true += 1
                found.add(split)
        for place in kin:
            near[place].add(one.key)
    precision, recall = true / max(asked, 1), len(found) / splits
    for name, value in {"splits": splits, "found": len(found), "asked": asked, "true": true}.items():
        proof.figure(name, value)
    proof.figure("precision", round(precision, 3))
    proof.figure("recall", round(recall, 3))

    assert recall >= 0.8
    assert precision >= 0.6
