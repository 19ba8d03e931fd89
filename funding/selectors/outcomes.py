"""What the pages show of outcomes: questions with answers, deferrals, appeals, conditions, the Legislative Council."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock
from core.forms import TrackerForm
from funding import policies
from funding.forms.outcomes import AnswerForm
from funding.models import (
    Appeal,
    Condition,
    Decision,
    Deferral,
    FinanceCommitteeItem,
    FundingRequest,
    Outcome,
    QuestionAnswer,
    RequestStatus,
    RequestStep,
    ReturnQuestion,
    Tier,
)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with every answer there was, the last one first; `form` for whoever may answer now."""

    question: ReturnQuestion
    answers: Sequence[QuestionAnswer]
    form: TrackerForm | None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The part of a request's page about what came of it. Everything is empty for most requests."""

    questions: Sequence[QuestionRow] = ()
    deferrals: Sequence[Deferral] = ()
    conditions: Sequence[Condition] = ()
    appeal: Appeal | None = None
    appealed_by: Sequence[Appeal] = ()
    item: FinanceCommitteeItem | None = None
    today: date = field(default_factory=clock.today)


def of_request(
    user: User,
    request: FundingRequest,
    steps: Sequence[RequestStep],
    *,
    refused: tuple[int, TrackerForm] | None = None,
) -> Outcomes:
    """Asked only for what the steps say has happened, so that the page of most requests asks nothing more."""
    moves = {step.move for step in steps}
    published = request.status == RequestStatus.PUBLISHED
    return Outcomes(
        questions=_questions(user, request, refused) if "return" in moves else (),
        deferrals=list(request.deferrals.select_related("deferred_by", "ended_by")) if "defer" in moves else (),
        conditions=conditions_of(request) if published else (),
        appeal=getattr(request, "appeal", None),
        appealed_by=_appeals(user, request) if published else (),
        item=item_of(request) if published and request.tier == Tier.LEGCO else None,
    )


def conditions_of(request: FundingRequest) -> Sequence[Condition]:
    rows = Condition.objects.filter(decision__request=request).select_related("owner", "decision__request")
    return list(rows.order_by("decision", "number"))


def for_list(user: User) -> "QuerySet[Condition]":
    """Every condition this person sees, those that are owed first, the earliest day first."""
    rows: QuerySet[Condition] = Condition.objects.visible_to(user)
    return rows.select_related("owner", "decision__request__department").order_by("due_on", "decision", "number")


def item_of(request: FundingRequest) -> FinanceCommitteeItem | None:
    rows = FinanceCommitteeItem.objects.select_related("recommendation__round", "recommendation__request_version")
    rows = rows.prefetch_related("entries__evidence", "entries__recorded_by", "entries__verdict__by", "entries__rule")
    return rows.filter(request=request).first()


def outcome_words(decision: Decision) -> str:
    """What was decided, in words: `approved in part, with 2 conditions`."""
    said = str(Outcome(decision.outcome).label)
    if decision.outcome == Outcome.APPROVED and decision.is_in_part:
        said = _("approved in part")
    if decision.outcome == Outcome.RECOMMENDED and decision.is_in_part:
        said = _("recommended in part")
    count = len(decision.conditions)
    if not count or decision.is_refusal:
        return said
    with_conditions = ngettext("%(outcome)s, with %(count)s condition", "%(outcome)s, with %(count)s conditions", count)
    return with_conditions % {"outcome": said, "count": count}


def _questions(user: User, request: FundingRequest, refused: tuple[int, TrackerForm] | None) -> list[QuestionRow]:
    may = bool(policies.can_answer(user, request))
    rows = []
    asked = request.return_questions.select_related("asked_by", "request_version")
    for question in asked.prefetch_related("answers__answered_by"):
        form: TrackerForm | None = None
        if refused and refused[0] == question.number:
            form = refused[1]
        elif may and question.request_version.number == request.submitted_version:
            form = AnswerForm(auto_id=f"id_answer{question.number}_%s")
        rows.append(QuestionRow(question, list(question.answers.all())[::-1], form))
    return rows


def _appeals(user: User, request: FundingRequest) -> list[Appeal]:
    """Appeals against this request that the reader may see as requests."""
    seen = FundingRequest.objects.visible_to(user).values("pk")
    return list(Appeal.objects.filter(against__request=request, request__in=seen).select_related("request"))
