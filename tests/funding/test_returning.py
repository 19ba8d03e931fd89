"""Returned with questions: answered in place, and submitted again as the next version."""

import pytest

from core.errors import Conflict, InvalidInput, InvalidMove, NotAllowed
from core.models import LedgerEntry
from funding import invariants, services
from funding.models import FundingRequest, QuestionAnswer, ReturnQuestion
from tests.factories.funding import line


def give_back(office, request, *, by="secretary", questions=("Who runs it?", " ", "What after 2028?")):
    actor = office.world[by] if isinstance(by, str) else by
    return services.return_with_questions(actor=actor, request_id=request.pk, questions=questions)


def answer(office, request, number, text="The department.", by="applicant"):
    return services.answer_question(actor=office.world[by], request_id=request.pk, number=number, text=text)


def revise(office, request):
    request.refresh_from_db()
    return services.revise_request(
        actor=office.world["applicant"],
        request_id=request.pk,
        expected_version=request.version,
        reason="Answered.",
        lines=[line("1100000.00")],
    )


def test_a_screened_request_goes_back_and_comes_again_as_version_two(office):
    request = give_back(office, office.screened())
    assert (request.status, [q.text for q in request.return_questions.all()]) == (
        "returned",
        ["Who runs it?", "What after 2028?"],
    )
    answer(office, request, 1)
    with pytest.raises(Conflict) as early:
        revise(office, request)
    answer(office, request, 2, "We do not know yet.")
    answer(office, request, 2, "Within the own vote.", by="colleague")

    revised = revise(office, request)

    assert early.value.code == "questions.open"
    assert (revised.status, revised.submitted_version) == ("submitted", 2)
    assert [row.text for row in QuestionAnswer.objects.filter(question__number=2)] == [
        "We do not know yet.",
        "Within the own vote.",
    ]
    assert LedgerEntry.objects.filter(action__in=["request.returned", "request.question_answered"]).count() == 4
    assert invariants.check() == []


def test_questions_of_a_later_return_go_on_counting(office):
    request = give_back(office, office.screened(), questions=["Who?"])
    answer(office, request, 1)
    revise(office, request)
    again = give_back(office, request, by="head", questions=["And when?"])

    assert list(again.return_questions.values_list("number", "request_version__number")) == [(1, 1), (2, 2)]
    assert [question.answers.count() for question in again.return_questions.all()] == [1, 0]


def test_the_chair_returns_what_is_being_decided_and_its_votes_stay(office):
    round_ = office.round()
    office.vote(round_, "ffa")

    request = give_back(office, round_.request, by=office.chair)

    round_.refresh_from_db()
    assert (request.status, round_.status, round_.outcome) == ("returned", "ended", "returned")
    assert round_.votes.count() == 3
    assert not request.decisions.exists()
    assert invariants.check() == []


def test_a_round_in_its_last_call_is_closed_and_not_returned(office):
    round_ = office.round()
    office.vote(round_, "fffff")
    services.call_last(actor=office.chair, round_id=round_.pk)

    with pytest.raises(Conflict) as refusal:
        give_back(office, round_.request, by=office.chair)

    assert refusal.value.code == "round.last_call"


def test_the_head_returns_a_small_request_instead_of_deciding_it(office):
    request = give_back(office, office.submitted("100.00"), by="head")

    assert request.status == "returned"


@pytest.mark.parametrize(
    ("by", "stage", "error", "code"),
    [
        ("applicant", "screened", NotAllowed, "secretary.only"),
        ("head", "screened", NotAllowed, "secretary.only"),
        ("secretary", "submitted", NotAllowed, "head.only"),
        ("finance", "submitted", NotAllowed, "head.only"),
    ],
)
def test_only_who_has_it_before_them_returns_it(office, by, stage, error, code):
    request = getattr(office, stage)()

    with pytest.raises(error) as refusal:
        give_back(office, request, by=by)

    assert refusal.value.code == code
    assert not ReturnQuestion.objects.exists()


def test_what_is_decided_is_returned_no_more_and_an_empty_question_is_none(office):
    published = office.published().request
    with pytest.raises(InvalidMove) as late:
        give_back(office, published)
    with pytest.raises(InvalidInput) as nothing:
        give_back(office, office.screened(project_id=office.new_project().pk), questions=[" "])

    assert (late.value.code, nothing.value.code) == ("state.move", "questions.required")
    assert not ReturnQuestion.objects.exists()


def test_only_the_department_answers_and_only_while_it_is_back(office):
    request = give_back(office, office.screened())
    with pytest.raises(NotAllowed) as other:
        answer(office, request, 1, by="secretary")
    with pytest.raises(InvalidInput) as blank:
        answer(office, request, 1, text=" ")
    for number in (1, 2):
        answer(office, request, number)
    revise(office, request)
    with pytest.raises(InvalidMove):
        answer(office, request, 1, text="Later.")

    assert (other.value.code, blank.value.code) == ("department.other", "answer.required")
    assert QuestionAnswer.objects.count() == 2


def test_a_returned_request_counts_in_its_group_and_may_be_withdrawn(office):
    request = give_back(office, office.screened("600000.00"))
    other = office.submitted("400000.00")
    assert str(other.assessed_amount) == "1000000.00"

    services.withdraw_request(actor=office.world["applicant"], request_id=request.pk, reason="No answer to give.")

    other.refresh_from_db()
    assert str(other.assessed_amount) == "400000.00"
    assert FundingRequest.objects.get(pk=request.pk).status == "withdrawn"
