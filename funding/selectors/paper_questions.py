"""Questions and answers on the open paper, as the round's page and the API show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from funding.models import PaperAnswer, PaperQuestion, Round


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A question with every answer there was, the last one first."""

    question: PaperQuestion
    answers: Sequence[PaperAnswer]


ANSWERS = Prefetch("answers", PaperAnswer.objects.select_related("answered_by"))
ASKED = Prefetch("paper_questions", PaperQuestion.objects.select_related("asked_by").prefetch_related(ANSWERS))


def of_round(round_: Round) -> list[AskedRow]:
    """Each copy of the round asks once."""
    if "paper_questions" not in getattr(round_, "_prefetched_objects_cache", {}):
        prefetch_related_objects([round_], ASKED)
    return [AskedRow(question, list(question.answers.all())[::-1]) for question in round_.paper_questions.all()]
