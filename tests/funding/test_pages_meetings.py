"""The pages of meetings and of questions on the open paper, in both languages, closed to whom a paper is closed."""

from datetime import timedelta

from django.urls import reverse
import pytest

from core import clock
from funding import services
from funding.models import Choice, Meeting, VotingRule
from tests.funding import meetings
from tests.funding.scene import make_scene

BACKEND = "accounts.backends.DatedRolesBackend"
QUERIES = 9  # session, user, rights, count, meetings with their body, notices
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(world):
    return make_scene(world)


def seen(client, user, meeting, language="en"):
    client.force_login(user, backend=BACKEND)
    path = reverse("funding:meeting-detail", args=[meeting.pk])
    return client.get(path, HTTP_ACCEPT_LANGUAGE=language).content.decode()


def act(client, user, meeting, name, **typed):
    client.force_login(user, backend=BACKEND)
    return client.post(reverse(f"funding:meeting-{name}", args=[meeting.pk]), typed)


def test_the_secretary_plans_a_meeting_on_the_page_of_the_body(client, scene):
    client.force_login(scene.world["secretary"], backend=BACKEND)
    begins = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    typed = {"starts_at": begins, "minutes": 90, "place_en": "Room 7", "place_zh_hant": "七號會議室"}

    answer = client.post(reverse("funding:body-plan-meeting", args=["dwg"]), typed)

    meeting = Meeting.objects.get()
    assert answer.status_code == 302
    assert meeting.starts_at.astimezone(clock.HONG_KONG).strftime("%Y-%m-%dT%H:%M") == begins
    assert "Room 7" in seen(client, scene.world["secretary"], meeting)
    assert "七號會議室" in seen(client, scene.chair, meeting, "zh-hant")
    assert "七号会议室" in seen(client, scene.chair, meeting, "zh-hans")


def test_an_agenda_that_is_too_long_says_by_how_much(client, scene):
    meeting = meetings.with_items(scene, scene.screened(), minutes=65)

    text = seen(client, scene.world["secretary"], meeting)
    refused = act(client, scene.world["secretary"], meeting, "publish-agenda")

    assert "The agenda is 5 minutes too long, so it cannot be published." in text
    assert refused.status_code == 409
    assert "議程超時5分鐘" in seen(client, scene.world["secretary"], meeting, "zh-hant")


def test_a_meeting_is_held_from_its_page(client, scene):
    request = scene.screened()
    meeting = meetings.published(scene, request)
    secretary = scene.world["secretary"]
    there = {f"seat_{number}": "present" for number in range(1, 10)} | {"seat_4": "apologies", "presiding_seat": ""}

    attended = act(client, secretary, meeting, "attendance", **there)
    opened = act(client, secretary, meeting, "open-item", number=1)

    round_ = meeting.items.get().round
    assert attended.status_code == 302
    assert opened["Location"] == reverse("funding:round-detail", args=[round_.pk])
    text = seen(client, scene.members[1], meeting)
    assert f'href="{opened["Location"]}"' in text
    assert "apologies" in text
    assert "因事缺席" in seen(client, scene.members[1], meeting, "zh-hant")


def test_a_recused_member_sees_that_there_is_an_item_and_not_which(client, scene):
    meeting = meetings.published(scene, scene.screened(title_en="Secret tender", project=None))
    meetings.attend(scene, meeting)
    round_ = meetings.open_item(scene, meeting)
    services.declare_interest(actor=scene.members[3], round_id=round_.pk, note="A cousin works there.")

    text = seen(client, scene.members[3], meeting)

    assert "This paper is not open to you." in text
    assert "Secret tender" not in text
    assert round_.request.reference not in text
    assert "Secret tender" in seen(client, scene.members[4], meeting)


def test_the_result_stands_on_the_agenda_for_the_body_and_not_yet_for_the_department(client, scene):
    meeting = meetings.published(scene, scene.screened())
    meetings.attend(scene, meeting)
    round_ = meetings.open_item(scene, meeting)
    for member in scene.members[:5]:
        scene.vote(round_, member, Choice.FOR)
    services.call_last(actor=scene.chair, round_id=round_.pk)
    services.close_round(actor=scene.chair, round_id=round_.pk)

    assert "more than half of 5 votes for or against: carried." in seen(client, scene.members[1], meeting)
    assert "carried" not in seen(client, scene.world["applicant"], meeting)


def test_a_question_and_its_answer_stand_on_the_round_for_every_member(client, scene):
    round_ = scene.round_open()
    client.force_login(scene.members[2], backend=BACKEND)
    client.post(reverse("funding:round-ask", args=[round_.pk]), {"text": "Who runs it <b>later</b>?"})
    client.force_login(scene.world["applicant"], backend=BACKEND)
    client.post(reverse("funding:round-answer", args=[round_.pk]), {"number": 1, "text": "We run it."})

    client.force_login(scene.members[5], backend=BACKEND)
    text = client.get(reverse("funding:round-detail", args=[round_.pk])).content.decode()

    assert "Who runs it &lt;b&gt;later&lt;/b&gt;?" in text
    assert "We run it." in text


def test_equal_votes_ask_the_chair_for_the_casting_vote_on_the_page(client, scene):
    VotingRule.objects.update(tie="casting_vote")
    round_ = scene.round_open()
    for place, member in enumerate(scene.members[:6]):
        scene.vote(round_, member, Choice.AGAINST if place % 2 else Choice.FOR, reason="No." if place % 2 else "")
    services.call_last(actor=scene.chair, round_id=round_.pk)
    client.force_login(scene.chair, backend=BACKEND)
    address = reverse("funding:round-close", args=[round_.pk])

    asked = client.post(address, {})
    closed = client.post(address, {"casting_vote": "against"})

    round_.refresh_from_db()
    assert asked.status_code == 422
    assert "The votes are equal." in asked.content.decode()
    assert (closed.status_code, round_.outcome) == (302, "rejected")


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_asks_the_same_number_of_questions_at_1_and_20(client, scene, count, django_assert_max_num_queries):
    for _number in range(count):
        meetings.plan(scene)
    client.force_login(scene.chair, backend=BACKEND)
    client.get(reverse("funding:meeting-list"))

    with django_assert_max_num_queries(QUERIES):
        answer = client.get(reverse("funding:meeting-list"))

    assert answer.status_code == 200
