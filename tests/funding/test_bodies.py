"""Seats filled and terms ended by the secretary, ahead of time, one person one seat (FEATURES D1, TRUST C5, T6)."""

from datetime import timedelta

from django.urls import reverse
import pytest

from core import clock
from core.errors import Conflict, NotAllowed, Unprocessable
from core.models import LedgerEntry
from funding import services
from funding.models import Seat, SeatTerm
from tests.factories.accounts import PersonFactory
from tests.funding.scene import make_scene

QUERIES = 10  # session, user, rights, bodies, seats, terms with their persons, notices
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(world):
    return make_scene(world)


@pytest.fixture
def person():
    return PersonFactory(name_en="Chan Tai Man", name_zh_hant="陳大文")


def day(ahead):
    return clock.today() + timedelta(days=ahead)


def term_of(scene, number):
    return SeatTerm.objects.get(seat__body=scene.body, seat__number=number, capacity="holder")


def appoint(scene, person, **more):
    given = {"seat_number": 2, "capacity": "alternate", "starts_on": day(2)}
    return services.appoint(actor=scene.world["secretary"], body_id=scene.body.pk, person=person, **given | more)


def end_term(scene, term, **more):
    given = {"actor": scene.world["secretary"], "ends_on": day(3), "reason": "Posted away."}
    return services.end_term(body_id=scene.body.pk, term_id=term.pk, **given | more)


def test_the_secretary_appoints_and_the_ledger_says_so(scene, person):
    term = appoint(scene, person)

    entry = LedgerEntry.objects.order_by("-position").first()
    assert (term.seat.number, term.capacity, term.ends_on) == (2, "alternate", None)
    assert (entry.action, entry.subject) == ("seat.appointed", scene.body.ledger_ref)


def test_who_sits_takes_the_seat_of_a_term_that_ends_before(scene, person):
    end_term(scene, term_of(scene, 2))

    term = appoint(scene, person, capacity="holder", starts_on=day(3))

    assert term.starts_on == term_of_before(scene).ends_on


def term_of_before(scene):
    return SeatTerm.objects.filter(seat__body=scene.body, seat__number=2).earliest("starts_on")


@pytest.mark.parametrize(
    ("given", "error", "code"),
    [
        ({"starts_on": 1}, Unprocessable, "term.too_soon"),
        ({"ends_on": 2}, Unprocessable, "term.end"),
        ({"seat_number": 10}, Unprocessable, "seat.unknown"),
        ({"capacity": "holder"}, Conflict, "seat.taken"),
    ],
)
def test_a_term_that_cannot_be_is_refused_and_not_stored(scene, person, given, error, code):
    given = {name: day(value) if name.endswith("_on") else value for name, value in given.items()}

    with pytest.raises(error) as refused:
        appoint(scene, person, **given)

    assert refused.value.code == code
    assert not SeatTerm.objects.filter(person=person).exists()


def test_a_second_seat_of_the_same_person_is_refused(scene):
    """TRUST T6."""
    sitting = scene.members[4].person

    with pytest.raises(Conflict) as refused:
        appoint(scene, sitting)

    assert refused.value.code == "seat.person"
    assert SeatTerm.objects.filter(person=sitting).count() == 1


def test_nobody_appoints_themselves(scene):
    with pytest.raises(NotAllowed) as refused:
        appoint(scene, scene.world["secretary"].person)

    assert refused.value.code == "duty.separate"


def test_only_the_secretary_appoints_and_ends_terms(scene, person):
    with pytest.raises(NotAllowed) as refused:
        services.appoint(actor=scene.chair, body_id=scene.body.pk, seat_number=2, person=person, starts_on=day(2))
    with pytest.raises(NotAllowed):
        end_term(scene, term_of(scene, 2), actor=scene.chair)

    assert refused.value.code == "secretary.only"
    assert term_of(scene, 2).ends_on is None


@pytest.mark.parametrize("ahead", [-1, -10_000])
def test_a_term_never_ends_in_the_past(scene, ahead):
    with pytest.raises(Unprocessable):
        end_term(scene, term_of(scene, 2), ends_on=day(ahead) if ahead == -1 else term_of(scene, 2).starts_on)

    assert term_of(scene, 2).ends_on is None


def test_an_ended_term_is_not_ended_again(scene):
    end_term(scene, term_of(scene, 2), ends_on=day(0))

    with pytest.raises(Conflict) as refused:
        end_term(scene, term_of(scene, 2), ends_on=day(0))

    assert refused.value.code == "term.ended"


def test_an_open_round_keeps_its_roll_and_the_member_whose_term_ended_is_told(scene):
    """TRUST WF-04."""
    round_ = scene.round_open()
    end_term(scene, term_of(scene, 2), ends_on=day(0))

    with pytest.raises(NotAllowed) as refused:
        scene.vote(round_, scene.members[1])

    assert refused.value.code == "seat.ended"
    assert round_.roll.get(number=2).holder == scene.members[1].person


def test_the_page_shows_seats_in_both_languages_and_takes_an_appointment(client, scene, person):
    client.force_login(scene.world["secretary"], backend="accounts.backends.DatedRolesBackend")
    typed = {"seat_number": 2, "capacity": "alternate", "person": person.pk, "starts_on": day(2).isoformat()}

    answer = client.post(reverse("funding:body-appoint", args=["dwg"]), typed)
    english = client.get(reverse("funding:body-detail", args=["dwg"])).content.decode()
    chinese = client.get(reverse("funding:body-list"), HTTP_ACCEPT_LANGUAGE="zh-hant").content.decode()

    assert answer.status_code == 302
    assert "Chan Tai Man (alternate)" in english
    assert "陳大文（候補成員）" in chinese or "陳大文 (候補成員)" in chinese


def test_a_refused_appointment_keeps_what_was_typed(client, scene, person):
    client.force_login(scene.world["secretary"], backend="accounts.backends.DatedRolesBackend")
    typed = {"seat_number": 3, "capacity": "alternate", "person": person.pk, "starts_on": day(0).isoformat()}

    answer = client.post(reverse("funding:body-appoint", args=["dwg"]), typed)

    assert answer.status_code == 422
    assert f'value="{day(0).isoformat()}"' in answer.content.decode()
    assert not SeatTerm.objects.filter(person=person).exists()


@pytest.mark.parametrize("seats", [1, 20])
def test_the_list_asks_the_same_number_of_questions_at_1_and_20_seats(
    client, scene, seats, django_assert_max_num_queries
):
    client.force_login(scene.world["outsider"], backend="accounts.backends.DatedRolesBackend")
    SeatTerm.objects.filter(seat__body=scene.body).delete()
    scene.body.seats.all().delete()
    for number in range(1, seats + 1):
        seat = Seat.objects.create(body=scene.body, number=number, starts_on=day(-1))
        SeatTerm.objects.create(seat=seat, person=PersonFactory(), starts_on=day(-1))
    client.get(reverse("funding:body-list"))

    with django_assert_max_num_queries(QUERIES):
        answer = client.get(reverse("funding:body-list"))

    assert answer.status_code == 200
