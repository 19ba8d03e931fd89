"""Which requests and rounds each person sees, and what waits for whom."""

import pytest

from core import clock
from funding import services
from funding.filters import RequestFilter
from funding.models import FundingRequest, Round, SeatTerm

OWN, OFFICE = ("applicant", "head", "colleague"), ("team", "secretary", "auditor", "finance")
NOBODY = ("outsider", "b_applicant", "official", "report_staff", "verifier", "administrator")


def seen_by(user):
    return set(FundingRequest.objects.visible_to(user).values_list("pk", flat=True))


def sees(office, request):
    """The personas and members that see one request, page and round alike."""
    users = {**office.world.users, "member": office.members[4], "deputy": office.alternates[2]}
    found = {name for name, user in users.items() if request.pk in seen_by(user)}
    rounds = {name for name, user in users.items() if Round.objects.visible_to(user).filter(request=request).exists()}
    assert rounds == (found if request.rounds.exists() else set())
    return found


def test_a_draft_is_its_departments(office):
    assert sees(office, office.draft()) == set(OWN)


def test_a_submitted_request_is_also_its_offices(office):
    assert sees(office, office.submitted()) == {*OWN, *OFFICE}


def test_a_screened_request_is_also_its_bodys(office):
    assert sees(office, office.screened()) == {*OWN, *OFFICE, "member", "deputy"}


def test_a_departments_own_decision_is_not_the_bodys(office, head):
    request = office.submitted("100.00")
    services.decide_in_department(actor=head, request_id=request.pk, approve=True)

    assert sees(office, request) == {*OWN, *OFFICE}


def test_a_withdrawn_draft_stays_in_its_department(office, applicant):
    request = services.withdraw_request(actor=applicant, request_id=office.draft().pk, reason="Never mind.")

    assert sees(office, request) == set(OWN)


def test_a_recused_seat_sees_the_paper_again_after_publication(office, secretary):
    round_ = office.round()
    office.vote(round_, "fffff")
    services.declare_interest(actor=office.members[4], round_id=round_.pk, note="My brother sells it.")
    services.declare_interest(actor=office.alternates[2], round_id=round_.pk, note="So does mine.")
    assert not {"member", "deputy"} & sees(office, round_.request)
    office.say(round_, office.members[5], "for")
    office.close(round_)
    assert not {"member", "deputy"} & sees(office, round_.request)

    services.publish_decision(actor=secretary, round_id=round_.pk)

    assert {"member", "deputy"} <= sees(office, round_.request)


def test_a_recusal_takes_away_only_what_the_seat_gave(office, colleague):
    SeatTerm.objects.filter(person=office.members[4].person).update(person=colleague.person)
    round_ = office.round()

    assert round_.roll.get(number=5).is_recused
    assert round_.request_id in seen_by(colleague)


def test_a_member_whose_term_has_ended_sees_what_they_sat_on_and_nothing_new(office):
    sat_on = office.round()
    SeatTerm.objects.filter(person=office.members[4].person).update(ends_on=clock.today())
    later = office.screened(project_id=office.new_project().pk)

    assert seen_by(office.members[4]) == {sat_on.request_id}
    assert later.pk in seen_by(office.members[5])


@pytest.mark.parametrize("persona", NOBODY)
def test_others_see_no_paper_in_any_state(office, persona):
    office.draft()
    office.published(project=office.new_project())

    assert seen_by(office.world[persona]) == set()
    assert FundingRequest.objects.published().count() == 1


def test_each_sees_what_waits_for_them(office, head, secretary):
    round_ = office.round()
    submitted = office.submitted(project_id=office.new_project().pk)
    office.vote(round_, "f")

    def waits(user):
        return [round_.pk for round_ in Round.objects.awaiting_vote_by(user.person)]

    assert list(FundingRequest.objects.awaiting_head(head.person)) == [submitted]
    assert list(FundingRequest.objects.awaiting_secretary()) == []
    assert list(FundingRequest.objects.awaiting_vote_by(office.members[1].person)) == [round_.request]
    assert (waits(office.chair), waits(office.members[1]), waits(office.alternates[2])) == ([], [round_.pk], [])
    services.mark_absent(actor=secretary, round_id=round_.pk, seat_number=2)
    assert (waits(office.members[1]), waits(office.alternates[2])) == ([], [round_.pk])


@pytest.mark.parametrize("typed", ["臺灣", "台灣", "台湾", "req-a"])
def test_requests_are_found_by_words_of_any_script(office, secretary, typed):
    found = office.submitted(title_en="Req-A", title_zh_hant="臺灣文件核對")
    office.submitted(title_en="Another", title_zh_hant="另一項")

    rows = RequestFilter({"q": typed}, queryset=FundingRequest.objects.visible_to(secretary)).qs

    assert list(rows) == [found]
