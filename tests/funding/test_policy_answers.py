"""What policies answer to a person, asked of them directly: yes, or no with the stable code that API and pages name."""

from datetime import date, timedelta

import pytest

from core import clock
from funding import services
from funding.models import AgendaItem, Delegation, EnvelopeVote, LinkFinding, Seat, SeatTerm, SpendingImport
from funding.policies.delegations import can_end_delegation, delegate_verdict
from funding.policies.lookalikes import can_answer_lookalike, can_confirm_cut, can_propose_cut
from funding.policies.meetings import can_cancel_meeting
from funding.policies.money import can_commit
from funding.policies.paper_questions import can_ask_on_paper
from funding.policies.requests import can_copy, can_decide_in_department, can_draft, can_submit
from funding.policies.spending import (
    can_confirm_import,
    can_import_spending,
    can_issue_return,
    can_record_spending,
    can_vote_money,
    can_withdraw_money,
)
from funding.policies.votes import can_declare
from tests.factories.accounts import PostingFactory, UserFactory
from tests.funding import meetings
from tests.funding.purse import make_purse
from tests.funding.scene import make_scene


def said(verdict):
    return "yes" if verdict else verdict.code


@pytest.fixture
def scene(world):
    return make_scene(world)


def test_money_is_voted_by_finance_and_the_team_alone(world):
    found = {who: said(can_vote_money(world[who])) for who in ("finance", "team", "applicant", "secretary", "auditor")}

    none = "duty.envelope"
    assert found == {"finance": "yes", "team": "yes", "applicant": none, "secretary": none, "auditor": none}


def test_committing_and_returning_are_finances(office, world):
    decision = make_purse(office).decision

    for policy in (lambda user: can_commit(user, decision), can_issue_return):
        assert said(policy(world["finance"])) == "yes"
        assert {said(policy(world[who])) for who in ("applicant", "team", "head", "auditor")} == {"finance.only"}


def test_money_is_committed_on_a_published_approval_of_others(office, world):
    decision, finance = make_purse(office).decision, world["finance"]
    for outcome, code in (("recommended", "legco.locked"), ("rejected", "decision.not_approved"), ("approved", "yes")):
        decision.outcome = outcome
        assert said(can_commit(finance, decision)) == code

    decision.published_at = None
    assert said(can_commit(finance, decision)) == "decision.unpublished"
    decision.request.applicant = finance.person
    assert said(can_commit(finance, decision)) == "duty.separate"


def test_who_belongs_nowhere_or_elsewhere_asks_for_no_money(office, world):
    nobody = UserFactory(username="nobody")
    project, request = office.project, office.draft()

    assert said(can_draft(nobody)) == "department.none"
    assert said(can_copy(nobody, request)) == "department.none"
    assert said(can_draft(world["outsider"])) == "yes"
    assert said(can_draft(world["outsider"], project)) == "department.other"
    assert said(can_submit(world["outsider"], request)) == "department.other"
    assert said(can_draft(world["colleague"], project)) == said(can_submit(world["colleague"], request)) == "yes"


def test_a_vote_of_money_is_taken_back_while_it_is_proposed(world):
    def vote(status):
        return EnvelopeVote(proposed_by=world["finance"].person, status=status)

    assert said(can_withdraw_money(world["finance"], vote("proposed"))) == "yes"
    assert said(can_withdraw_money(world["team"], vote("proposed"))) == "yes"
    assert said(can_withdraw_money(world["secretary"], vote("proposed"))) == "duty.money"
    for status in ("approved", "withdrawn"):
        assert said(can_withdraw_money(world["finance"], vote(status))) == "money.state"


def test_money_is_spent_on_what_a_published_decision_approved(office, world):
    purse = make_purse(office)
    decision = purse.decision
    assert said(can_record_spending(world["finance"], decision)) == "yes"
    assert said(can_record_spending(world["outsider"], decision)) == "spending.department"

    decision.outcome = "rejected"
    assert said(can_record_spending(world["finance"], decision)) == "decision.not_approved"
    decision.outcome, decision.published_at = "approved", None
    assert said(can_record_spending(world["finance"], decision)) == "decision.not_approved"


def test_a_file_of_expenditure_is_its_offerers_until_it_is_answered(world):
    def batch(status):
        return SpendingImport(offered_by=world["colleague"].person, status=status)

    assert said(can_confirm_import(world["colleague"], batch("offered"))) == "yes"
    assert said(can_confirm_import(world["finance"], batch("offered"))) == "import.other"
    assert said(can_confirm_import(world["colleague"], batch("withdrawn"))) == "import.state"
    assert said(can_import_spending(world["colleague"])) == said(can_import_spending(world["finance"])) == "yes"
    assert said(can_import_spending(UserFactory(username="nobody"))) == "spending.department"


def test_links_are_cut_between_requests_that_were_both_submitted(office, world):
    submitted, draft = office.submitted("400000.00"), office.draft("90000.00", project_id=office.new_project().pk)
    secretary = world["secretary"]

    assert said(can_propose_cut(secretary, submitted, submitted)) == "yes"
    for pair in ((submitted, draft), (draft, submitted), (draft, draft)):
        assert said(can_propose_cut(secretary, *pair)) == "state.move"
    assert said(can_propose_cut(world["team"], submitted, submitted)) == "secretary.only"


def test_a_finding_is_agreed_to_while_it_waits(office, world):
    first, second = office.submitted("400000.00"), office.submitted("90000.00", project_id=office.new_project().pk)

    def finding(status):
        return LinkFinding(first=first, second=second, found_by=world["secretary"].person, status=status)

    assert said(can_confirm_cut(world["team"], finding("proposed"))) == "yes"
    assert said(can_confirm_cut(world["team"], finding("turned_down"))) == "finding.state"
    assert said(can_confirm_cut(world["secretary"], finding("proposed"))) == "team.only"


def test_only_the_secretary_answers_a_question_about_look_alikes(office, world):
    first, second = office.submitted("400000.00"), office.submitted("90000.00", project_id=office.new_project().pk)
    question = type("Question", (), {"first": first, "second": second, "status": "open"})()

    assert said(can_answer_lookalike(world["secretary"], question)) == "yes"
    assert said(can_answer_lookalike(world["team"], question)) == "secretary.only"
    question.status = "same"
    assert said(can_answer_lookalike(world["secretary"], question)) == "lookalike.answered"


def test_an_interest_is_declared_once_by_the_holder_and_once_by_the_alternate(scene):
    stands_in = meetings.alternate_of(scene, 3)
    round_ = scene.round_open()
    seat = round_.roll.get(number=3)
    holder = scene.members[2]
    assert said(can_declare(holder, round_)) == said(can_declare(stands_in, round_)) == "yes"

    seat.alternate_recused = True
    seat.save(update_fields=["alternate_recused"])
    assert said(can_declare(holder, round_)) == "yes"
    assert said(can_declare(stands_in, round_)) == "recusal.once"

    seat.is_recused = True
    seat.save(update_fields=["is_recused"])
    assert said(can_declare(holder, round_)) == "recusal.once"


def test_who_left_the_seat_asks_nothing_on_the_paper(scene):
    round_ = scene.round_open()
    member = scene.members[2]
    assert said(can_ask_on_paper(member, round_)) == "yes"

    SeatTerm.objects.filter(seat=Seat.objects.get(body=scene.body, number=3)).update(ends_on=clock.today())

    assert said(can_ask_on_paper(member, round_)) == "seat.ended"


def test_a_meeting_of_which_an_item_was_voted_on_is_closed_not_cancelled(scene):
    request = scene.screened()
    meeting = meetings.published(scene, request)
    assert said(can_cancel_meeting(scene.world["secretary"], meeting)) == "yes"
    meetings.attend(scene, meeting)

    services.open_item(actor=scene.world["secretary"], meeting_id=meeting.pk, number=1)

    assert AgendaItem.objects.get(meeting=meeting).round is not None
    assert said(can_cancel_meeting(scene.world["secretary"], meeting)) == "meeting.voting"
    assert said(can_cancel_meeting(scene.chair, meeting)) == "secretary.only"


def delegated(world, head, **fields):
    delegate = UserFactory(username="delegate")
    PostingFactory(person=delegate.person, department=world.a)
    usual = {"department": world.a, "delegate": delegate.person, "most": 200_000, "proposed_by": head.person}
    dates = {"starts_on": clock.today() - timedelta(days=1), "ends_on": date(2099, 1, 1), "status": "approved"}
    return delegate, Delegation(**(usual | dates | {"source": "Office order 3"} | fields))


def test_a_delegation_is_ended_by_its_giver_the_present_head_or_the_team(world):
    former = UserFactory(username="former-head")
    delegate, given = delegated(world, former)

    assert {said(can_end_delegation(user, given)) for user in (former, world["head"], world["team"])} == {"yes"}
    for user in (delegate, world["colleague"], world["outsider"]):
        assert said(can_end_delegation(user, given)) == "duty.policy"
    given.ends_on = clock.today()
    assert said(can_end_delegation(former, given)) == "policy.state"
    given.ends_on, given.status = None, "withdrawn"
    assert said(can_end_delegation(former, given)) == "policy.state"


def test_nobody_decides_in_the_name_of_a_head_who_is_involved(office, world, monkeypatch):
    request = office.submitted("100000.00")
    delegate, given = delegated(world, world["head"])
    monkeypatch.setattr("funding.facts.delegation_to", lambda person, department: given)
    assert said(delegate_verdict(delegate, request)) == "yes"

    request.applicant = world["head"].person
    assert said(delegate_verdict(delegate, request)) == "vote.conflict"
    given.most = 99_999
    assert said(delegate_verdict(delegate, request)) == "delegation.limit"
    given.proposed_by = world["colleague"].person
    assert said(delegate_verdict(delegate, request)) == "head.only"


def test_a_head_does_not_decide_what_they_refused_before(office, world, monkeypatch):
    request = office.submitted("100000.00")
    assert said(can_decide_in_department(world["head"], request)) == "yes"

    monkeypatch.setattr("funding.facts.is_conflicted_head", lambda person, about: True)

    assert said(can_decide_in_department(world["head"], request)) == "vote.conflict"
