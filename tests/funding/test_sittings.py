"""A meeting as it is held: attendance makes the roll, items are opened one by one, the close (FEATURES D2, D9)."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import LedgerEntry
from funding import facts, services
from funding.models import Attendance, Choice, Meeting, Round
from tests.funding import meetings
from tests.funding.scene import make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(world):
    return make_scene(world)


@pytest.fixture
def meeting(scene):
    return meetings.published(scene, scene.screened())


def test_attendance_says_for_every_held_seat_who_came(scene, meeting):
    alternate = meetings.alternate_of(scene, 3)

    meetings.attend(scene, meeting, seat_3="alternate", seat_4="apologies")

    rows = {row.seat.number: row for row in meeting.attendance.select_related("seat")}
    assert len(rows) == 9
    assert (rows[3].person, rows[3].holder) == (alternate.person, scene.members[2].person)
    assert (rows[4].person, rows[4].state) == (None, "apologies")
    assert LedgerEntry.objects.order_by("-position").first().action == "meeting.attendance"


@pytest.mark.parametrize(
    ("seats", "error", "code"),
    [
        ({1: "present"}, InvalidInput, "attendance.seats"),
        (dict.fromkeys(range(1, 10), "perhaps"), InvalidInput, "choice.invalid"),
        (dict.fromkeys(range(1, 10), "alternate"), Conflict, "seat.alternate"),
    ],
)
def test_attendance_that_cannot_be_is_refused_and_not_stored(scene, meeting, seats, error, code):
    with pytest.raises(error) as refused:
        services.take_attendance(actor=scene.world["secretary"], meeting_id=meeting.pk, seats=seats)

    assert refused.value.code == code
    assert not Attendance.objects.exists()


def test_attendance_is_taken_on_the_day_by_the_secretary(scene, meeting):
    with pytest.raises(NotAllowed):
        services.take_attendance(actor=scene.chair, meeting_id=meeting.pk, seats={})
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=clock.now() + timedelta(days=2))

    with pytest.raises(Conflict) as refused:
        meetings.attend(scene, meeting)

    assert refused.value.code == "meeting.early"
    assert not Attendance.objects.exists()


def test_an_item_is_opened_after_attendance_with_the_motion_of_the_agenda(scene, meeting):
    with pytest.raises(Conflict) as refused:
        meetings.open_item(scene, meeting)
    assert (refused.value.code, Round.objects.exists()) == ("meeting.attendance", False)
    meetings.attend(scene, meeting)

    round_ = meetings.open_item(scene, meeting)

    item = meeting.items.get()
    assert (item.round, round_.mode, round_.motion_amount) == (round_, "meeting", item.amount)
    assert round_.request_version == item.request_version


def test_an_item_is_opened_once(scene, meeting):
    meetings.attend(scene, meeting)
    meetings.open_item(scene, meeting)

    with pytest.raises(Conflict) as refused:
        meetings.open_item(scene, meeting)

    assert refused.value.code == "agenda.opened"
    assert Round.objects.count() == 1


def test_the_roll_follows_attendance_and_the_alternate_who_came_votes(scene, meeting):
    alternate = meetings.alternate_of(scene, 3)
    meetings.attend(scene, meeting, seat_3="alternate", seat_4="absent")

    round_ = meetings.open_item(scene, meeting)
    scene.vote(round_, alternate)

    assert set(round_.roll.filter(is_absent=True).values_list("number", flat=True)) == {3, 4}
    assert round_.roll.count() == 9
    with pytest.raises(NotAllowed) as refused:
        scene.vote(round_, scene.members[2])
    assert refused.value.code == "seat.holder"


def test_who_comes_late_votes_and_who_leaves_is_marked_in_the_open_round_unless_they_voted(scene, meeting):
    meetings.attend(scene, meeting, seat_4="apologies")
    round_ = meetings.open_item(scene, meeting)
    scene.vote(round_, scene.members[3])
    scene.vote(round_, scene.members[4])

    meetings.attend(scene, meeting, seat_5="absent", seat_6="absent")

    assert set(round_.roll.filter(is_absent=True).values_list("number", flat=True)) == {6}
    assert meeting.attendance.get(seat__number=4).state == "present"


def test_without_the_chair_whoever_presides_is_the_acting_chair_of_the_rounds(scene, meeting):
    meetings.attend(scene, meeting, seat_1="apologies", presiding_seat=5)

    round_ = meetings.open_item(scene, meeting)

    meeting.refresh_from_db()
    assert meeting.chair == scene.members[4].person
    assert facts.presiding_person(round_) == scene.members[4].person.pk


def test_a_presiding_member_who_is_recused_gives_way_in_that_item(scene, meeting):
    meetings.attend(scene, meeting, seat_1="apologies", presiding_seat=9)

    round_ = meetings.open_item(scene, meeting)

    assert facts.presiding_person(round_) == scene.members[1].person.pk


def test_a_paper_that_changed_after_publication_is_not_opened(scene, meeting):
    request = meeting.items.get().request
    request.refresh_from_db()
    revised = services.revise_request(
        actor=scene.world["applicant"], request_id=request.pk, expected_version=request.version, reason="Dearer."
    )
    services.endorse_request(actor=scene.world["head"], request_id=revised.pk, statement="Yes.")
    services.screen_request(actor=scene.world["secretary"], request_id=revised.pk)
    meetings.attend(scene, meeting)

    with pytest.raises(Conflict) as refused:
        meetings.open_item(scene, meeting)

    assert refused.value.code == "version.stale"
    assert not Round.objects.exists()


def test_a_meeting_closes_when_nothing_is_being_voted_on(scene):
    meeting = meetings.published(scene, scene.screened(), scene.screened("700000.00"))
    meetings.attend(scene, meeting)
    round_ = meetings.open_item(scene, meeting)
    with pytest.raises(Conflict) as refused:
        services.close_meeting(actor=scene.chair, meeting_id=meeting.pk)
    assert refused.value.code == "meeting.voting"
    for member in scene.members[:5]:
        scene.vote(round_, member, Choice.FOR)
    services.call_last(actor=scene.chair, round_id=round_.pk)
    services.close_round(actor=scene.chair, round_id=round_.pk)
    services.note_item(actor=scene.world["secretary"], meeting_id=meeting.pk, number=1, note="Members welcomed it.")

    closed = services.close_meeting(actor=scene.chair, meeting_id=meeting.pk)

    payload = bytes(LedgerEntry.objects.order_by("-position").first().payload).decode()
    assert (closed.status, meeting.items.get(number=1).note) == ("closed", "Members welcomed it.")
    assert f'"not_taken":["{meeting.items.get(number=2).request.reference}"]' in payload
    with pytest.raises(Conflict):
        meetings.attend(scene, meeting)


def test_only_the_chair_or_the_secretary_closes(scene, meeting):
    meetings.attend(scene, meeting)

    with pytest.raises(NotAllowed) as refused:
        services.close_meeting(actor=scene.members[2], meeting_id=meeting.pk)

    assert refused.value.code == "chair.only"
