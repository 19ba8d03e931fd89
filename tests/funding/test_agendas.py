"""Whether an agenda fits its time, and where a moved item goes."""

import pytest

from funding.rules import agendas


@pytest.mark.parametrize(
    ("minutes", "held", "over"),
    [([], 60, 0), ([20, 40], 60, 0), ([20, 41], 60, 1), ([1], 5, 0), ([480, 480], 720, 240)],
)
def test_an_agenda_fits_when_its_items_fill_the_time_and_no_more(minutes, held, over):
    assert agendas.over(minutes, held=held) == over


@pytest.mark.parametrize(
    ("item", "to", "order"),
    [
        ("a", 3, "bca"),
        ("c", 1, "cab"),
        ("b", 2, "abc"),
        ("a", 99, "bca"),
        ("c", 0, "cab"),
        ("b", 1, "bac"),
    ],
)
def test_a_moved_item_takes_its_place_and_the_others_keep_their_order(item, to, order):
    assert "".join(agendas.moved(list("abc"), item, to=to)) == order
