"""What each policy of funding says when it refuses: its code, its kind and the whole sentence, stage by stage."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import Conflict, InvalidMove, NotAllowed
from funding import policies, services
from funding.models import Editor, FundingRequest, Round, SeatTerm, VotingRule
from tests.factories.accounts import PersonFactory, UserFactory

OTHER_DEPARTMENT = ("department.other", NotAllowed, "Only people of the department that asks may do this.")
HEAD_ONLY = ("head.only", NotAllowed, "Only the Head of Department does this.")
SECRETARY_ONLY = ("secretary.only", NotAllowed, "Only the secretary does this.")
ANOTHER_SECRETARY = (
    "duty.separate",
    NotAllowed,
    "You asked for, lead or wrote this request, so another secretary must do this.",
)
CHAIR_ONLY = ("chair.only", NotAllowed, "Only the chair, or whoever stands in for the chair, does this.")
CLOSED = ("round.closed", Conflict, "This round is closed.")
CONFLICTED = ("vote.conflict", NotAllowed, "You are recused from this round, so you cannot vote in it.")
NO_SEAT = ("seat.holder", NotAllowed, "You hold no seat in this round.")
ENDED = ("seat.ended", NotAllowed, "Your term in this seat has ended.")


def told(verdict):
    assert not verdict.allowed
    return verdict.code, verdict.error, str(verdict.reason)


def stage(name):
    return "state.move", InvalidMove, f"The request is at the stage “{name}”, where this cannot be done."


def mismatch(reason):
    return "tier.mismatch", Conflict, reason


def test_money_is_asked_for_by_the_departments_own_people(office, outsider):
    stranger = UserFactory(username="stranger", person=PersonFactory())

    assert told(policies.can_draft(stranger)) == (
        "department.none",
        NotAllowed,
        "Only people who belong to a department may ask for money.",
    )
    assert told(policies.can_draft(outsider, office.project)) == OTHER_DEPARTMENT
    request = office.draft()
    for asks in (policies.can_edit, policies.can_submit, policies.can_revise):
        assert told(asks(outsider, request)) == OTHER_DEPARTMENT


def test_each_act_on_a_request_has_its_stage(office, applicant, colleague, head, secretary):
    draft, submitted = office.draft(), office.submitted()

    assert told(policies.can_edit(applicant, submitted)) == (
        "request.locked",
        Conflict,
        "A submitted request is changed only by a revision, with a reason.",
    )
    assert told(policies.can_submit(applicant, submitted)) == stage("submitted")
    assert told(policies.can_revise(applicant, draft)) == stage("draft")
    assert told(policies.can_withdraw(colleague, submitted)) == (
        "applicant.only",
        NotAllowed,
        "Only the applicant or the project lead withdraws a request.",
    )
    assert told(policies.can_endorse(head, draft)) == stage("draft")
    assert told(policies.can_decide_in_department(head, draft)) == stage("draft")
    assert told(policies.can_screen(secretary, draft)) == stage("draft")
    assert told(policies.can_open_round(secretary, submitted)) == stage("submitted")
    assert told(policies.can_publish(secretary, submitted)) == stage("submitted")
    assert told(policies.can_screen(secretary, submitted)) == (
        "state.move",
        InvalidMove,
        "The Head of Department has not endorsed it yet.",
    )


def test_a_head_decides_small_requests_and_endorses_large_ones_of_others(office, applicant, head):
    large, own = office.submitted(), office.submitted("100.00", actor=head, project_id=office.new_project().pk)
    small = office.submitted("100.00", project_id=office.new_project().pk)

    assert told(policies.can_endorse(applicant, large)) == HEAD_ONLY
    assert told(policies.can_decide_in_department(applicant, small)) == HEAD_ONLY
    assert told(policies.can_endorse(head, own)) == (
        "duty.separate",
        NotAllowed,
        "You asked for, lead or wrote this request, so you cannot endorse it yourself.",
    )
    assert told(policies.can_decide_in_department(head, own)) == (
        "vote.conflict",
        NotAllowed,
        "You asked for, lead or wrote this request, so the working group decides it, not you.",
    )
    assert told(policies.can_endorse(head, small)) == mismatch(
        "This amount is decided in the department and needs no endorsement."
    )
    assert told(policies.can_decide_in_department(head, large)) == mismatch(
        "This request is above what the department decides."
    )


def test_the_secretary_serves_the_committee_but_not_on_their_own_item(office, applicant, secretary):
    small = office.submitted("100.00", project_id=office.new_project().pk)
    round_ = office.round()
    request = round_.request

    for asks, thing in (
        (policies.can_screen, request),
        (policies.can_open_round, request),
        (policies.can_mark_absent, round_),
        (policies.can_publish, round_),
        (policies.can_adjourn, round_),
    ):
        assert told(asks(applicant, thing)) == SECRETARY_ONLY
    assert told(policies.can_screen(secretary, small)) == mismatch("This amount is decided in the department.")
    FundingRequest.objects.filter(pk=small.pk).update(status="screened")
    small.refresh_from_db()
    assert told(policies.can_open_round(secretary, small)) == mismatch(
        "This amount is decided in the department, without a vote."
    )
    assert told(policies.can_edit_round(secretary, round_)) == (
        "round.roster",
        Conflict,
        "The motion and the roll of seats were frozen when the round opened. A change needs a new round.",
    )
    assert told(policies.can_publish(secretary, round_)) == (
        "round.unpublished",
        Conflict,
        "Only a closed round with a decision is published.",
    )
    Editor.objects.create(request=request, person=secretary.person)
    assert told(policies.can_screen(secretary, request)) == ANOTHER_SECRETARY


def test_a_meeting_is_closed_by_the_chair_with_quorum_after_the_last_call(office, secretary):
    round_ = office.round()
    VotingRule.objects.update(last_call_seconds=60)
    round_.refresh_from_db()
    at = clock.now()

    assert told(policies.can_call_last(office.members[1], round_)) == CHAIR_ONLY
    assert told(policies.can_close(office.members[1], round_)) == CHAIR_ONLY
    office.vote(round_, "fff")
    quorum = ("round.quorum", Conflict, "There is no quorum: 2 more votes are needed (3 of 5).")
    assert told(policies.can_call_last(office.chair, round_)) == quorum
    assert told(policies.can_close(office.chair, round_)) == quorum
    office.vote(round_, "ffff")
    one_more = ("round.quorum", Conflict, "There is no quorum: 1 more vote is needed (4 of 5).")
    assert told(policies.can_call_last(office.chair, round_)) == one_more
    office.vote(round_, "fffff")
    assert told(policies.can_adjourn(secretary, round_)) == (
        "round.quorum",
        Conflict,
        "There is a quorum, so the round is closed, not adjourned.",
    )
    assert told(policies.can_close(office.chair, round_)) == ("round.last_call", Conflict, "Make the last call first.")
    round_.last_call_at = at
    assert told(policies.can_call_last(office.chair, round_)) == (
        "round.last_call",
        Conflict,
        "The last call has been made already.",
    )
    for after, sentence in (
        (timedelta(seconds=18, milliseconds=1), "The last call runs for 42 more seconds."),
        (timedelta(seconds=18), "The last call runs for 42 more seconds."),
        (timedelta(seconds=59, milliseconds=999), "The last call runs for 1 more second."),
    ):
        assert told(policies.can_close(office.chair, round_, at=at + after)) == ("round.last_call", Conflict, sentence)
    assert policies.can_close(office.chair, round_, at=at + timedelta(seconds=60)).found.voted == 5


def test_a_circulation_waits_for_every_free_seat_until_its_deadline(office, secretary):
    deadline = clock.now() + timedelta(days=3)
    round_ = office.round(mode=Round.Mode.CIRCULATION, deadline_at=deadline)
    office.vote(round_, "fffffff")

    def waiting(sentence):
        return "round.waiting", Conflict, f"{sentence}; before the deadline the round closes only when all have."

    assert told(policies.can_close(office.chair, round_)) == waiting("2 seats have not voted")
    assert told(policies.can_adjourn(secretary, round_)) == (
        "round.mode",
        Conflict,
        "A vote by circulation runs until its deadline.",
    )
    office.vote(round_, "ffffffff")
    assert told(policies.can_call_last(office.chair, round_)) == waiting("1 seat has not voted")
    assert told(policies.can_vote(office.chair, round_, at=deadline)) == (
        "round.closed",
        Conflict,
        "The deadline of this round has passed.",
    )
    assert policies.can_vote(office.chair, round_, at=deadline - timedelta(microseconds=1)).found.number == 1
    assert policies.can_close(office.chair, round_, at=deadline).found.voted == 8


def test_a_seat_speaks_through_one_person(office, applicant, outsider, secretary):
    round_ = office.round()
    member, alternate = office.members[1], office.alternates[2]

    assert told(policies.can_vote(applicant, round_)) == CONFLICTED
    assert told(policies.can_vote(outsider, round_)) == NO_SEAT
    assert told(policies.can_declare(outsider, round_)) == NO_SEAT
    assert told(policies.can_vote(alternate, round_)) == (
        "seat.holder",
        NotAllowed,
        "The holder of the seat has not been marked absent.",
    )
    services.mark_absent(actor=secretary, round_id=round_.pk, seat_number=2)
    office.say(round_, alternate, "for")
    assert told(policies.can_vote(member, round_)) == (
        "seat.holder",
        NotAllowed,
        "Your alternate has voted for this seat.",
    )
    services.declare_interest(actor=office.members[4], round_id=round_.pk, note="Mine.")
    assert told(policies.can_vote(office.members[4], round_)) == CONFLICTED
    assert told(policies.can_declare(office.members[4], round_)) == (
        "recusal.once",
        Conflict,
        "You are recused from this round already.",
    )
    SeatTerm.objects.filter(person=office.members[5].person).update(ends_on=clock.today())
    assert told(policies.can_vote(office.members[5], round_)) == ENDED


def test_an_alternate_does_not_speak_after_the_holder(office, secretary):
    round_ = office.round()
    office.say(round_, office.members[1], "for")
    round_.roll.filter(number=2).update(is_absent=True)

    assert told(policies.can_vote(office.alternates[2], round_)) == (
        "seat.holder",
        NotAllowed,
        "The holder of the seat has voted.",
    )
    SeatTerm.objects.filter(person=office.alternates[2].person).update(ends_on=clock.today())
    assert told(policies.can_vote(office.alternates[2], round_)) == ENDED


def test_counts_and_ballots_are_shown_when_it_is_time(office, official, secretary):
    round_ = office.round()
    hidden = ("ballots.hidden", NotAllowed, "Who voted how is shown after publication.")

    assert told(policies.can_see_tally(secretary, round_)) == (
        "tally.hidden",
        NotAllowed,
        "The count is hidden until the round is closed.",
    )
    office.vote(round_, "fffff")
    office.close(round_)
    round_.refresh_from_db()
    assert told(policies.can_see_tally(official, round_)) == (
        "tally.hidden",
        NotAllowed,
        "The result is shown when the secretary publishes it.",
    )
    assert told(policies.can_see_ballots(office.chair, round_)) == hidden
    for asks in (policies.can_vote, policies.can_declare, policies.can_call_last, policies.can_adjourn):
        assert told(asks(office.chair, round_)) == CLOSED
    assert told(policies.can_mark_absent(secretary, round_)) == CLOSED
    assert told(policies.can_publish(secretary, round_.request)) == mismatch(
        "This decision is published with its round."
    )
    services.publish_decision(actor=secretary, round_id=round_.pk)
    round_.refresh_from_db()
    assert told(policies.can_see_ballots(official, round_)) == (
        "ballots.hidden",
        NotAllowed,
        "You see the counts, not who voted how.",
    )


def test_money_is_committed_by_finance_on_a_published_approval_of_others(office, finance, applicant, secretary):
    round_ = office.round()
    office.vote(round_, "fffff")
    office.close(round_)
    decision = round_.request.decisions.get()

    assert told(policies.can_commit(applicant, decision)) == (
        "finance.only",
        NotAllowed,
        "Only finance staff commit money.",
    )
    assert told(policies.can_commit(finance, decision)) == (
        "decision.unpublished",
        Conflict,
        "Money may be committed once the decision is published.",
    )
    decision.published_at, decision.outcome = clock.now(), "rejected"
    assert told(policies.can_commit(finance, decision)) == (
        "decision.not_approved",
        Conflict,
        "This decision approved no money.",
    )
    Editor.objects.create(request=round_.request, person=finance.person)
    assert told(policies.can_commit(finance, decision)) == (
        "duty.separate",
        NotAllowed,
        "You asked for, lead or wrote this request, so another officer must commit its money.",
    )


@pytest.mark.parametrize("name", ["can_vote", "can_close"])
def test_without_an_instant_the_clock_is_asked(office, name):
    round_ = office.round(mode=Round.Mode.CIRCULATION, deadline_at=clock.now() + timedelta(days=1))
    round_.deadline_at = clock.now() - timedelta(days=1)
    round_.save(update_fields=["deadline_at"])

    assert bool(getattr(policies, name)(office.chair, round_)) is (name == "can_close")
