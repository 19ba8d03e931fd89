"""A request goes back to its applicant with questions, which are answered on its page before it comes again."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import InvalidInput, NotVisible
from core.text import is_blank
from funding import policies
from funding.models import FundingRequest, Outcome, QuestionAnswer, ReturnQuestion
from funding.services import links, locks, routing
from funding.services.recording import Entry, end_open_round, move, record

MOST_QUESTIONS = 30


@transaction.atomic
def return_with_questions(*, actor: User, request_id: int, questions: Sequence[str]) -> FundingRequest:
    """Return a request that is not decided. An open round ends without a result; its votes stay as history.

    It comes again as a new version, once every question has its answer.
    """
    links.hold_request(request_id)
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_return(actor, request).or_raise()
    asked = [text.strip() for text in questions if not is_blank(text)]
    _judge(asked)
    ended = end_open_round(request, Outcome.RETURNED)
    version = request.versions.get(number=request.submitted_version)
    last = request.return_questions.aggregate(last=Max("number"))["last"] or 0
    for number, text in enumerate(asked, start=last + 1):
        ReturnQuestion.objects.create(
            request=request,
            request_version=version,
            number=number,
            text=text,
            asked_by=actor.person,
            asked_at=clock.now(),
        )
    move(request, "return", actor=actor)
    rerouted = routing.settle_one(request, actor=actor, because=request.reference)
    told: dict[str, ledger.Fact] = {"version": version.number, "questions": list(asked)}
    record(actor, *ended, Entry("request.returned", request, told), *rerouted)
    return request


@transaction.atomic
def answer_question(*, actor: User, request_id: int, number: int, text: str) -> QuestionAnswer:
    """Answer one question of a returned request. A better answer is the next revision; the earlier ones stay."""
    request = locks.request_row(request_id, seen_by=actor)
    policies.can_answer(actor, request).or_raise()
    question = request.return_questions.filter(number=number).first()
    if question is None:
        raise NotVisible("question.none", _("There is no such question."))
    if is_blank(text):
        message = _("Write the answer.")
        raise InvalidInput("answer.required", message, fields={"text": [message]})
    last = question.answers.aggregate(last=Max("revision"))["last"] or 0
    answer = QuestionAnswer.objects.create(
        question=question, revision=last + 1, text=text, answered_by=actor.person, answered_at=clock.now()
    )
    told: dict[str, ledger.Fact] = {"question": question.number, "revision": answer.revision, "answer": text}
    record(actor, Entry("request.question_answered", request, told))
    return answer


def _judge(asked: Sequence[str]) -> None:
    if not asked:
        message = _("Ask at least one question.")
        raise InvalidInput("questions.required", message, fields={"questions": [message]})
    if len(asked) > MOST_QUESTIONS:
        too_many = _("At most %(most)s questions at once.") % {"most": MOST_QUESTIONS}
        raise InvalidInput("questions.max", too_many, fields={"questions": [too_many]})
