"""Who speaks for which seat, and who presides."""

from dataclasses import replace

from funding.rules.seating import RollEntry, acting_chair, one_person_one_seat, presiding

CHAIR = RollEntry(1, is_chair=True, holder=11)
SECOND = RollEntry(2, is_chair=False, holder=12)
THIRD = RollEntry(3, is_chair=False, holder=13)
ROLL = (CHAIR, SECOND, THIRD)


def test_nobody_speaks_for_two_seats():
    roll = one_person_one_seat([CHAIR, replace(SECOND, holder=11), replace(THIRD, alternate=11)])

    assert [(seat.holder, seat.alternate) for seat in roll] == [(11, None), (None, None), (13, None)]


def test_a_holder_comes_before_an_alternate_of_a_lower_seat():
    roll = one_person_one_seat([replace(CHAIR, alternate=13), SECOND, THIRD])

    assert [(seat.holder, seat.alternate) for seat in roll] == [(11, None), (12, None), (13, None)]


def test_an_alternate_of_two_seats_keeps_the_first_and_of_a_vacant_one_none():
    roll = one_person_one_seat(
        [replace(CHAIR, holder=None, alternate=20), replace(SECOND, alternate=21), replace(THIRD, alternate=21)]
    )

    assert [seat.alternate for seat in roll] == [None, 21, None]


def test_the_chair_presides_unless_recused_absent_or_vacant():
    assert presiding(ROLL, acting=3) == CHAIR
    for away in (replace(CHAIR, is_recused=True), replace(CHAIR, is_absent=True), replace(CHAIR, holder=None)):
        assert presiding((away, SECOND, THIRD), acting=3) == THIRD


def test_the_lowest_free_seat_presides_where_the_acting_chair_is_away_too():
    roll = (replace(CHAIR, is_absent=True), SECOND, replace(THIRD, is_recused=True))

    assert presiding(roll, acting=3) == SECOND
    assert presiding(tuple(replace(seat, is_absent=True) for seat in ROLL), acting=3) is None


def test_the_acting_chair_is_never_the_chair():
    assert acting_chair(ROLL) == SECOND
    assert acting_chair((CHAIR, replace(SECOND, is_recused=True))) is None
