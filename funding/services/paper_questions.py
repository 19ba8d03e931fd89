"""Questions of members and answers of the applicant on the open paper, before everybody who votes (FEATURES D)."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible, Text
from core.text import is_blank
from funding import policies
from funding.models import PaperAnswer, PaperQuestion
from funding.services import locks
from funding.services.recording import Entry, record

MOST_QUESTIONS = 100


@transaction.atomic
def ask_on_paper(*, actor: User, round_id: int, text: str) -> PaperQuestion:
    """Ask the applicant; under the round's lock, so that nothing is asked after the close."""
    round_ = locks.round_row(round_id)
    policies.can_ask_on_paper(actor, round_).or_raise()
    _judge(text, _("Write the question."))
    last = round_.paper_questions.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_QUESTIONS:
        raise Conflict("questions.max", _("No more questions can be asked in this round."))
    question = PaperQuestion.objects.create(
        round=round_, number=last + 1, text=text, asked_by=actor.person, asked_at=clock.database_now()
    )
    told: dict[str, ledger.Fact] = {"question": question.number, "text": text}
    record(actor, Entry("paper.question_asked", round_, told))
    return question


@transaction.atomic
def answer_on_paper(*, actor: User, round_id: int, number: int, text: str) -> PaperAnswer:
    """Answer a question while the round is open. A better answer is the next revision; the earlier ones stay."""
    round_ = locks.round_row(round_id)
    policies.can_answer_on_paper(actor, round_).or_raise()
    question = round_.paper_questions.filter(number=number).first()
    if question is None:
        raise NotVisible("question.none", _("There is no such question."))
    _judge(text, _("Write the answer."))
    last = question.answers.aggregate(last=Max("revision"))["last"] or 0
    answer = PaperAnswer.objects.create(
        question=question, revision=last + 1, text=text, answered_by=actor.person, answered_at=clock.database_now()
    )
    told: dict[str, ledger.Fact] = {"question": question.number, "revision": answer.revision, "answer": text}
    record(actor, Entry("paper.question_answered", round_, told))
    return answer


def _judge(text: str, message: Text) -> None:
    if is_blank(text):
        raise InvalidInput("text.required", message, fields={"text": [message]})
