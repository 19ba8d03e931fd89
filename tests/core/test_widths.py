"""Columns of a printed table: figures whole, references whole, sentences with room to be read."""

import pytest

from core.widths import ACROSS, PADDING, UNIT, UPRIGHT, needs_turning, shares

NAMES = ["Reference", "Title in English", "Title in Chinese", "Department", "Status", "Decided by", "Amount", "With"]
REQUEST = [
    "FR-2026-0019",
    "Vehicle-borne inspection of all trunk roads",
    "主要幹道車載巡查及維修排程",
    "HyD",
    "endorsed by the Head of Department",
    "Legislative Council",
    "21,500,000.00",
    "the secretary of the working group, Carmen Lui Pui-shan",
]


def given(head, rows, right, room):
    """The points that each column gets."""
    found = shares(head, rows, right, room=room)
    whole = [PADDING + UNIT * max(width(text) for text in column) for column in zip(head, *rows, strict=True)]
    left = room - sum(one for one, share in zip(whole, found, strict=True) if share is None)
    parts = sum(share for share in found if share is not None)
    return [one if share is None else left * share / parts for one, share in zip(whole, found, strict=True)], whole


def width(text):
    return sum(2 if ord(one) > 0x2E80 else 1 for one in text)


@pytest.mark.parametrize("room", [UPRIGHT, ACROSS])
def test_the_columns_fill_the_page_and_no_more(room):
    points, _whole = given(NAMES, [REQUEST], [6], room)

    assert sum(points) == pytest.approx(room)
    assert min(points) > PADDING


def test_figures_and_references_are_as_wide_as_they_are():
    found = shares(NAMES, [REQUEST], [6], room=ACROSS)

    assert [found[0], found[3], found[6]] == [None, None, None]
    assert [share for share in (found[1], found[4], found[7]) if share is None] == []


def test_a_small_table_gives_what_is_left_to_its_widest_words():
    assert shares(["Day", "Planned"], [["2026-10-31", "2"]], [1], room=UPRIGHT) == [1.0, None]
    assert shares(["A", "Name", "B"], [["1", "Immigration", "2"]], [0, 2], room=UPRIGHT) == [None, 1.0, None]


def test_figures_alone_stretch_the_first_column():
    assert shares(["A", "B"], [["1", "2"]], [0, 1], room=UPRIGHT) == [1.0, None]


def test_no_column_is_narrower_than_its_longest_word():
    long_word = "Telecommunications-Authority"
    rows = [[f"{long_word} {'word ' * 20}", *["many words of no great length " * 3] * 5]]

    points, _whole = given(["A", "B", "C", "D", "E", "F"], rows, [], UPRIGHT)

    assert points[0] >= PADDING + UNIT * len("many")
    assert points[0] == max(points)


def test_a_table_without_room_for_its_words_still_gets_columns():
    head = [f"C{number}" for number in range(40)]

    found = shares(head, [["x" * 30] * 40], [], room=UPRIGHT)

    assert len(found) == 40
    assert None not in found


@pytest.mark.parametrize(("head", "row", "turned"), [(NAMES, REQUEST, True), (NAMES[:3], REQUEST[:3], False)])
def test_only_a_table_that_cannot_be_read_upright_is_turned(head, row, turned):
    assert needs_turning(head, [row]) is turned


def test_a_table_without_columns_has_no_widths():
    assert shares([], [], [], room=UPRIGHT) == []
