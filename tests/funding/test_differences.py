"""Two versions side by side: every line in one pair, and differences that add up."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from funding.rules.differences import ADDED, CHANGED, REMOVED, SAME, compare, line_pairs

rows = st.lists(
    st.fixed_dictionaries(
        {
            "category": st.sampled_from(["hardware", "software", "training"]),
            "description": st.sampled_from(["", "Servers", "Licences"]),
            "financial_year": st.integers(2025, 2027),
            "amount": st.sampled_from(["1.00", "2500.50", "900000.00"]),
        }
    ),
    max_size=8,
)


def line(amount, category="software", description="Licences", year=2026):
    return {"category": category, "description": description, "financial_year": year, "amount": amount}


def content(*lines, **more):
    total = str(sum((Decimal(one["amount"]) for one in lines), Decimal("0.00")))
    return {"title_en": "Letters", "lines": list(lines), "own_amount": total, "recurrent_amount": "0.00", **more}


@given(before=rows, after=rows)
def test_every_line_is_in_exactly_one_pair_and_the_differences_add_up(before, after):
    pairs = line_pairs(before, after)

    def total(found):
        return sum((Decimal(one["amount"]) for one in found), Decimal(0))

    def ordered(found):
        return sorted(map(str, found))

    assert ordered(pair.before for pair in pairs if pair.before) == ordered(before)
    assert ordered(pair.after for pair in pairs if pair.after) == ordered(after)
    assert sum((pair.by for pair in pairs), Decimal(0)) == total(after) - total(before)


@given(before=rows, after=rows)
def test_the_other_way_round_is_the_opposite(before, after):
    assert compare(content(*before), content(*after)).own_by == -compare(content(*after), content(*before)).own_by


@given(found=rows)
def test_a_version_does_not_differ_from_itself(found):
    assert compare(content(*found), content(*found)).is_empty


def test_a_changed_amount_is_one_changed_line_with_its_difference():
    (pair,) = compare(content(line("100.00")), content(line("250.00"))).lines

    assert (pair.kind, pair.by) == (CHANGED, Decimal("150.00"))


def test_a_line_that_moved_to_another_year_is_the_same_line_changed():
    pairs = line_pairs([line("100.00", year=2026)], [line("100.00", year=2027), line("5.00", "training", "Course")])

    assert [(pair.kind, pair.by) for pair in pairs] == [(CHANGED, Decimal("0.00")), (ADDED, Decimal("5.00"))]


def test_lines_are_told_apart_when_one_is_taken_out():
    pairs = line_pairs([line("100.00"), line("40.00", "hardware", "Servers")], [line("40.00", "hardware", "Servers")])

    assert [(pair.kind, pair.by) for pair in pairs] == [(SAME, Decimal("0.00")), (REMOVED, Decimal("-100.00"))]


def test_only_the_paragraph_that_changed_is_shown():
    before = content(justification="Why.\nHow much.\nWhen.")
    after = content(justification="Why.\nHow much exactly.\nWhen.")

    (change,) = compare(before, after).changes

    assert (change.field, change.kind, change.before, change.after) == (
        "justification",
        CHANGED,
        "How much.",
        "How much exactly.",
    )


def test_links_papers_and_the_reuse_answer_are_compared_one_by_one():
    before = content(
        procedures=["PROC-0001"],
        attachments=[{"reference": "DOC-0001", "file": "a.pdf", "sha256": "aa"}],
        reuse={"answer": "", "reason": "", "considered": []},
    )
    after = content(
        procedures=["PROC-0001", "PROC-0002"],
        attachments=[{"reference": "DOC-0001", "file": "a.pdf", "sha256": "bb"}],
        reuse={"answer": "in_part", "reason": "The reader.", "considered": ["IMMD-2026-003"]},
        programme="PG-2026-0001",
    )

    found = [(change.field, change.kind) for change in compare(before, after).changes]

    assert found == [
        ("programme", ADDED),
        ("procedures", ADDED),
        ("reuse", ADDED),
        ("reuse_reason", ADDED),
        ("reuse_considered", ADDED),
        ("attachments", CHANGED),
    ]


def test_promises_are_followed_by_their_numbers():
    promise = {"number": 1, "kind": "hours", "description": "Clerks", "amount": "100.00", "due_on": "2027-03-31"}
    other = {**promise, "number": 2}

    found = compare(content(benefits=[promise]), content(benefits=[{**promise, "amount": "90.00"}, other])).benefits

    assert [(pair.kind, pair.by) for pair in found] == [(CHANGED, Decimal("-10.00")), (ADDED, Decimal("100.00"))]


def test_a_version_frozen_before_promises_were_asked_for_can_be_compared():
    assert compare({"lines": []}, {"lines": [], "benefits": [], "reuse": {}, "attachments": []}).is_empty
