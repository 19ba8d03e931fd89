"""Opening a round: the motion, the roll, the recusals, the acting chair."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core import clock
from core.errors import Conflict, InvalidInput, InvalidMove, NotAllowed, Unprocessable
from core.models import LedgerEntry
from funding import policies, services, wording
from funding.models import FundingPolicy, Recusal, Round, SeatTerm
from funding.services import rounds
from tests.factories.accounts import PostingFactory


def test_a_round_freezes_one_motion_on_one_version(office):
    round_ = office.round("1200000.00", amount=Decimal("1000000.00"), conditions=["Report in May.", " "])

    assert (round_.motion_kind, round_.motion_amount, round_.conditions) == (
        "approve",
        Decimal("1000000.00"),
        ["Report in May."],
    )
    assert (round_.request_version.number, round_.request.status, len(round_.motion_digest)) == (1, "deciding", 64)
    assert wording.motion_text(round_) == (
        f"To approve HK$1,000,000.00 for {round_.request.reference}, version 1, with 1 condition."
    )
    assert LedgerEntry.objects.latest("position").action == "round.opened"


def test_another_amount_or_condition_is_another_motion(office):
    version = office.round().request_version
    motions = [("approve", "1.00", []), ("approve", "2.00", []), ("recommend", "1.00", []), ("approve", "1.00", ["x"])]

    digests = {
        rounds.motion_digest(version, kind=kind, amount=Decimal(amount), conditions=conditions)
        for kind, amount, conditions in motions
    }

    assert len(digests) == len(motions)


def test_the_largest_requests_are_recommended(office):
    round_ = office.round("20000000.01")

    assert round_.motion_kind == Round.MotionKind.RECOMMEND
    assert wording.motion_text(round_).startswith("To recommend HK$20,000,000.01")


def test_vacant_seats_and_ended_terms_stay_on_the_roll_with_nobody(office):
    SeatTerm.objects.filter(person=office.members[8].person).update(ends_on=clock.today())

    roll = office.round().roll.all()

    assert [seat.number for seat in roll] == list(range(1, 10))
    assert roll[8].holder is None
    assert roll[1].alternate == office.alternates[2].person


def test_a_change_of_seats_after_opening_does_not_reach_the_round(office):
    round_ = office.round()
    SeatTerm.objects.filter(person=office.members[5].person).update(ends_on=clock.today())

    assert round_.roll.get(number=6).holder == office.members[5].person
    assert policies.can_edit_round(office.world["secretary"], round_).code == "round.roster"


def test_the_conflicted_are_recused_at_opening_each_with_the_ground(office):
    lead, writer, colleague, deputy = office.members[1], office.members[2], office.members[3], office.alternates[2]
    project = office.new_project(lead=lead.person)
    PostingFactory(person=colleague.person, department=office.world.a)
    request = office.screened(project_id=project.pk)
    request.editors.create(person=writer.person)
    request.editors.create(person=deputy.person)

    round_ = office.open(request)

    assert set(round_.recusals.values_list("roll_seat__number", "person", "ground")) == {
        (2, lead.person_id, "lead"),
        (2, deputy.person_id, "editor"),
        (3, writer.person_id, "editor"),
        (4, colleague.person_id, "same_department"),
    }
    assert list(round_.roll.filter(is_recused=True).values_list("number", flat=True)) == [2, 3, 4]
    assert round_.roll.get(number=2).alternate_recused


def test_the_policy_may_let_the_same_department_vote(office):
    FundingPolicy.objects.update(same_department="declare")
    PostingFactory(person=office.members[3].person, department=office.world.a)

    assert not Recusal.objects.filter(round=office.round()).exists()


def test_the_endorsing_head_never_votes(office, head):
    SeatTerm.objects.filter(person=office.members[4].person).update(person=head.person)

    round_ = office.round()

    assert "endorsed" in round_.recusals.values_list("ground", flat=True)


def test_an_interest_declared_once_holds_in_later_rounds_of_the_request(office):
    round_ = office.round()
    services.declare_interest(actor=office.members[4], round_id=round_.pk, note="My brother sells it.")
    services.adjourn_round(actor=office.chair, round_id=round_.pk)
    round_.request.refresh_from_db()

    again = office.open(round_.request)

    assert (again.number, again.roll.get(number=5).is_recused) == (2, True)


def test_the_lowest_free_seat_is_acting_chair_unless_one_is_named(office):
    assert office.round().acting_chair.number == 2
    assert office.round(project=office.new_project(), acting_chair_seat=5).acting_chair.number == 5


@pytest.mark.parametrize("seat", [1, 99])
def test_the_acting_chair_must_be_another_free_seat(office, seat):
    with pytest.raises(Unprocessable) as refusal:
        office.round(acting_chair_seat=seat)

    assert refusal.value.code == "acting_chair.invalid"
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("opening", "error", "code"),
    [
        ({"amount": Decimal("1200000.01")}, Unprocessable, "motion.amount"),
        ({"amount": Decimal("0.00")}, Unprocessable, "motion.amount"),
        ({"mode": "telepathy"}, InvalidInput, "choice.invalid"),
        ({"mode": "circulation"}, InvalidInput, "deadline.required"),
        ({"deadline_at": "soon"}, InvalidInput, "deadline.meeting"),
        ({"mode": "circulation", "deadline_at": "past"}, Unprocessable, "deadline.past"),
    ],
)
def test_a_motion_that_cannot_be_voted_on_is_refused(office, opening, error, code):
    request = office.screened()
    now = clock.now()
    when = {"soon": now + timedelta(hours=1), "past": now - timedelta(seconds=1)}
    if "deadline_at" in opening:
        opening = {**opening, "deadline_at": when[opening["deadline_at"]]}

    with pytest.raises(error) as refusal:
        office.open(request, **opening)

    request.refresh_from_db()
    assert (refusal.value.code, request.status) == (code, "screened")
    assert not Round.objects.exists()


def test_only_the_secretary_opens_and_only_what_was_screened(office, team, secretary):
    screened, submitted = office.screened(), office.submitted(project_id=office.new_project().pk)
    small = office.submitted("1.00", project_id=office.new_project().pk)
    with pytest.raises(NotAllowed) as stranger:
        services.open_round(actor=team, request_id=screened.pk)
    with pytest.raises(InvalidMove) as early:
        services.open_round(actor=secretary, request_id=submitted.pk)
    with pytest.raises(InvalidMove) as departmental:
        services.open_round(actor=secretary, request_id=small.pk)

    assert (stranger.value.code, early.value.code, departmental.value.code) == (
        "secretary.only",
        "state.move",
        "state.move",
    )


def test_one_round_at_a_time(office, secretary):
    round_ = office.round()

    with pytest.raises(InvalidMove):
        services.open_round(actor=secretary, request_id=round_.request_id)

    assert Round.objects.count() == 1


def test_the_secretary_marks_a_holder_absent_before_they_vote(office, secretary):
    round_ = office.round()
    office.vote(round_, "f")

    services.mark_absent(actor=secretary, round_id=round_.pk, seat_number=2)
    with pytest.raises(Conflict) as voted:
        services.mark_absent(actor=secretary, round_id=round_.pk, seat_number=1)
    with pytest.raises(InvalidInput):
        services.mark_absent(actor=secretary, round_id=round_.pk, seat_number=99)
    with pytest.raises(NotAllowed):
        services.mark_absent(actor=office.chair, round_id=round_.pk, seat_number=3)

    assert voted.value.code == "seat.holder"
    assert list(round_.roll.filter(is_absent=True).values_list("number", flat=True)) == [2]
