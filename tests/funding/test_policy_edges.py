"""Where one condition alone decides what a policy answers: each by itself, with the error that carries the answer."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import Conflict, InvalidMove, NotAllowed
from funding import services
from funding.models import Body, FinanceCommitteeItem, LinkFinding, Review, Seat, SeatTerm
from funding.policies.bodies import can_end_term
from funding.policies.closing import can_call_last, can_close, can_publish
from funding.policies.conditions import can_waive
from funding.policies.finance_committee import can_record_outcome
from funding.policies.lookalikes import can_confirm_cut
from funding.policies.meetings import can_change_meeting
from funding.policies.outcomes import can_answer, can_bring_back, can_defer, can_return
from funding.policies.requests import can_decide_in_department
from funding.policies.reviews import can_answer_review
from funding.policies.votes import can_vote
from tests.factories.accounts import give_role
from tests.funding import meetings
from tests.funding.outcomes import before_legco, conditional, officer
from tests.funding.scene import make_scene


def refused(verdict):
    """The stable code and the kind of refusal; a yes has neither."""
    return None if verdict else (verdict.code, verdict.error)


@pytest.fixture
def scene(world):
    return make_scene(world)


def test_nobody_ends_their_own_term(scene):
    secretary, term = scene.world["secretary"], SeatTerm.objects.filter(seat__body=scene.body).first()
    assert refused(can_end_term(secretary, scene.body, term)) is None
    assert refused(can_end_term(secretary, scene.body)) is None

    term.person = secretary.person

    assert refused(can_end_term(secretary, scene.body, term)) == ("duty.separate", NotAllowed)


def test_an_ended_term_in_another_body_is_no_term_in_this_one(scene):
    round_ = scene.round_open()
    outsider = officer("elsewhere", "auditor")
    body = Body.objects.create(code="other", name_en="Other body", name_zh_hant="另一組")
    seat = Seat.objects.create(body=body, number=1, starts_on=clock.today() - timedelta(days=9))
    term = {"person": outsider.person, "starts_on": seat.starts_on, "ends_on": clock.today()}
    SeatTerm.objects.create(seat=seat, **term)
    assert refused(can_vote(outsider, round_)) == ("seat.holder", NotAllowed)

    SeatTerm.objects.create(seat=scene.body.seats.get(number=3), capacity="alternate", **term)

    assert refused(can_vote(outsider, round_)) == ("seat.ended", NotAllowed)


def test_who_endorsed_a_request_does_not_review_it_even_when_head_no_more(office, world):
    office.project.technique, office.project.is_public_facing = "Generative AI", True
    office.project.save(update_fields=["technique", "is_public_facing"])
    request, head = office.submitted(), world["head"]
    services.endorse_request(actor=head, request_id=request.pk, statement="Needed.")
    services.screen_request(actor=world["secretary"], request_id=request.pk)
    review = Review.objects.get(kind="privacy")
    give_role(head.person, "privacy_reviewer")
    head.person.postings.update(ends_on=clock.today() - timedelta(days=1))
    head = type(head).objects.get(pk=head.pk)

    assert refused(can_answer_review(head, review)) == ("duty.separate", NotAllowed)
    assert refused(can_answer_review(officer("reviewer", "privacy_reviewer"), review)) is None


def test_a_deferred_request_is_brought_back_by_whose_tier_it_is(office, world):
    small = office.submitted("100000.00")
    services.defer_request(actor=world["head"], request_id=small.pk, reason="Later.", condition="A survey.")
    small.refresh_from_db()
    assert refused(can_bring_back(world["head"], small)) is None
    assert refused(can_bring_back(world["colleague"], small)) == ("secretary.only", NotAllowed)
    assert refused(can_bring_back(world["secretary"], small)) is None

    small.tier = "working_group"

    assert refused(can_bring_back(world["head"], small)) == ("secretary.only", NotAllowed)


def test_a_waiver_is_agreed_by_neither_its_owner_nor_who_asked_for_the_money(office, world):
    condition = conditional(office, "Report twice a year.").tasks.first()
    services.propose_waiver(actor=world["secretary"], condition_id=condition.pk, reason="Done otherwise.")
    condition.refresh_from_db()
    team = world["team"]
    assert refused(can_waive(team, condition)) is None

    owner, condition.owner = condition.owner, team.person
    assert refused(can_waive(team, condition)) == ("duty.separate", NotAllowed)
    condition.owner, condition.decision.request.applicant = owner, team.person
    assert refused(can_waive(team, condition)) == ("duty.separate", NotAllowed)


@pytest.mark.parametrize("missing", ["panel_on", "panel_paper", "paper"])
def test_an_outcome_is_recorded_once_panel_date_and_both_papers_are_known(office, world, missing):
    request = before_legco(office)
    assert refused(can_record_outcome(world["secretary"], request)) is None

    FinanceCommitteeItem.objects.filter(request=request).update(**{missing: None if missing == "panel_on" else ""})

    assert refused(can_record_outcome(world["secretary"], request)) == ("legco.papers", Conflict)


def test_a_published_agenda_is_in_conflict_with_a_change_not_forbidden(scene):
    meeting = meetings.published(scene, scene.screened())

    assert refused(can_change_meeting(scene.world["secretary"], meeting)) == ("agenda.frozen", Conflict)
    assert refused(can_change_meeting(scene.chair, meeting)) == ("secretary.only", NotAllowed)


def test_a_round_answers_with_the_reason_that_stands_in_the_way(scene):
    scene.rule.last_call_seconds = 60
    scene.rule.save(update_fields=["last_call_seconds"])
    round_ = scene.round_open()
    secretary, chair = scene.world["secretary"], scene.chair
    assert refused(can_close(scene.members[1], round_)) == ("chair.only", NotAllowed)
    assert refused(can_call_last(chair, round_)) == ("round.quorum", Conflict)
    for member in scene.members[:5]:
        scene.vote(round_, member)
    assert refused(can_close(chair, round_)) == ("round.last_call", Conflict)

    services.call_last(actor=chair, round_id=round_.pk)
    round_.refresh_from_db()
    assert refused(can_call_last(chair, round_)) == refused(can_close(chair, round_)) == ("round.last_call", Conflict)
    assert refused(can_publish(secretary, round_)) == ("round.unpublished", Conflict)
    assert refused(can_publish(secretary, round_.request)) == ("state.move", InvalidMove)
    assert refused(can_publish(chair, round_)) == ("secretary.only", NotAllowed)
    assert refused(can_close(chair, round_, at=round_.last_call_at + timedelta(seconds=60))) is None

    round_.status = "closed"
    assert refused(can_close(chair, round_)) == ("round.closed", Conflict)


def test_a_decision_of_a_round_is_published_with_its_round_alone(scene):
    round_ = scene.round_closed()
    secretary = scene.world["secretary"]
    round_.request.refresh_from_db()
    assert refused(can_publish(secretary, round_)) is None
    assert refused(can_publish(secretary, round_.request)) == ("tier.mismatch", Conflict)

    round_.request.decisions.update(published_at=clock.now())
    assert refused(can_publish(secretary, round_.request)) is None


def test_a_submitted_request_is_held_by_its_head_and_by_the_secretary_where_no_head_is_free(office, world):
    request = office.submitted("100000.00")
    for policy in (can_return, can_defer):
        assert refused(policy(world["head"], request)) is None
        assert refused(policy(world["secretary"], request)) == ("head.only", NotAllowed)
    assert refused(can_answer(world["applicant"], request)) == ("state.move", InvalidMove)
    assert refused(can_answer(world["outsider"], request)) == ("department.other", NotAllowed)

    request.applicant = world["head"].person
    for policy in (can_return, can_defer):
        assert refused(policy(world["head"], request)) == ("duty.separate", NotAllowed)
        assert refused(policy(world["secretary"], request)) is None
    assert refused(can_decide_in_department(world["head"], request)) == ("vote.conflict", NotAllowed)


def test_the_department_defers_only_what_it_decides(office, world):
    request = office.submitted()

    assert refused(can_defer(world["head"], request)) == ("tier.mismatch", Conflict)
    assert refused(can_return(world["head"], request)) is None


def test_an_own_deferred_request_is_brought_back_by_somebody_else(office, world):
    request = office.submitted("100000.00")
    services.defer_request(actor=world["head"], request_id=request.pk, reason="Later.", condition="A survey.")
    request.refresh_from_db()
    request.applicant = world["head"].person

    assert refused(can_bring_back(world["head"], request)) == ("duty.separate", NotAllowed)


@pytest.mark.parametrize("own", ["first", "second"])
def test_nobody_agrees_to_a_cut_of_their_own_request(office, world, own):
    first, second = office.submitted("400000.00"), office.submitted("90000.00", project_id=office.new_project().pk)
    finding = LinkFinding(first=first, second=second, found_by=world["secretary"].person, status="proposed")
    assert refused(can_confirm_cut(world["team"], finding)) is None

    getattr(finding, own).applicant = world["team"].person

    assert refused(can_confirm_cut(world["team"], finding)) == ("duty.separate", NotAllowed)
