"""Meetings: planned, their agenda put together, published, cancelled (FEATURES D2, D11)."""

from datetime import timedelta
from decimal import Decimal

from django.utils.formats import date_format
import pytest

from core import clock
from core.errors import Conflict, NotAllowed, NotVisible, Unprocessable
from core.models import LedgerEntry
from funding import services
from funding.models import AgendaItem, Meeting, Round, ServiceTimes
from funding.selectors.clock import clock_of
from tests.factories.projects import ProjectFactory
from tests.funding import meetings
from tests.funding.scene import START, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(world):
    return make_scene(world)


def secretary(scene):
    return scene.world["secretary"]


def publish(scene, meeting):
    return services.publish_agenda(actor=secretary(scene), meeting_id=meeting.pk)


def test_a_meeting_has_the_next_number_the_chair_of_its_day_and_who_planned_it(scene):
    first, second = meetings.plan(scene), meetings.plan(scene)

    assert (first.number, second.number) == (1, 2)
    assert (second.chair, second.secretary) == (scene.chair.person, secretary(scene).person)


@pytest.mark.parametrize(
    ("given", "code"),
    [({"ahead": timedelta(minutes=-1)}, "meeting.past"), ({"minutes": 4}, "meeting.minutes")],
)
def test_a_meeting_that_cannot_be_held_is_refused_and_not_stored(scene, given, code):
    with pytest.raises(Unprocessable) as refused:
        meetings.plan(scene, **given)

    assert refused.value.code == code
    assert not Meeting.objects.exists()


def test_only_the_secretary_plans_and_sets_the_agenda(scene):
    request = scene.screened()
    meeting = meetings.plan(scene)

    with pytest.raises(NotAllowed):
        services.add_item(actor=scene.chair, meeting_id=meeting.pk, request_id=request.pk, minutes=10)
    with pytest.raises(NotAllowed):
        services.plan_meeting(
            actor=scene.chair,
            body_id=scene.body.pk,
            starts_at=clock.now() + timedelta(days=1),
            minutes=60,
            place_en="Room 1",
        )

    assert not meeting.items.exists()
    assert Meeting.objects.count() == 1


def test_items_stand_in_order_move_and_are_taken_off(scene):
    first, second, third = (scene.screened(amount) for amount in ("600000.00", "700000.00", "800000.00"))
    meeting = meetings.with_items(scene, first, second, third)

    services.arrange_item(actor=secretary(scene), meeting_id=meeting.pk, number=3, to=1, minutes=5)
    services.take_off_item(actor=secretary(scene), meeting_id=meeting.pk, number=2)

    order = meeting.items.filter(number__isnull=False).order_by("number").values_list("number", "request", "minutes")
    assert list(order) == [(1, third.pk, 5), (2, second.pk, 20)]
    assert AgendaItem.objects.get(request=first).number is None


@pytest.mark.parametrize("amount", ["0.00", "1200000.01"])
def test_the_motion_of_an_item_is_at_most_what_is_asked(scene, amount):
    request = scene.screened()
    meeting = meetings.plan(scene)

    with pytest.raises(Unprocessable) as refused:
        meetings.add(scene, meeting, request, amount=Decimal(amount))

    assert refused.value.code == "motion.amount"
    assert not meeting.items.exists()


@pytest.mark.parametrize(
    ("bring", "code"),
    [
        (lambda scene: scene.endorsed(), "state.move"),
        (lambda scene: scene.submitted("300000.00"), "state.move"),
        (lambda scene: scene.round_open().request, "state.move"),
    ],
)
def test_only_a_screened_request_comes_on_an_agenda(scene, bring, code):
    meeting = meetings.plan(scene)

    with pytest.raises(Conflict) as refused:
        meetings.add(scene, meeting, bring(scene))

    assert refused.value.code == code
    assert not meeting.items.exists()


def test_a_request_waits_on_one_agenda_alone(scene):
    request = scene.screened()
    meetings.with_items(scene, request)

    with pytest.raises(Conflict) as refused:
        meetings.with_items(scene, request)

    assert refused.value.code == "agenda.taken"
    assert AgendaItem.objects.count() == 1


def test_an_agenda_that_fills_the_time_is_published_and_one_that_runs_over_is_not(scene):
    meeting = meetings.with_items(scene, scene.screened(), scene.screened("700000.00"), minutes=30)
    with pytest.raises(Conflict, match="1 minute longer") as refused:
        services.arrange_item(actor=secretary(scene), meeting_id=meeting.pk, number=1, to=1, minutes=31)
        publish(scene, meeting)
    meeting.refresh_from_db()
    assert (refused.value.code, meeting.status) == ("agenda.too_long", "planned")

    services.arrange_item(actor=secretary(scene), meeting_id=meeting.pk, number=1, to=1, minutes=30)
    publish(scene, meeting)

    meeting.refresh_from_db()
    assert meeting.status == "published"


def test_publication_freezes_the_papers_and_the_ledger_keeps_the_agenda(scene):
    request = scene.screened()
    meeting = publish(scene, meetings.with_items(scene, request))

    item = meeting.items.get()
    entry = LedgerEntry.objects.order_by("-position").first()
    assert item.request_version == request.versions.get()
    assert entry.action == "meeting.agenda_published"
    assert meeting.agenda_digest in bytes(entry.payload).decode()
    with pytest.raises(Conflict) as refused:
        services.take_off_item(actor=secretary(scene), meeting_id=meeting.pk, number=1)
    assert refused.value.code == "agenda.frozen"


def test_an_empty_agenda_is_not_published(scene):
    with pytest.raises(Conflict) as refused:
        publish(scene, meetings.plan(scene))

    assert refused.value.code == "agenda.empty"


def test_a_request_on_a_published_agenda_is_not_put_to_a_round_beside_it(scene):
    request = scene.screened()
    publish(scene, meetings.with_items(scene, request))

    with pytest.raises(Conflict) as refused:
        services.open_round(actor=secretary(scene), request_id=request.pk)

    assert refused.value.code == "agenda.taken"
    assert not Round.objects.exists()


def test_a_cancelled_meeting_says_why_and_lets_its_requests_go_to_another(scene):
    request = scene.screened()
    meeting = publish(scene, meetings.with_items(scene, request))

    services.cancel_meeting(actor=secretary(scene), meeting_id=meeting.pk, reason="Typhoon signal 8.")

    meeting.refresh_from_db()
    assert (meeting.status, meeting.cancelled_reason) == ("cancelled", "Typhoon signal 8.")
    assert meetings.with_items(scene, request).items.count() == 1


def test_who_sees_a_meeting(scene):
    meeting = meetings.with_items(scene, scene.screened())
    body = {scene.chair, scene.members[3], secretary(scene), scene.world["auditor"]}
    outside = {scene.world["applicant"], scene.world["outsider"], scene.world["b_applicant"]}

    assert all(Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists() for user in body)
    assert not any(Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists() for user in outside)

    publish(scene, meeting)

    assert Meeting.objects.visible_to(scene.world["applicant"]).filter(pk=meeting.pk).exists()
    assert not Meeting.objects.visible_to(scene.world["b_applicant"]).exists()
    with pytest.raises(NotVisible):
        services.cancel_meeting(actor=scene.world["outsider"], meeting_id=meeting.pk, reason="No.")


def test_the_likely_answer_waits_for_the_meeting_that_has_the_request_on_its_agenda(scene):
    ServiceTimes.objects.create(starts_on=START, source="Circular", status="approved")
    request, other = scene.screened(), scene.screened(project=ProjectFactory(department=scene.world.a))
    meeting = meetings.with_items(scene, request, ahead=timedelta(days=60))

    assert clock_of(request).answer.meeting_on is None
    publish(scene, meeting)
    answer, day = clock_of(request).answer, clock.hong_kong_day(meeting.starts_at)
    assert (answer.on, answer.meeting_on) == (day, day)
    assert date_format(day) in clock_of(request).answer_words
    assert clock_of(other).answer.on < day
