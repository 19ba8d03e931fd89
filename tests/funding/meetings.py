"""A meeting of the scene's body in any state, brought there by services."""

from datetime import timedelta

from core import clock
from funding import services
from funding.models import Meeting, SeatTerm
from tests.factories.accounts import PersonFactory, PostingFactory, UserFactory


def plan(scene, *, minutes=60, ahead=timedelta(hours=1)) -> Meeting:
    return services.plan_meeting(
        actor=scene.world["secretary"],
        body_id=scene.body.pk,
        starts_at=clock.now() + ahead,
        minutes=minutes,
        place_en="Room 1",
        place_zh_hant="一號會議室",
    )


def with_items(scene, *requests, minutes=20, **more) -> Meeting:
    meeting = plan(scene, **more)
    for request in requests:
        add(scene, meeting, request, minutes=minutes)
    return meeting


def add(scene, meeting, request, *, minutes=20, **more):
    return services.add_item(
        actor=scene.world["secretary"], meeting_id=meeting.pk, request_id=request.pk, minutes=minutes, **more
    )


def published(scene, *requests, **more) -> Meeting:
    """The day of this meeting is today, so that attendance can be taken at once."""
    meeting = with_items(scene, *requests, **more)
    meeting = services.publish_agenda(actor=scene.world["secretary"], meeting_id=meeting.pk)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=clock.now())
    meeting.refresh_from_db()
    return meeting


def attend(scene, meeting, *, presiding_seat=None, **seats):
    """Everybody is there but the seats named: `seat_3="apologies"`."""
    states = {number: seats.get(f"seat_{number}", "present") for number in range(1, 10)}
    return services.take_attendance(
        actor=scene.world["secretary"], meeting_id=meeting.pk, seats=states, presiding_seat=presiding_seat
    )


def alternate_of(scene, number):
    """An account that stands in for the holder of a seat."""
    person = PersonFactory(name_en=f"Alternate {number}", name_zh_hant=f"候補{number}")
    PostingFactory(person=person, department=scene.world.team_department)
    seat = scene.body.seats.get(number=number)
    SeatTerm.objects.create(seat=seat, person=person, capacity="alternate", starts_on=seat.starts_on)
    return UserFactory(username=f"alternate{number}", person=person)


def open_item(scene, meeting, number=1):
    return services.open_item(actor=scene.world["secretary"], meeting_id=meeting.pk, number=number)
