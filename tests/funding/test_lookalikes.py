"""Look-alikes over stored requests: asked, waited for, answered, and links that findings make and cut (TRUST T1)."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.models import LedgerEntry, OutboxMessage
from funding import invariants, services
from funding.models import FundingRequest, LinkFinding, LookalikeQuestion, LookalikeRule, Tier
from tests.factories.funding import line
from tests.funding.replaying import replay

TITLE = {"title_en": "Reading visa papers by machine", "title_zh_hant": "以人工智能閱讀簽證文件"}
OTHER = {"title_en": "Machine reads the papers of visas, phase 2", "title_zh_hant": "簽證文件閱讀（第二期）"}


@pytest.fixture
def parts(office):
    """One piece of work in two projects of one department, HK$400,000.00 each, and the question they raise."""
    first = office.submitted("400000.00", **TITLE)
    second = office.submitted("400000.00", project_id=office.new_project().pk, **OTHER)
    return first, second, LookalikeQuestion.objects.get()


def fresh(request):
    return FundingRequest.objects.get(pk=request.pk)


def answer(office, question, *, linked, actor=None, reason="Same tender."):
    return services.answer_lookalike(
        actor=actor or office.world["secretary"], question_id=question.pk, linked=linked, reason=reason
    )


def decide(office, request):
    return services.decide_in_department(actor=office.world["head"], request_id=request.pk, approve=True)


def actions():
    return list(LedgerEntry.objects.order_by("position").values_list("action", flat=True))


def test_the_second_part_raises_a_question_and_changes_no_route(parts):
    first, second, question = parts

    assert (question.first, question.second, question.status) == (first, second, "open")
    assert (question.line, question.together_amount) == (Decimal("500000.00"), Decimal("800000.00"))
    assert question.together_tier == Tier.WORKING_GROUP
    assert question.score == sum(part["points"] for part in question.working)
    assert {fresh(first).tier, fresh(second).tier} == {Tier.DEPARTMENT}
    assert actions()[-2:] == ["request.submitted", "lookalike.asked"]


def test_other_work_of_the_department_raises_no_question(office):
    office.submitted("400000.00", **TITLE)
    office.submitted(
        "400000.00",
        project_id=office.new_project().pk,
        title_en="Forecast of hawker licence renewals",
        title_zh_hant="預測小販牌照續期",
    )

    assert not LookalikeQuestion.objects.exists()


def test_linked_requests_raise_no_question(office):
    first = office.submitted("400000.00", **TITLE)
    office.submitted("400000.00", project_id=office.new_project().pk, linked_ids=[first.pk], **OTHER)

    assert not LookalikeQuestion.objects.exists()


def test_without_a_rule_in_force_nothing_is_asked(office):
    LookalikeRule.objects.all().delete()
    office.submitted("400000.00", **TITLE)
    office.submitted("400000.00", project_id=office.new_project().pk, **OTHER)

    assert not LookalikeQuestion.objects.exists()


def test_a_department_decision_waits_for_the_answer(office, parts):
    for request in parts[:2]:
        with pytest.raises(Conflict) as refusal:
            decide(office, request)
        assert refusal.value.code == "lookalike.open"
        assert not fresh(request).decisions.exists()


def test_an_answer_that_they_do_not_belong_together_lets_the_department_decide(office, parts):
    first, second, question = parts

    answered = answer(office, question, linked=False, reason="Two counters, two suppliers.")

    assert (answered.status, answered.answered_by) == ("not_linked", office.world["secretary"].person)
    assert actions()[-1] == "lookalike.answered"
    assert decide(office, first).tier == decide(office, second).tier == Tier.DEPARTMENT


def test_an_answer_that_they_belong_together_routes_both_anew(office, parts):
    first, second, question = parts

    answer(office, question, linked=True)

    for request in (first, second):
        assert (fresh(request).tier, fresh(request).assessed_amount) == (Tier.WORKING_GROUP, Decimal("800000.00"))
    assert actions()[-4:] == ["lookalike.answered", "link.joined", "request.rerouted", "request.rerouted"]
    assert LinkFinding.objects.get().kind == "joins"
    assert invariants.check() == []
    assert replay().differences == []


def test_a_third_part_counts_with_what_was_found_to_belong_together(office, parts):
    answer(office, parts[2], linked=True)

    third = office.submitted("100000.00", project_id=parts[1].project_id, **OTHER)

    assert third.assessed_amount == Decimal("900000.00")
    assert replay().differences == []


@pytest.mark.parametrize("who", ["applicant", "head", "team", "auditor", "finance"])
def test_only_the_secretary_answers(office, parts, who):
    with pytest.raises((NotAllowed, NotVisible)):
        answer(office, parts[2], linked=False, actor=office.world[who])
    assert LookalikeQuestion.objects.get().status == "open"


def test_a_secretary_never_answers_about_an_own_request(office, parts):
    FundingRequest.objects.filter(pk=parts[0].pk).update(lead=office.world["secretary"].person)

    with pytest.raises(NotAllowed) as refusal:
        answer(office, parts[2], linked=False)
    assert refusal.value.code == "duty.separate"


def test_an_answer_has_a_reason_and_is_given_once(office, parts):
    with pytest.raises(InvalidInput, match="reason"):
        answer(office, parts[2], linked=False, reason=" ")
    answer(office, parts[2], linked=False)
    with pytest.raises(Conflict) as refusal:
        answer(office, parts[2], linked=True)
    assert refusal.value.code == "lookalike.answered"
    assert not LinkFinding.objects.exists()


def test_a_working_group_vote_waits_where_the_sum_would_go_to_the_legislative_council(office):
    first = office.screened("12000000.00", **TITLE)
    round_ = office.open(first)
    office.vote(round_, "fffff")
    office.submitted("12000000.00", project_id=office.new_project().pk, **OTHER)
    question = LookalikeQuestion.objects.get()

    with pytest.raises(Conflict) as refusal:
        office.close(round_)
    assert refusal.value.code == "lookalike.open"
    answer(office, question, linked=True)

    round_.refresh_from_db()
    assert (round_.status, round_.outcome, fresh(first).tier) == ("ended", "route_changed", Tier.LEGCO)


def test_no_round_opens_before_the_answer(office):
    first = office.screened("12000000.00", **TITLE)
    office.submitted("12000000.00", project_id=office.new_project().pk, **OTHER)

    with pytest.raises(Conflict) as refusal:
        office.open(first)
    assert refusal.value.code == "lookalike.open"
    assert not first.rounds.exists()


def test_a_circulation_past_its_deadline_waits_for_the_answer(office):
    now = clock.now()
    first = office.screened("12000000.00", **TITLE)
    round_ = office.open(first, mode="circulation", deadline_at=now + timedelta(hours=1))
    office.submitted("12000000.00", project_id=office.new_project().pk, **OTHER)
    type(round_).objects.filter(pk=round_.pk).update(deadline_at=now + timedelta(microseconds=1))

    assert services.close_due_rounds(now=now + timedelta(hours=2)) == 0
    answer(office, LookalikeQuestion.objects.get(), linked=False)
    assert services.close_due_rounds(now=now + timedelta(hours=2)) == 1


def test_a_revision_that_is_no_longer_alike_takes_the_question_back(office, parts):
    second = fresh(parts[1])
    services.revise_request(
        actor=office.world["applicant"],
        request_id=second.pk,
        expected_version=second.version,
        reason="Less.",
        lines=[line("90000.00")],
    )

    assert LookalikeQuestion.objects.get().status == "lapsed"


def test_a_withdrawn_part_takes_the_question_back(office, parts):
    services.withdraw_request(actor=office.world["applicant"], request_id=parts[1].pk, reason="Cancelled.")

    assert LookalikeQuestion.objects.get().status == "lapsed"
    assert decide(office, parts[0]).tier == Tier.DEPARTMENT


def test_what_was_answered_no_is_asked_again_only_when_it_looks_more_alike(office, parts):
    answer(office, parts[2], linked=False)
    for answered_at_score, asked in ((parts[2].score, 1), (parts[2].score - 1, 2)):
        LookalikeQuestion.objects.update(score=answered_at_score)
        second = fresh(parts[1])
        services.revise_request(
            actor=office.world["applicant"],
            request_id=second.pk,
            expected_version=second.version,
            reason="Again.",
            lines=[line("400000.00")],
        )
        assert LookalikeQuestion.objects.count() == asked


def test_the_chair_is_told_once_after_the_last_working_day(parts):
    question = parts[2]
    for days, told in ((0, 0), (1, 1), (2, 0)):
        with time_machine.travel(clock.end_of_day(question.due_on - timedelta(days=1)) + timedelta(days=days)):
            assert services.tell_chairs_of_late_answers() == told
    question.refresh_from_db()
    assert question.chair_told_at is not None
    assert OutboxMessage.objects.filter(topic="lookalike_late").count() == 1


def test_the_chair_sees_a_question_once_told_of_it(office, parts):
    assert not LookalikeQuestion.objects.visible_to(office.chair).exists()
    LookalikeQuestion.objects.update(chair_told_at=clock.now())
    assert LookalikeQuestion.objects.visible_to(office.chair).exists()
    assert not LookalikeQuestion.objects.visible_to(office.members[1]).exists()


@pytest.fixture
def linked(office):
    """Two requests of one procedure group over a declared link: HK$800,000.00 at the working group."""
    first = office.submitted("400000.00", **TITLE)
    second = office.submitted("400000.00", project_id=office.new_project().pk, linked_ids=[first.pk], **OTHER)
    return first, second


def propose(office, first, second, *, actor=None, reason="Two tenders, two counters."):
    return services.propose_cut(
        actor=actor or office.world["secretary"], request_id=first.pk, other_id=second.pk, reason=reason
    )


def confirm(office, finding, *, agree=True, actor=None):
    return services.confirm_cut(
        actor=actor or office.world["team"], finding_id=finding.pk, agree=agree, reason="Read both tenders."
    )


def test_a_link_is_cut_by_the_secretary_and_a_second_person_of_the_team(office, linked):
    first, second = linked
    finding = propose(office, second, first)
    assert fresh(first).tier == Tier.WORKING_GROUP

    confirm(office, finding)

    for request in linked:
        assert (fresh(request).tier, fresh(request).assessed_amount) == (Tier.DEPARTMENT, Decimal("400000.00"))
    assert actions()[-4:] == ["link.cut_proposed", "link.cut", "request.rerouted", "request.rerouted"]
    assert invariants.check() == []
    assert replay().differences == []


def test_a_finding_turned_down_cuts_nothing(office, linked):
    confirm(office, propose(office, *linked), agree=False)

    assert {fresh(one).tier for one in linked} == {Tier.WORKING_GROUP}
    assert LinkFinding.objects.get().status == "turned_down"


@pytest.mark.parametrize("who", ["secretary", "applicant", "head"])
def test_nobody_but_a_second_person_of_the_team_cuts_a_link(office, linked, who):
    finding = propose(office, *linked)

    with pytest.raises(NotAllowed) as refusal:
        confirm(office, finding, actor=office.world[who])
    assert refusal.value.code == "team.only"
    assert LinkFinding.objects.get().status == "proposed"


def test_the_person_who_found_it_does_not_agree_to_it_with_another_account(office, linked):
    finding = propose(office, *linked)
    LinkFinding.objects.update(found_by=office.world["team"].person)

    with pytest.raises(NotAllowed) as refusal:
        confirm(office, finding)
    assert refusal.value.code == "duty.separate"


def test_only_a_link_that_is_there_is_cut_and_only_once_proposed(office, linked):
    stranger = office.submitted("90000.00", project_id=office.new_project().pk, title_en="Chairs")
    with pytest.raises(Conflict) as refusal:
        propose(office, linked[0], stranger)
    assert refusal.value.code == "link.none"
    propose(office, *linked)
    with pytest.raises(Conflict) as again:
        propose(office, *linked)
    assert again.value.code == "finding.proposed"


def test_only_the_secretary_finds_that_links_are_to_be_cut(office, linked):
    with pytest.raises(NotAllowed):
        propose(office, *linked, actor=office.world["team"])
    assert not LinkFinding.objects.exists()


def test_what_two_people_found_apart_is_not_asked_about_again(office, linked):
    confirm(office, propose(office, *linked))
    second = fresh(linked[1])
    services.revise_request(
        actor=office.world["applicant"], request_id=second.pk, expected_version=second.version, reason="Words.", **TITLE
    )

    assert not LookalikeQuestion.objects.exists()
